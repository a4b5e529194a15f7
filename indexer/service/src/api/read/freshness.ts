/** How fresh and how complete the answers are. */
import type { CompiledQuery, InferResult, Kysely } from 'kysely'
import { type Completeness, readCompleteness } from '../../store/completeness.ts'
import type { Database } from '../../store/database.ts'
import type { AppDeps, Freshness } from '../context.ts'
import type { Meta } from '../types.ts'
import { time } from '../views/values.ts'

/** A ledger that closed less than this ago is the clock; otherwise the chain stands still and the wall's clock goes on. */
const STILL_SECONDS = 60

/** What is known whole in this state of the tables. */
type Whole = (db: Kysely<Database>, state: string) => Promise<Pick<Completeness, 'whole' | 'completeSince'>>

const askWhole: Whole = readCompleteness

/** Asks once for each state: it counts over all challenges. */
export function createWhole(): Whole {
  let kept: { state: string; found: Awaited<ReturnType<Whole>> } | undefined
  return async (db, state) => {
    if (kept?.state !== state) kept = { state, found: await askWhole(db, state) }
    return kept.found
  }
}

/** What is in the tables, whatever the time. */
export type State = {
  row: Row | undefined
  known: Awaited<ReturnType<Whole>>
  /** Equal for equal states. */
  text: string
}

const rowQuery = (db: Kysely<Database>) =>
  db
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
      ...(['records', 'records_since', 'records_verified'] as const),
    ])
    .select((eb) =>
      eb
        .selectFrom('gaps')
        .select((gap) => gap.fn.max('to_ledger').as('to'))
        .as('gap_to'),
    )
    .select((eb) =>
      eb
        .selectFrom('gaps')
        .select((gap) => gap.fn.countAll<string>().as('n'))
        .as('gaps'),
    )

type Row = InferResult<ReturnType<typeof rowQuery>>[number]

/** Every answer asks it. */
let compiled: CompiledQuery<Row> | undefined

async function readRow(db: Kysely<Database>): Promise<Row | undefined> {
  compiled ??= rowQuery(db).compile()
  return (await db.executeQuery(compiled)).rows[0]
}

export async function readState(db: Kysely<Database>, wholeOf = askWhole): Promise<State> {
  const row = await readRow(db)
  // A page that ends within a ledger may mark a challenge, and leaves the ledger as it is.
  const state = row && `${row.ledger} ${row.revision} ${row.events} ${row.verified_ledger} ${row.gap_to} ${row.gaps}`
  const known = state === undefined ? { whole: false, completeSince: null } : await wholeOf(db, state)
  return { row, known, text: JSON.stringify([row, known]) }
}

export const readFreshness = async (db: Kysely<Database>, nowMs: number, wholeOf = askWhole): Promise<Freshness> =>
  freshnessOf(await readState(db, wholeOf), nowMs)

/** @param nowMs the wall's clock, milliseconds since 1970 */
export function freshnessOf({ row, known }: State, nowMs: number): Freshness {
  const closedAt = Number(row?.ledger_closed_at ?? 0)
  const wall = Math.floor(nowMs / 1000)
  return {
    verifiedLedger: row?.verified_ledger ?? null,
    whole: known.whole,
    records:
      row?.records == null
        ? null
        : { contract: row.records, since: row.records_since ?? 0, verifiedLedger: row.records_verified },
    contract: row?.contract ?? null,
    network: row?.network ?? null,
    cursorKey: row?.cursor_key ?? null,
    ledger: row?.ledger ?? 0,
    ledgerClosedAt: closedAt,
    completeSince: known.completeSince,
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
