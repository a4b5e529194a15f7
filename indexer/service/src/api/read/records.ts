/** Solvers' records and badges: which submissions count, and what the records contract counts of each solver. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { BadgesTable, BurnsTable, Database, FoldsTable, SolverRecordsTable } from '../../store/database.ts'
import type { Freshness } from '../env.ts'
import { inWindow, type Window } from '../list/window.ts'
import { ApiError } from '../problem.ts'
import type { Badge, RecordedSubmission, Solver } from '../types.ts'
import { type AssetColumns, asset, score, time, timeOrNull } from '../views/values.ts'
import { ASSET_COLUMNS, countRows, directionOf, unseen } from './queries.ts'

/** @throws ApiError `no_records` where no records contract is followed */
export function needRecords({ records }: Freshness): NonNullable<Freshness['records']> {
  if (records) return records
  throw new ApiError(
    'no_records',
    'This index follows no contract of records and badges: its operator sets RECORDS_CONTRACT_ADDRESS.',
  )
}

export type RecordFilter = { challenge?: number | undefined; solver?: string | undefined; order: 'newest' | 'oldest' }

/** Submissions that count in their solver's record, in the order in which they were counted. */
export function recordList(db: Kysely<Database>, { challenge, solver, order }: RecordFilter) {
  let query = db
    .selectFrom('folds as f')
    .leftJoin('assets as a', 'a.contract', 'f.token')
    .selectAll('f')
    .select(ASSET_COLUMNS)
  if (challenge !== undefined) query = query.where('f.challenge', '=', String(challenge))
  if (solver !== undefined) query = query.where('f.solver', '=', unseen(solver))
  // By what the table itself is ordered by, within one challenge.
  const within = challenge !== undefined
  return {
    order,
    rows: (window: Window) =>
      inWindow(query, [within ? ['f.number', 'bigint'] : ['f.event_id', 'text']], directionOf(order), window).execute(),
    keyOf: (row: { event_id: string; number: string }) => [within ? row.number : row.event_id],
    show: async (rows: (Selectable<FoldsTable> & AssetColumns)[]) => rows.map(recordView),
    count: () => countRows(query),
  }
}

const recordView = (row: Selectable<FoldsTable> & AssetColumns): RecordedSubmission => ({
  ...{ id: row.event_id, challenge: Number(row.challenge), number: Number(row.number), attempt: Number(row.attempt) },
  solver: row.solver,
  verdict: row.verdict as RecordedSubmission['verdict'],
  score: row.verdict === 'scored' ? score(BigInt(row.score)) : null,
  ...{ asset: asset(row), prize: row.prize, at: time(row.at), ledger: row.ledger, tx: row.tx },
})

type BadgeSql = Selectable<BadgesTable> &
  AssetColumns & {
    burned_at: Selectable<BurnsTable>['at'] | null
    burned_ledger: number | null
    burned_tx: string | null
  }

const selectBadges = (db: Kysely<Database>) =>
  db
    .selectFrom('badges as b')
    .leftJoin('burns as u', 'u.badge', 'b.id')
    .leftJoin('assets as a', 'a.contract', 'b.token')
    .selectAll('b')
    .select(['u.at as burned_at', 'u.ledger as burned_ledger', 'u.tx as burned_tx'])
    .select(ASSET_COLUMNS)

/** In the order in which they were taken. */
export function badgeList(db: Kysely<Database>, { challenge, solver, order }: RecordFilter) {
  let query = selectBadges(db)
  if (challenge !== undefined) query = query.where('b.challenge', '=', String(challenge))
  if (solver !== undefined) query = query.where('b.solver', '=', unseen(solver))
  return {
    order,
    rows: (window: Window) => inWindow(query, [['b.id', 'bigint']], directionOf(order), window).execute(),
    keyOf: (row: { id: string }) => [row.id],
    show: async (rows: BadgeSql[]) => rows.map(badgeView),
    count: () => countRows(query),
  }
}

