/** What is kept of an account is what its rows come to, at any time of the clock. */
import { end, redue } from '@stellartrain/contracts-client/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChallengeRow } from '../../project/model.ts'
import { readPage } from '../../source/page.ts'
import { commitPage } from '../../store/commit.ts'
import { FILL_DUE } from '../../store/migrations/2026_12_06_account_sums.ts'
import { createIndexerDatabase, type IndexerDatabase } from '../../testing/database.ts'
import { randomHistory } from '../../testing/history.ts'
import { withClient } from '../../testing/tables.ts'
import { readCounts, readEarned } from './accounts.ts'
import { readChallenges } from './challenges.ts'

const history = randomHistory({ challenges: 40, submissions: 60, seed: 3 })
const PAGE = 50
let database: IndexerDatabase
beforeAll(async () => {
  database = await createIndexerDatabase()
})
afterAll(() => database?.drop())

/** As the contract would set prizes aside if it were called now. */
function hasPrize({ terms, facts }: ChallengeRow, solver: string, now: number): boolean {
  const { board, rankings } = redue(terms, facts, now).challenge
  return [...board.rows.slice(0, board.due), ...rankings.places].some((row) => row.solver === solver)
}

test('wins are the batches with pay and the places with a prize, also those that the end alone brings', async () => {
  const { db } = database
  let brought = 0
  await withClient(database.url, async (client) => {
    await client.query("insert into sync (network, contract, first_ledger, ledger) values ('net', $1, 1, 0)", [
      history.contract,
    ])
    // Pages of a size at which most challenges are written again and again.
    for (let at = 0; at < history.raw.length; at += PAGE) {
      const events = history.raw.slice(at, at + PAGE)
      const page = readPage({ events, cursor: events.at(-1)!.id, latestLedger: history.ledger() }, history.contract)
      await commitPage(client, page, { acceptMissing: false })
      if (at % (9 * PAGE) === 0) brought += await compareCounts(db, page.events.at(-1)!.closedAt)
    }
  })
  expect(brought + (await compareCounts(db, history.time()))).toBeGreaterThan(0)
})

/** Against all rows, now and when every end has come. @returns wins that ends bring */
async function compareCounts(db: IndexerDatabase['db'], now: number): Promise<number> {
  const submissions = await db.selectFrom('submissions').selectAll().execute()
  const known = await readChallenges(db, [...new Set(submissions.map(({ challenge }) => challenge))])
  const challenges = [...known.values()]
  const paysUnits = ({ challenge, accepted_units: units }: (typeof submissions)[number]) =>
    units !== '0' && known.get(challenge)!.terms.payout.rule === 'per_unit'
  let brought = 0
  for (const [solver, own] of Map.groupBy(submissions, (one) => one.solver)) {
    const winsAt = async (time: number) => {
      const wins =
        own.filter(paysUnits).length + challenges.filter((challenge) => hasPrize(challenge, solver, time)).length
      const counts = await readCounts(db, solver, time)
      expect(counts, `${solver} at ${time}`).toMatchObject({ submissionCount: own.length, wins })
      return wins
    }
    const before = await winsAt(now)
    brought += (await winsAt(Math.max(now, ...challenges.map(({ terms }) => end(terms))))) - before
  }
  return brought
}

test('what was earned is the sum of payments and claims by token', async () => {
  const rows = await withClient(
    database.url,
    async (client) =>
      (
        await client.query(`select account, token, sum(amount)::text as amount, count(*)::int as payments from (
          select solver as account, token, prize + pay as amount from payments where prize + pay > 0
          union all select labeler, token, amount from claims) p group by account, token order by account, token`)
      ).rows as { account: string; token: string; amount: string; payments: number }[],
  )
  expect(rows.length).toBeGreaterThan(20)
  for (const [account, own] of Map.groupBy(rows, (row) => row.account)) {
    const earned = await readEarned(database.db, account)
    expect(earned.map(({ asset, amount, payments }) => [asset.contract, amount, payments])).toEqual(
      own.map(({ token, amount, payments }) => [token, amount, payments]),
    )
  }
})

test('a database that was there before is given what the projections write', async () => {
  await withClient(database.url, async (client) => {
    const places = async () => (await client.query('select * from places order by challenge, list, place')).rows
    const written = await places()
    expect(new Set(written.map((row) => Math.sign(row.due_from ?? -1)))).toEqual(new Set([-1, 0, 1]))
    await client.query('update places set due_from = null')
    await client.query(FILL_DUE)
    expect(await places()).toEqual(written)
  })
})
