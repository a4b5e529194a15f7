/**
 * What is known to be whole: per contract, per challenge, per range of ledgers. Whatever serves rows asks here first, and marks what
 * is not whole; nothing that is unknown is served as a zero.
 */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from './database.ts'

/** Ledgers whose events nobody could give us, both ends included. */
export type MissingLedgers = { from: number; to: number; reason: string }

/** Why events of a challenge are missing. */
export type Reason =
  /** Ledgers were lost while it existed; nobody has compared it with the contract since. */
  | 'gap'
  /** It began before this index did. */
  | 'late_start'
  /** Its events contradict each other: one before them is missing. */
  | 'missing_events'
  /** The contract's storage says otherwise than its events. */
  | 'differs'
  /** There is no row of it, and its entries cannot be read: they are archived until anyone restores them. */
  | 'archived'

/** A challenge that is not whole. Whole ones have none. */
export type Standing = {
  challenge: number
  /**
   * `partial`: the row may be wrong in every field that can change; repair is under way.
   * `recovered`: read from the contract's own storage in ledger `asOf` and followed since: what is there is right, what storage does
   * not tell is named in `unknown`.
   */
  state: 'partial' | 'recovered'
  reason: Reason
  /** For people. */
  detail: string
  /** The ledger from which on its events are not whole. */
  since: number
  asOf: number | null
  /** Columns of `challenges` and `challenge_oracles` whose values storage does not tell: to be served as null. */
  unknown: readonly string[]
  /** Submissions that the contract counts and of which nothing is known but that there are so many. */
  unknownSubmissions: number
}

/** What is known of the whole contract. */
export type Completeness = {
  /** The first ledger that was followed. */
  firstLedger: number | null
  /** From this ledger on no ledger is missing. */
  completeSince: number | null
  gaps: readonly MissingLedgers[]
  /** Up to this ledger every challenge was compared with the contract's storage; null: never, or not since ledgers were lost. */
  verifiedLedger: number | null
  /** How many challenges the contract had in `verifiedLedger`; null: not known yet. */
  challenges: number | null
  /** How many of them have no row here yet. */
  absent: number
  /** How many have none because their entries are archived: not known, and nothing that waiting changes. */
  archived: number
  partial: number
  recovered: number
  /** In all challenges; while it is not 0, what is counted over a solver's submissions may be too little. */
  unknownSubmissions: number
  /** The ledger that the tables have reached. */
  ledger: number | null
  /** `verifiedLedger` is further behind `ledger` than comparing takes: nobody compares, or nobody can. */
  overdue: boolean
  /** Nothing is missing: no challenge is absent, partial or recovered, and all were compared, not long ago. */
  whole: boolean
}

type SyncRow = { ledger: number; first_ledger: number; verified_ledger: number | null; challenges: number | null }

/** A minute of ledgers on the public network, many times what a sweep of few challenges and its pauses take. */
const PATIENCE_LEDGERS = 12
/** A sweep of so many challenges may take another ledger; it takes 49 of them a request. */
const CHALLENGES_A_LEDGER = 100
/** However many there are: ten minutes. */
const MOST_LEDGERS = 120

/** How many ledgers the comparison may be behind before what it said is no evidence any more. */
export const patienceOf = (challenges: number): number =>
  Math.min(MOST_LEDGERS, PATIENCE_LEDGERS + Math.ceil(challenges / CHALLENGES_A_LEDGER))

