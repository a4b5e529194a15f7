/** The best scored submission of each solver, ranked: by score, ties to the earlier one; by place where a ranking decides. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { inWindow, type Window } from '../list/window.ts'

/** One solver's row: its best submission, and sums over all of its own. */
export type Leader = {
  rank: number
  solver: string
  number: number
  attempt: number
  score: bigint
  submittedAt: number
  attempts: number
  /** A place is kept for one of its submissions. */
  kept: boolean
  /** Accepted units in all its batches. */
  units: number
  /** Prizes and pay of batches that reached it. */
  paid: bigint
}

export type LeaderOptions = {
  minimize: boolean
  /** The prizes go by the ranking of the oracles or the judge: its places come first. */
  ranked: boolean
  /** Changes with every event of the challenge: while it stays, ranks do. */
  version: string
}

/** A leader with the sort keys of its row. */
export type ListedLeader = Leader & { keys: readonly string[] }

type Best = {
  solver: string
  number: string
  attempt: string
  score: string
  submitted_at: string
  place: number | null
}

/** Where a row stands: in which part of the list, by what there, and which rank it had in which version. */
type Key = { part: 'placed' | 'scored'; by: string; number: string; rank: number; version: string }

const readKey = (values: readonly string[]): Key => ({
  ...{
    part: values[0] as Key['part'],
    by: values[1]!,
    number: values[2]!,
    rank: Number(values[3]),
    version: values[4]!,
  },
})

/**
 * Rows by their sort keys, never by rank: so no page repeats a row while scores arrive. A page reads what it shows; the ranks
 * follow from the token's, or are counted again when something has changed since.
 */
