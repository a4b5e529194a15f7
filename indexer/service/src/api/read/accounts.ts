/** What one address did, in each role, and all oracles. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { page } from '../cursor.ts'
import type { MakerRecord, Oracle } from '../types.ts'
import { type AssetColumns, asset, time } from '../views/values.ts'

export async function readEarned(db: Kysely<Database>, address: string) {
  const { rows } = await sql<AssetColumns & { amount: string; payments: string }>`
    select p.token, sum(p.amount)::text as amount, count(*) as payments,
      a.code as asset_code, a.issuer as asset_issuer, a.native as asset_native, a.decimals as asset_decimals
    from (
      select token, prize + silence as amount from payments where solver = ${address} and prize + silence > 0
      union all select token, amount from claims where labeler = ${address}
    ) p left join assets a on a.contract = p.token
    group by p.token, a.contract order by p.token`.execute(db)
  return rows.map((row) => ({ asset: asset(row), amount: row.amount, payments: Number(row.payments) }))
}

export async function readCounts(db: Kysely<Database>, address: string) {
  const { rows } = await sql<{ submissions: string; wins: string; challenges: string }>`
    select count(*) as submissions, count(*) filter (where prize > 0) as wins,
      (select count(*) from challenges where maker = ${address}) as challenges
    from submissions where solver = ${address}`.execute(db)
  const [row] = rows
  return {
    submissionCount: Number(row?.submissions ?? 0),
    wins: Number(row?.wins ?? 0),
    challengeCount: Number(row?.challenges ?? 0),
  }
}

/** The contract's own counters of a maker, out of its challenges. */
export async function readMakerRecord(db: Kysely<Database>, address: string): Promise<MakerRecord | null> {
  const { rows } = await sql<Record<keyof MakerRecord, string>>`
    select count(*) as challenges,
      count(*) filter (where status = 'cancelled') as cancelled,
      count(*) filter (where closed and status = 'ended') as ended,
      count(*) filter (where closed and status = 'active') as expired,
      count(*) filter (where closed and opens_truth) as promised,
      count(*) filter (where exists (select from reveals r where r.challenge = c.id and r.by = c.maker)) as opened
    from challenges c where maker = ${address}`.execute(db)
  const [row] = rows
  if (!row || row.challenges === '0') return null
  return {
    challenges: Number(row.challenges),
    cancelled: Number(row.cancelled),
    ended: Number(row.ended),
    expired: Number(row.expired),
    promised: Number(row.promised),
    opened: Number(row.opened),
  }
}

type OracleSql = {
  oracle: string
  version: string
  key: string
  url: string
  metadata: string
  registered_at: string
  accepted: string
  votes: string
  agreed: string
  disagreed: string
  missed: string
  record: Oracle['record']
  seconds: number | null
}

export type OracleFilter = { address?: string; after?: string | undefined; limit: number }

/** By address. The newest key of each, its counters in all challenges, its speed over the last submissions. */
export async function readOracles(db: Kysely<Database>, filter: OracleFilter) {
  const only = filter.address === undefined ? sql<SqlBool>`true` : sql<SqlBool>`oracle = ${filter.address}`
  const { rows } = await sql<OracleSql>`
    with keys as (
      select distinct on (oracle) *, min(at) over (partition by oracle) as registered_at
      from oracle_keys where ${only} and oracle > ${filter.after ?? ''}
      order by oracle, version desc
      limit ${filter.limit + 1}
    ), speed as (
      select o.address, percentile_cont(0.5) within group (order by v.at - s.submitted_at) as seconds
      from (select challenge, number, submitted_at from submissions order by challenge desc, number desc limit 1000) s
      join votes v on v.challenge = s.challenge and v.number = s.number
      join challenge_oracles o on o.challenge = v.challenge and o.place = v.oracle
      where o.address in (select oracle from keys)
      group by o.address
    )
    select k.oracle, k.version, k.key, k.url, k.metadata, k.registered_at, speed.seconds,
      coalesce(t.accepted, 0) as accepted, coalesce(t.votes, 0) as votes, coalesce(t.agreed, 0) as agreed,
      coalesce(t.disagreed, 0) as disagreed, coalesce(t.missed, 0) as missed, t.record
    from keys k
    left join lateral (
      select count(*) filter (where key_version > 0) as accepted, sum(votes) as votes, sum(agreed) as agreed,
        sum(disagreed) as disagreed, sum(missed) as missed,
        json_build_object(
          'closed', count(*) filter (where c.closed),
          'votes', coalesce(sum(o.votes) filter (where c.closed), 0),
          'agreed', coalesce(sum(o.agreed) filter (where c.closed), 0),
          'disagreed', coalesce(sum(o.disagreed) filter (where c.closed), 0),
          'missed', coalesce(sum(o.missed + greatest(0, c.finalized - o.cursor)) filter (where c.closed), 0)
        ) as record
      from challenge_oracles o join challenges c on c.id = o.challenge where o.address = k.oracle
    ) t on true
    left join speed on speed.address = k.oracle
    order by k.oracle`.execute(db)
  const { data, next } = page(rows, filter.limit, () => [])
  return { data: data.map(oracleView), next: next === null ? null : data.at(-1)!.oracle }
}

function oracleView(row: OracleSql): Oracle {
  return {
    address: row.oracle,
    url: row.url,
    key: row.key,
    keyVersion: Number(row.version),
    metadata: row.metadata,
    registeredAt: time(row.registered_at),
    accepted: Number(row.accepted),
    votes: Number(row.votes),
    agreed: Number(row.agreed),
    disagreed: Number(row.disagreed),
    missed: Number(row.missed),
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
    tx,
  }))
}
