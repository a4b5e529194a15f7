/** What one address did, in each role, and all oracles. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import type { Window } from '../list/window.ts'
import type { Oracle } from '../types.ts'
import { textOrNull } from '../views/known.ts'
import { asset, time } from '../views/values.ts'
import { ASSET_COLUMNS } from './queries.ts'

export async function readEarned(db: Kysely<Database>, address: string) {
  const rows = await db
    .selectFrom('earned as e')
    .leftJoin('assets as a', 'a.contract', 'e.token')
    .select(['e.token', 'e.amount', 'e.payments', ...ASSET_COLUMNS])
    .where('e.account', '=', address)
    .where('e.payments', '>', '0')
    .orderBy('e.token')
    .execute()
  return rows.map((row) => ({ asset: asset(row), amount: row.amount, payments: Number(row.payments) }))
}

/** @param now the clock of the answer, unix seconds: prizes that the end alone brings are won as well */
export async function readCounts(db: Kysely<Database>, address: string, now: number) {
  const { rows } = await sql<Record<'submissions' | 'batches' | 'wins' | 'later' | 'challenges', string>>`
    select coalesce(s.submissions, 0) as submissions, coalesce(s.batches, 0) as batches, coalesce(s.wins, 0) as wins,
      coalesce(m.challenges, 0) as challenges,
      (select count(*) from places p where p.solver = a.address and p.due_from > 0 and p.due_from <= ${now}) as later
    from (select ${address}::text as address) a
    left join solver_sums s on s.solver = a.address
    left join makers m on m.maker = a.address`.execute(db)
  const count = (name: keyof (typeof rows)[number]) => Number(rows[0]?.[name] ?? 0)
  return {
    submissionCount: count('submissions'),
    wins: count('batches') + count('wins') + count('later'),
    challengeCount: count('challenges'),
  }
}

/** Submissions of the newest challenges that the speed of oracles is measured over; each has at most five votes of them. */
const SPEED_OF = 300

type OracleSql = {
  oracle: string
  version: string
  key: string
  url: string
  metadata: string
  registered_at: string
  votes: string
  unavailable: string
  agreed: string
  disagreed: string
  missing: string
  open: string
  record: Oracle['record']
  seconds: number | null
}

export async function readOracle(db: Kysely<Database>, address: string, whole: boolean): Promise<Oracle | null> {
  const [found] = await readOracles(db, { address, after: null, back: false, limit: 1 }, whole)
  return found ?? null
}

/**
 * The newest key of each, its counters in all challenges, its speed over the last submissions; by address. Their challenges are an
 * array, so that seats are looked up by them: joined, they would be taken for as many as submissions, and all seats of all challenges read.
 */
async function readOracles(
  db: Kysely<Database>,
  { address, after, back, limit }: Window & { address?: string },
  whole: boolean,
) {
  const only = address === undefined ? sql<SqlBool>`true` : sql<SqlBool>`k.oracle = ${address}`
  const beyond = after ? sql<SqlBool>`k.oracle ${sql.raw(back ? '<' : '>')} ${after[0]}` : sql<SqlBool>`true`
  const { rows } = await sql<OracleSql>`
    with recursive named as (
      (select k.oracle from oracle_keys k where ${only} and ${beyond} order by k.oracle ${sql.raw(back ? 'desc' : '')} limit 1)
      union all
      select (select k.oracle from oracle_keys k where ${only} and k.oracle ${sql.raw(back ? '<' : '>')} n.oracle
        order by k.oracle ${sql.raw(back ? 'desc' : '')} limit 1)
      from named n where n.oracle is not null
    ), picked as (
      select oracle from named where oracle is not null limit ${limit}
    ), keys as (
      select distinct on (k.oracle) k.*, min(k.at) over (partition by k.oracle) as registered_at
      from oracle_keys k where k.oracle in (select oracle from picked) order by k.oracle, k.version desc
    ), recent as materialized (
      select challenge, number, submitted_at from submissions order by challenge desc, number desc limit ${SPEED_OF}
    ), cast_lately as materialized (
      select challenge, number, oracle, at from votes order by challenge desc, number desc, oracle desc limit ${5 * SPEED_OF}
    ), seats as materialized (
      select challenge, place, address from challenge_oracles
      where challenge = any(array(select distinct challenge from recent)) and address in (select oracle from picked)
    ), speed as (
      select o.address, percentile_cont(0.5) within group (order by v.at - s.submitted_at) as seconds
      from recent s
      join cast_lately v on v.challenge = s.challenge and v.number = s.number and v.at > 0
      join seats o on o.challenge = v.challenge and o.place = v.oracle
      group by o.address
    )
    select k.oracle, k.version, k.key, k.url, k.metadata, k.registered_at, speed.seconds,
      coalesce(t.votes + t.folded_votes, 0) as votes, coalesce(t.unavailable + t.folded_unavailable, 0) as unavailable,
      coalesce(t.agreed + t.folded_agreed, 0) as agreed, coalesce(t.disagreed + t.folded_disagreed, 0) as disagreed,
      coalesce(t.missing + t.folded_missing, 0) as missing, coalesce(t.open, 0) as open,
      json_build_object(
        'accepted', coalesce(t.accepted, 0), 'folded', coalesce(t.folded, 0), 'votes', coalesce(t.folded_votes, 0),
        'unavailable', coalesce(t.folded_unavailable, 0), 'agreed', coalesce(t.folded_agreed, 0),
        'disagreed', coalesce(t.folded_disagreed, 0), 'missing', coalesce(t.folded_missing, 0)
      ) as record
    from keys k
    left join oracle_sums t on t.address = k.oracle
    left join speed on speed.address = k.oracle
    order by k.oracle ${sql.raw(back ? 'desc' : '')}`.execute(db)
  return rows.map((row) => oracleView(row, whole))
}

/** @param whole nothing is missing that may count */
export function oracleList(db: Kysely<Database>, whole: boolean) {
  return {
    order: 'address',
    rows: (window: Window) => readOracles(db, window, whole),
    keyOf: ({ address }: Oracle) => [address],
    show: async (rows: Oracle[]) => rows,
    async count(): Promise<number> {
      const { rows } = await sql<{ n: string }>`select count(distinct oracle) as n from oracle_keys`.execute(db)
      return Number(rows[0]?.n ?? 0)
    },
  }
}

function oracleView(row: OracleSql, whole: boolean): Oracle {
  return {
    address: row.oracle,
    url: row.url,
    key: row.key,
    keyVersion: Number(row.version),
    metadata: row.metadata,
    registeredAt: time(row.registered_at),
    votes: Number(row.votes),
    unavailable: Number(row.unavailable),
    agreed: Number(row.agreed),
    disagreed: Number(row.disagreed),
    missing: Number(row.missing),
    open: Number(row.open),
    lowerBound: !whole,
    record: row.record,
    medianSecondsToVote: row.seconds,
  }
}

export async function readKeys(db: Kysely<Database>, address: string) {
  const rows = await db.selectFrom('oracle_keys').selectAll().where('oracle', '=', address).orderBy('version').execute()
  return rows.map(({ version, key, url, metadata, at, tx }) => ({
    version: Number(version),
    key,
    url,
    metadata,
    at: time(at),
    tx: textOrNull(tx),
  }))
}
