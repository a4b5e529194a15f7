/** The phase in SQL is the rules' phase, on random challenges and at every boundary. */
import { type Payout, PHASES, type Phase, phase } from '@stellartrain/contracts-client/rules'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIndexerDatabase, type IndexerDatabase } from '../../testing/database.ts'
import { createChance } from '../../testing/random.ts'
import { inPhase, phaseSql } from './phase.ts'

let database: IndexerDatabase
beforeAll(async () => {
  database = await createIndexerDatabase()
})
afterAll(() => database?.drop())

const PAYOUTS: readonly Payout[] = [
  { rule: 'bounty', reward: 1n, winners: 1 },
  { rule: 'ranked', prizes: [1n] },
  { rule: 'per_unit', rate: 1n, maxUnits: 1 },
  { rule: 'earnings' },
]

const MOMENTS = 40
const EACH = 250

test('10,000 random challenges, each at a moment near its boundaries', async () => {
  const chance = createChance(2_026)
  const seen = new Map<Phase, number>()
  for (let moment = 0; moment < MOMENTS; moment++) {
    const now = 1_000 + moment
    const around = (from: number) => from + chance.int(-3, 3)
    const rows = Array.from({ length: EACH }, (_, id) => {
      const patience = chance.int(1, 5)
      // Any order of times, most of them near now: SQL and rules agree also on what no contract would take.
      const [opens, acceptBy, deadline, gradeBy] = [around(now), around(now), around(now), around(now + patience)]
      return {
        ...{ id, patience, opens, acceptBy, deadline, gradeBy },
        judge: chance.yes(0.5) ? { by: around(now + 2) } : null,
        payout: chance.pick(PAYOUTS),
        cancelled: chance.yes(0.1),
        accepted: chance.int(1, 3),
        ended: chance.yes(0.15),
      }
    })
    const json = rows.map((row) => ({
      ...{ id: row.id, cancelled: row.cancelled, accepted: row.accepted, seats: 3, ended_at: row.ended ? 900 : 0 },
      ...{ rule: row.payout.rule, opens: row.opens, accept_by: row.acceptBy, deadline: row.deadline },
      ...{ patience: row.patience, grade_by: row.gradeBy, judge_by: row.judge?.by ?? null },
    }))
    const found = await sql<{ id: number; phase: Phase }>`
      select c.id::int, ${phaseSql(now)} as phase
      from json_populate_recordset(null::challenges, ${JSON.stringify(json)}::json) c order by c.id`.execute(
      database.db,
    )
    const expected = rows.map((row) => ({
      id: row.id,
      phase: phase(row, { ...row, accepted: row.accepted === 3 }, now),
    }))
    expect(found.rows, `at ${now}`).toEqual(expected)
    const conditions = sql.join(
      PHASES.map((name) => sql`case when ${inPhase(name, now)} then array[${name}::text] else array[]::text[] end`),
      sql` || `,
    )
    const matched = await sql<{ id: number; phases: Phase[] }>`
      select c.id::int, ${conditions} as phases
      from json_populate_recordset(null::challenges, ${JSON.stringify(json)}::json) c order by c.id`.execute(
      database.db,
    )
    expect(matched.rows, `conditions at ${now}`).toEqual(expected.map(({ id, phase }) => ({ id, phases: [phase] })))
    for (const one of expected) seen.set(one.phase, (seen.get(one.phase) ?? 0) + 1)
  }
  expect([...seen.keys()].toSorted()).toEqual(PHASES.toSorted())
})
