/** How fresh and how complete the answers are. */
import type { Kysely } from 'kysely'
import { readCompleteness } from '../../store/completeness.ts'
import type { Database } from '../../store/database.ts'
import type { AppDeps, Freshness } from '../context.ts'
import type { Meta } from '../types.ts'
import { time } from '../views/values.ts'

/** A ledger that closed less than this ago is the clock; otherwise the chain stands still and the wall's clock goes on. */
const STILL_SECONDS = 60

/** Whether nothing is missing in this state of the tables. */
type Whole = (db: Kysely<Database>, state: string) => Promise<boolean>

const askWhole: Whole = async (db) => (await readCompleteness(db)).whole

/** Asks once for each state: it counts over all challenges. */
export function createWhole(): Whole {
  let kept: { state: string; whole: boolean } | undefined
  return async (db, state) => {
    if (kept?.state !== state) kept = { state, whole: await askWhole(db, state) }
    return kept.whole
  }
}

export async function readFreshness(db: Kysely<Database>, nowMs: number, wholeOf = askWhole): Promise<Freshness> {
  const row = await db
    .selectFrom('sync')
    .select([
      'network',
      'contract',
      'ledger',
      'ledger_closed_at',
      'first_ledger',
      'revision',
      'events',
      'undecoded',
      'cursor_key',
      'verified_ledger',
    ])
    .select((eb) =>
      eb
        .selectFrom('gaps')
        .select((gap) => gap.fn.max('to_ledger').as('to'))
        .as('gap_to'),
    )
    .executeTakeFirst()
  const closedAt = Number(row?.ledger_closed_at ?? 0)
  const wall = Math.floor(nowMs / 1000)
  return {
    verifiedLedger: row?.verified_ledger ?? null,
    whole: row ? await wholeOf(db, `${row.ledger} ${row.revision} ${row.verified_ledger}`) : false,
    contract: row?.contract ?? null,
    network: row?.network ?? null,
    cursorKey: row?.cursor_key ?? null,
    ledger: row?.ledger ?? 0,
    ledgerClosedAt: closedAt,
    completeSince: row ? Math.max(row.first_ledger, (row.gap_to ?? 0) + 1) : null,
    revision: row?.revision ?? '0',
    events: Number(row?.events ?? 0),
    undecoded: row?.undecoded ?? 0,
    now: closedAt > wall - STILL_SECONDS ? closedAt : wall,
    lagSeconds: closedAt === 0 ? null : Math.max(0, nowMs / 1000 - closedAt),
  }
}

export function metaOf(fresh: Freshness, deps: Pick<AppDeps, 'contract' | 'network'>): Meta {
  return {
    ledger: fresh.ledger,
    ledgerClosedAt: fresh.ledgerClosedAt === 0 ? null : time(fresh.ledgerClosedAt),
    lagSeconds: fresh.lagSeconds === null ? null : Math.round(fresh.lagSeconds * 10) / 10,
    completeSince: fresh.completeSince,
    whole: fresh.whole,
    verifiedLedger: fresh.verifiedLedger,
    // What the rows belong to, not what was configured; before there are rows, what they will belong to.
    contract: fresh.contract ?? deps.contract,
    network: fresh.network ?? deps.network,
  }
}