export async function readBadge(db: Kysely<Database>, id: number): Promise<Badge | null> {
  const row = await selectBadges(db).where('b.id', '=', String(id)).executeTakeFirst()
  return row ? badgeView(row) : null
}

const badgeView = (row: BadgeSql): Badge => ({
  ...{ id: Number(row.id), challenge: Number(row.challenge), number: Number(row.number) },
  ...{ attempt: Number(row.attempt), solver: row.solver, score: score(BigInt(row.score)), asset: asset(row) },
  ...{ prize: row.prize, event: row.event_id, at: time(row.at), ledger: row.ledger, tx: row.tx },
  burned:
    row.burned_at === null
      ? null
      : { at: time(row.burned_at), ledger: row.burned_ledger ?? 0, tx: row.burned_tx ?? '' },
})

type SolverSql = Selectable<SolverRecordsTable> & {
  first: string | null
  last: string | null
  badges: string
  lost: string | null
}

const selectSolvers = (db: Kysely<Database>) =>
  db
    .selectFrom('solver_records as r')
    .leftJoin('lost_folds as l', 'l.solver', 'r.solver')
    .selectAll('r')
    .select([
      'l.submissions as lost',
      // Of the contract's own times and those of events what reaches further; 0 is no time.
      sql<string | null>`nullif(least(nullif(l.first, 0),
        (select f.at from folds f where f.solver = r.solver order by f.event_id limit 1)), 0)`.as('first'),
      sql<
        string | null
      >`greatest(l.last, (select f.at from folds f where f.solver = r.solver order by f.event_id desc limit 1))`.as(
        'last',
      ),
      sql<string>`(select count(*) from badges b where b.solver = r.solver and not exists (select from burns u where u.badge = b.id))`.as(
        'badges',
      ),
    ])

/** Those whose record counts anything. */
export function solverList(db: Kysely<Database>, { records }: Freshness, { sort }: { sort: 'wins' | 'submissions' }) {
  const query = selectSolvers(db)
  return {
    order: sort,
    rows: (window: Window) =>
      inWindow(
        query,
        [
          [`r.${sort}`, 'bigint'],
          ['r.solver', 'text'],
        ],
        'desc',
        window,
      ).execute(),
    keyOf: (row: SolverSql) => [row[sort], row.solver],
    show: async (rows: SolverSql[]) => rows.map((row) => solverView(row, records?.verifiedLedger ?? null)),
    count: () => countRows(db.selectFrom('solver_records')),
  }
}

export async function readSolver(
  db: Kysely<Database>,
  { records, whole }: Freshness,
  address: string,
): Promise<Solver> {
  const row = await selectSolvers(db).where('r.solver', '=', address).executeTakeFirst()
  const verified = records?.verifiedLedger ?? null
  if (row) return solverView(row, verified)
  const nothing = { ...NOTHING, solver: address, first: null, last: null, badges: '0', lost: null }
  // Whoever is known to have submitted was compared. Nobody else can have a record, if all submissions are known.
  const compared =
    whole ||
    (await db.selectFrom('submissions').select('solver').where('solver', '=', address).limit(1).executeTakeFirst())
  return solverView(nothing, compared ? verified : null)
}

const NOTHING = {
  ...{ submissions: '0', scored: '0', rejected: '0', unavailable: '0', unsettled: '0', void: '0', wins: '0' },
}

/** @param verified the ledger in which all records were compared with the contract's; null: not yet */
function solverView(row: SolverSql, verified: number | null): Solver {
  return {
    address: row.solver,
    record: {
      ...{ submissions: Number(row.submissions), scored: Number(row.scored), rejected: Number(row.rejected) },
      ...{ unavailable: Number(row.unavailable), unsettled: Number(row.unsettled), void: Number(row.void) },
      wins: Number(row.wins),
    },
    ...{ first: timeOrNull(row.first ?? 0), last: timeOrNull(row.last ?? 0), badges: Number(row.badges) },
    withoutEvent: Number(row.lost ?? 0),
    lowerBound: verified === null,
  }
}
