/** Sums over everything. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import type { Freshness } from '../env.ts'
import type { Totals } from '../types.ts'
import { type AssetColumns, asset } from '../views/values.ts'
import { inPhase } from './phase.ts'

type Sums = Omit<Totals, 'lowerBound' | '_meta'>

/** Sums change with the ledger alone, so they are added up once for each, however many visitors the start page has. */
export function createTotals() {
  let kept: { of: string; sums: Sums } | undefined
  return async (db: Kysely<Database>, { ledger, revision, now }: Freshness): Promise<Sums> => {
    const of = `${ledger} ${revision} ${now}`
    if (kept?.of !== of) kept = { of, sums: await readTotals(db, now) }
    return kept.sums
  }
}

async function readTotals(db: Kysely<Database>, now: number): Promise<Sums> {
  const money = await sql<AssetColumns & { locked: string; paid: string }>`
    select t.token, t.locked, t.paid, a.code as asset_code, a.issuer as asset_issuer, a.native as asset_native, a.decimals as asset_decimals
    from token_sums t left join assets a on a.contract = t.token where t.challenges > 0 order by t.token`.execute(db)
  const counts = await sql<Record<'challenges' | 'open' | 'submissions' | 'solvers' | 'oracles', string>>`
    select coalesce(sum(t.challenges), 0) as challenges, coalesce(sum(t.submitted), 0) as submissions,
      (select count(*) from challenges c where ${inPhase('open', now)}) as open,
      (select solvers from sync) as solvers,
      (select count(distinct oracle) from oracle_keys) as oracles
    from token_sums t`.execute(db)
  // A prize of a ranking is due at the deadline, and not before: what solvers wait for is counted from then.
  const speed = await sql<{ verdict: number | null; payment: number | null }>`
    select percentile_cont(0.5) within group (order by decided_at - submitted_at) filter (where decided_at > 0) as verdict,
      percentile_cont(0.5) within group (order by won_at - greatest(submitted_at, due_at)) filter (where won_at > 0) as payment
    from (
      select s.*, case when c.rule = 'ranked' then c.deadline else 0 end as due_at,
        (select max(p.at) from payments p where p.challenge = s.challenge and p.number = s.number and p.prize + p.pay > 0) as won_at
      from submissions s join challenges c on c.id = s.challenge order by s.challenge desc, s.number desc limit 1000
    ) s`.execute(db)
  const [row] = counts.rows
  return {
    challenges: Number(row?.challenges ?? 0),
    open: Number(row?.open ?? 0),
    submissions: Number(row?.submissions ?? 0),
    solvers: Number(row?.solvers ?? 0),
    oracles: Number(row?.oracles ?? 0),
    locked: money.rows.map((one) => ({ asset: asset(one), amount: one.locked })),
    paid: money.rows.map((one) => ({ asset: asset(one), amount: one.paid })),
    medianSecondsToVerdict: speed.rows[0]?.verdict ?? null,
    medianSecondsToPayment: speed.rows[0]?.payment ?? null,
  }
}