export function leaderboard(db: Kysely<Database>, challenge: string, options: LeaderOptions) {
  const { minimize, ranked, version } = options
  const before = minimize ? sql.raw('<=') : sql.raw('>=')
  const sign = minimize ? sql`s.number` : sql`-s.number`
  const scored = () => {
    const query = db
      .selectFrom('submissions as s')
      .select(['s.solver', 's.number', 's.attempt', 's.score', 's.submitted_at'])
      .select(sql<number | null>`null`.as('place'))
      .where('s.challenge', '=', challenge)
      .where('s.status', '=', 'scored')
    return ranked ? query.where(sql<SqlBool>`s.solver not in (${placed})`) : query
  }
  const placed = sql`select p.solver from places p where p.challenge = ${challenge} and p.list = 'ranking'`

  /** A row is its solver's best: a look at one end of an index, whatever the solver has beside. */
  const best = () =>
    scored().where(
      sql<SqlBool>`s.number = (select b.number from submissions b where b.challenge = s.challenge and b.solver = s.solver
        and b.status = 'scored' order by b.score ${sql.raw(minimize ? 'asc' : 'desc')}, b.number limit 1)`,
    )

  function readPlaced({ after, back, limit }: Window): Promise<Best[]> {
    const query = db
      .selectFrom('places as p')
      .innerJoin('submissions as s', (join) =>
        join.onRef('s.challenge', '=', 'p.challenge').onRef('s.number', '=', 'p.number'),
      )
      .select(['s.solver', 's.number', 's.attempt', 's.score', 's.submitted_at', 'p.place'])
      .where('p.challenge', '=', challenge)
      .where('p.list', '=', 'ranking')
      .where('s.status', '=', 'scored')
    return inWindow(query, [['p.place', 'int']], 'asc', { after, back, limit }).execute()
  }

  /**
   * The planner takes "is its solver's best" for something rare, and would rather look at every row and sort: so it may not sort here,
   * and walks the index until the page is full.
   */
  async function readScored({ after, back, limit }: Window): Promise<Best[]> {
    const planned = sql`select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)`
    const number = minimize ? 's.number' : '(-s.number)'
    const at = after && [after[0]!, minimize ? after[1]! : String(-Number(after[1]))]
    const keys = [
      ['s.score', 'bigint'],
      [number, 'bigint'],
    ] as const
    const page = inWindow(best(), keys, minimize ? 'asc' : 'desc', { after: at, back, limit })
    const [, rows] = await Promise.all([planned.execute(db), page.execute()])
    return rows
  }

  /** How many rows stand at this key or in front of it. */
  async function countTo({ part, by, number }: Key): Promise<number> {
    const { rows } = await sql<{ n: string }>`select
      (select count(*) from (${placed}${part === 'placed' ? sql` and p.place <= ${by}::int` : sql``}) p) as n`.execute(
      db,
    )
    const first = ranked ? Number(rows[0]?.n) : 0
    if (part === 'placed') return first
    const at = minimize ? number : String(-Number(number))
    const found = await scored()
      .clearSelect()
      .select((eb) => eb.fn.count<string>('s.solver').distinct().as('n'))
      .where(sql<SqlBool>`(s.score, ${sign}) ${before} (${by}::bigint, ${at}::bigint)`)
      .executeTakeFirstOrThrow()
    return first + Number(found.n)
  }

  return {
    order: ranked ? 'ranking' : 'score',
    async rows({ after, back, limit }: Window): Promise<ListedLeader[]> {
      const key = after && readKey(after)
      const begin = key?.part ?? (ranked !== back ? 'placed' : 'scored')
      const at = key && (key.part === 'placed' ? [key.by] : [key.by, key.number])
      const read = (part: Key['part'], from: string[] | null, most: number) =>
        part === 'placed'
          ? readPlaced({ after: from, back, limit: most })
          : readScored({ after: from, back, limit: most })
      const rows = await read(begin, at, limit)
      const other = back ? 'placed' : 'scored'
      if (ranked && begin !== other && rows.length < limit) rows.push(...(await read(other, null, limit - rows.length)))
      // The rank of the row behind which, or in front of which, the page begins.
      const same = key?.version === version
      const from = key === null ? 0 : same ? key.rank : (await countTo(key)) + (back && !(await stands(key)) ? 1 : 0)
      const totals = await readTotals(db, challenge, rows)
      return rows.map((row, index) => listed(row, back ? from - 1 - index : from + 1 + index, totals.get(row.solver)))
    },
    keyOf: ({ keys }: ListedLeader) => keys,
    async count(): Promise<number> {
      const { n } = await scored()
        .clearSelect()
        .select((eb) => eb.fn.count<string>('s.solver').distinct().as('n'))
        .executeTakeFirstOrThrow()
      const { rows } = await sql<{ n: string }>`select count(*) as n from (${placed}) p`.execute(db)
      return Number(n) + (ranked ? Number(rows[0]?.n) : 0)
    },
  }

  /** Whether the row of a key is still the best of its solver. */
  async function stands({ part, by, number }: Key): Promise<boolean> {
    if (part === 'placed') return true
    return (await best().where('s.number', '=', number).where('s.score', '=', by).execute()).length > 0
  }

  function listed(row: Best, rank: number, totals: Totals | undefined): ListedLeader {
    const part = row.place === null ? 'scored' : 'placed'
    const by = row.place === null ? row.score : String(row.place)
    return {
      rank,
      solver: row.solver,
      number: Number(row.number),
      attempt: Number(row.attempt),
      score: BigInt(row.score),
      submittedAt: Number(row.submitted_at),
      attempts: Number(totals?.attempts ?? 0),
      kept: totals?.kept ?? false,
      units: Number(totals?.units ?? 0),
      paid: BigInt(totals?.paid ?? 0),
      keys: [part, by, row.number, String(rank), version],
    }
  }
}

type Totals = { solver: string; attempts: string; kept: boolean; units: string; paid: string }

/** Sums over all submissions of the solvers that a page shows. */
async function readTotals(
  db: Kysely<Database>,
  challenge: string,
  rows: readonly Best[],
): Promise<Map<string, Totals>> {
  if (rows.length === 0) return new Map()
  const found = await sql<Totals>`
    select t.solver, s.*, p.*
    from unnest(${rows.map(({ solver }) => solver)}::text[]) t (solver)
    cross join lateral (
      select count(*) as attempts, bool_or(s.flags & 4 <> 0) as kept, sum(s.accepted_units) as units
      from submissions s where s.challenge = ${challenge} and s.solver = t.solver
    ) s
    cross join lateral (
      select coalesce(sum(p.prize + p.pay), 0)::text as paid from payments p where p.challenge = ${challenge} and p.solver = t.solver
    ) p`.execute(db)
  return new Map(found.rows.map((row) => [row.solver, row]))
}