/** One small query for each table. */
export async function readCompleteness(db: Kysely<Database>): Promise<Completeness> {
  const sync: SyncRow | undefined = await db
    .selectFrom('sync')
    .select(['ledger', 'first_ledger', 'verified_ledger', 'challenges'])
    .executeTakeFirst()
  const gaps = await db.selectFrom('gaps').selectAll().orderBy('from_ledger').execute()
  const counted = await db
    .selectFrom('incomplete')
    .select((eb) => [
      eb.fn
        .countAll<string>()
        .filterWhere('state', '=', 'partial')
        .filterWhere('reason', '<>', 'archived')
        .as('partial'),
      eb.fn.countAll<string>().filterWhere('reason', '=', 'archived').as('archived'),
      eb.fn.countAll<string>().filterWhere('state', '=', 'recovered').as('recovered'),
      eb.fn.coalesce(eb.fn.sum<string>('unknown_submissions'), sql<string>`0`).as('unknown_submissions'),
    ])
    .executeTakeFirstOrThrow()
  const highest = sync?.challenges ?? 0
  // Those beyond are few: the challenges since the last comparison.
  const { absent } = await db
    .selectFrom('token_sums')
    .select(
      sql<string>`greatest(0, ${highest}::bigint - coalesce(sum(challenges), 0)
        + (select count(*) from challenges where id > ${highest}::bigint))`.as('absent'),
    )
    .executeTakeFirstOrThrow()
  const [partial, recovered, archived] = [counted.partial, counted.recovered, counted.archived].map(Number) as [
    number,
    number,
    number,
  ]
  const verifiedLedger = sync?.verified_ledger ?? null
  const overdue = sync !== undefined && verifiedLedger !== null && sync.ledger - verifiedLedger > patienceOf(highest)
  return {
    ledger: sync?.ledger ?? null,
    overdue,
    firstLedger: sync?.first_ledger ?? null,
    completeSince: sync ? Math.max(sync.first_ledger, (gaps.at(-1)?.to_ledger ?? 0) + 1) : null,
    gaps: gaps.map((gap) => ({ from: gap.from_ledger, to: gap.to_ledger, reason: gap.reason })),
    ...{
      verifiedLedger,
      challenges: sync?.challenges ?? null,
      absent: Math.max(0, Number(absent) - archived),
      archived,
      partial,
      recovered,
    },
    unknownSubmissions: Number(counted.unknown_submissions),
    whole: verifiedLedger !== null && !overdue && Number(absent) + archived + partial + recovered === 0,
  }
}

/** Those of these challenges that are not whole, by id. */
export async function readStandings(
  db: Kysely<Database>,
  challenges: readonly (number | string)[],
): Promise<Map<number, Standing>> {
  if (challenges.length === 0) return new Map()
  const rows = await db.selectFrom('incomplete').selectAll().where('challenge', 'in', challenges.map(String)).execute()
  return new Map(
    rows.map((row) => [
      Number(row.challenge),
      {
        ...{ challenge: Number(row.challenge), state: row.state, reason: row.reason as Reason, detail: row.detail },
        ...{ since: row.since, asOf: row.as_of, unknown: row.unknown },
        unknownSubmissions: Number(row.unknown_submissions),
      },
    ]),
  )
}

/** Whether a challenge that has no row exists all the same, so that it is not `not found` but `not known`. */
export async function mayExist(db: Kysely<Database>, challenge: number): Promise<boolean> {
  const row = await db
    .selectFrom('sync')
    .select(sql<SqlBool>`coalesce(${String(challenge)}::bigint <= challenges, first_ledger > 0)`.as('may'))
    .executeTakeFirst()
  return row?.may === true
}

/** Why answers are not to be relied on yet, for `/ready`; empty when what is served is right or marked as unknown. */
export function doubtsOf({ verifiedLedger, overdue, absent, partial }: Completeness): string[] {
  if (verifiedLedger === null) return ['The tables were not compared with the contract yet.']
  const doubts = []
  if (overdue)
    doubts.push(
      `The tables were not compared with the contract since ledger ${verifiedLedger}: no RPC lets its entries be read.`,
    )
  if (absent > 0) doubts.push(`${absent} challenges of the contract are not known yet; they are being read from it.`)
  if (partial > 0) doubts.push(`Events of ${partial} challenges are missing; they are being repaired.`)
  return doubts
}
