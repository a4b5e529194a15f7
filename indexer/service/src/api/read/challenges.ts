/** Challenges out of the tables: a page by filters and order, or some by their ids. */
import type { Phase } from '@stellartrain/contracts-client/rules'
import { type ExpressionBuilder, type Kysely, type Selectable, type SqlBool, sql } from 'kysely'
import type { ChallengeRow } from '../../project/model.ts'
import type { Database } from '../../store/database.ts'
import { byChallenge } from '../../store/load.ts'
import { readChallenge } from '../../store/read.ts'
import { readShaped } from '../../store/shaped.ts'
import { inWindow, type Window, windowValues, withValues } from '../list/window.ts'
import type { Rule } from '../types.ts'
import { inPhase } from './phase.ts'
import { ASSET_COLUMNS, countRows } from './queries.ts'
import { type Found, searchFor } from './search.ts'

export function selectChallenges(db: Kysely<Database>) {
  return db
    .selectFrom('challenges as c')
    .leftJoin('assets as a', 'a.contract', 'c.token')
    .leftJoin('manifests as m', (join) => join.onRef('m.cid', '=', 'c.manifest').on('m.state', '=', 'known'))
    .leftJoin('incomplete as i', 'i.challenge', 'c.id')
    .selectAll('c')
    .select([
      'i.state as incomplete',
      'i.reason as incomplete_reason',
      'i.since as incomplete_since',
      'i.as_of as recovered_as_of',
      'i.unknown as unknown_columns',
      'i.unknown_submissions',
    ])
    .select([...ASSET_COLUMNS, 'm.title', 'm.summary', 'm.tags', 'm.kind', 'm.license', 'm.metric', 'm.baseline'])
}

export type ChallengeSql = Awaited<ReturnType<ReturnType<typeof selectChallenges>['execute']>>[number]

export type ChallengeFilter = {
  phase?: Phase | undefined
  asset?: string | undefined
  maker?: string | undefined
  oracle?: string | undefined
  rule?: Rule | undefined
  q?: string | undefined
  sort?: ChallengeSort | undefined
}

export type ChallengeSort = 'newest' | 'deadline' | 'prize' | 'relevance'

/** The order that a filter asks for: what fits best where words are searched, otherwise the newest first. */
export const sortOf = ({ q, sort }: ChallengeFilter): ChallengeSort =>
  sort ?? (q === undefined ? 'newest' : 'relevance')

function filtered(db: Kysely<Database>, now: number, filter: ChallengeFilter, found: Found | null) {
  let query = selectChallenges(db)
  if (filter.phase) query = query.where(inPhase(filter.phase, now))
  if (filter.asset) query = query.where('c.token', '=', filter.asset)
  if (filter.maker) query = query.where('c.maker', '=', filter.maker)
  if (filter.rule) query = query.where('c.rule', '=', filter.rule)
  if (filter.oracle) {
    const { oracle } = filter
    query = query.where((eb) => seatExists(eb, oracle))
  }
  if (found) query = query.where(found.fits)
  return query
}

/** A challenge with the sort keys of its list. */
export type ListedChallenge = ChallengeSql & { keys: readonly string[] }

/** @param now the clock of the answer, unix seconds */
export async function challengeList(db: Kysely<Database>, now: number, filter: ChallengeFilter) {
  const sort = sortOf(filter)
  const found = filter.q === undefined ? null : await searchFor(db, filter.q)
  const query = filtered(db, now, filter, found)
  const plain = Object.entries(filter).every(([name, value]) => name === 'sort' || value === undefined)
  return {
    order: sort,
    async rows(window: Window): Promise<ListedChallenge[]> {
      switch (sort) {
        case 'newest': {
          const { back } = window
          const rows = plain
            ? await readShaped(db, `newest challenges ${back}`, windowValues(window), (by) =>
                inWindow(query, [['c.id', 'bigint']], 'desc', withValues(window, by)),
              )
            : await inWindow(query, [['c.id', 'bigint']], 'desc', window).execute()
          return keyed(rows, (row) => [row.id])
        }
        case 'prize': {
          const keys = [
            ['c.prize', 'numeric'],
            ['c.id', 'bigint'],
          ] as const
          return keyed(await inWindow(query, keys, 'desc', window).execute(), (row) => [row.prize, row.id])
        }
        case 'relevance': {
          const fit = found?.fit ?? null
          if (fit === null) return equallyFitting(query, window)
          const keys = [
            [fit, 'bigint'],
            ['c.id', 'bigint'],
          ] as const
          const fitting = query.select(sql.raw<string>(fit).as('fit'))
          return keyed(await inWindow(fitting, keys, 'desc', window).execute(), (row) => [row.fit, row.id])
        }
        case 'deadline':
          return nearestFirst(query, now, window)
      }
    },
    keyOf: ({ keys }: ListedChallenge) => keys,
    count: () => countRows(query),
  }
}

const keyed = <Row extends ChallengeSql>(rows: Row[], keysOf: (row: Row) => string[]): ListedChallenge[] =>
  rows.map((row) => ({ ...row, keys: keysOf(row) }))

/** The newest first, with the sort keys of the order by how well they fit: none fits better than another. */
async function equallyFitting(
  query: ReturnType<typeof filtered>,
  { after, back, limit }: Window,
): Promise<ListedChallenge[]> {
  const window = { after: after && [after[1]!], back, limit }
  return keyed(await inWindow(query, [['c.id', 'bigint']], 'desc', window).execute(), (row) => ['0', row.id])
}

/**
 * The nearest deadline first, past ones last: two stretches of one index, one after the other. Tokens hold the clock of the first
 * page, so that a deadline that passes in between shifts no page.
 */
async function nearestFirst(
  query: ReturnType<typeof filtered>,
  now: number,
  { after, back, limit }: Window,
): Promise<ListedChallenge[]> {
  const clock = after?.[0] ?? String(now)
  const begin = after?.[1] ?? (back ? 'past' : 'coming')
  const keys = [
    ['c.deadline', 'bigint'],
    ['c.id', 'bigint'],
  ] as const
  const read = async (part: 'coming' | 'past', at: readonly string[] | null, most: number) => {
    const stretch = query.where('c.deadline', part === 'coming' ? '>' : '<=', clock)
    const window = { after: at, back, limit: most }
    const rows = await inWindow(stretch, keys, part === 'coming' ? 'asc' : 'desc', window).execute()
    return keyed(rows, (row) => [clock, part, row.deadline, row.id])
  }
  const first = await read(begin as 'coming' | 'past', after?.slice(2) ?? null, limit)
  const other = back ? 'coming' : 'past'
  if (begin === other || first.length >= limit) return first
  return [...first, ...(await read(other, null, limit - first.length))]
}

function seatExists(eb: ExpressionBuilder<Database & { c: Database['challenges'] }, 'c'>, oracle: string) {
  return eb.exists(
    eb
      .selectFrom('challenge_oracles as o')
      .select('o.place')
      .whereRef('o.challenge', '=', 'c.id')
      .where('o.address', '=', oracle),
  )
}

/** A challenge as the rules read it, with what its asset and its manifest add. */
export type Shown = { row: ChallengeSql; challenge: ChallengeRow }

/** What was read in a snapshot does not change in it: many parts of an answer are about one challenge. */
const readBefore = new WeakMap<Kysely<Database>, Map<string, ChallengeRow>>()

function remembered(db: Kysely<Database>): Map<string, ChallengeRow> {
  const known = readBefore.get(db) ?? new Map<string, ChallengeRow>()
  // Outside of a transaction each statement has a state of its own.
  if (db.isTransaction) readBefore.set(db, known)
  return known
}

/** In their order. */
export async function showChallenges(db: Kysely<Database>, rows: readonly ChallengeSql[]): Promise<Shown[]> {
  const challenges = await withPlaces(db, rows)
  return rows.map((row) => ({ row, challenge: challenges.get(row.id)! }))
}

/** These challenges as the rules read them, by their ids. */
export async function readChallenges(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, ChallengeRow>> {
  const known = remembered(db)
  const fresh = ids.filter((id) => !known.has(id))
  if (fresh.length === 0) return known
  const rows = await readShaped(db, 'challenges by id', { ids: fresh }, ({ ids: these }) =>
    db.selectFrom('challenges').selectAll().where(sql<SqlBool>`id = any(${these}::bigint[])`),
  )
  return withPlaces(db, rows)
}

async function withPlaces(
  db: Kysely<Database>,
  rows: readonly Selectable<Database['challenges']>[],
): Promise<Map<string, ChallengeRow>> {
  const known = remembered(db)
  const fresh = rows.filter(({ id }) => !known.has(id))
  if (fresh.length === 0) return known
  const ids = fresh.map((row) => row.id)
  const among = (these: readonly string[]) => sql<SqlBool>`challenge = any(${these}::bigint[])`
  const [seats, places] = await Promise.all([
    readShaped(db, 'seats', { ids }, (by) =>
      db.selectFrom('challenge_oracles').selectAll().where(among(by.ids)).orderBy('challenge').orderBy('place'),
    ),
    readShaped(db, 'places', { ids }, (by) =>
      db.selectFrom('places').selectAll().where(among(by.ids)).orderBy('challenge').orderBy('list').orderBy('place'),
    ),
  ])
  const [seatsOf, placesOf] = [byChallenge(seats), byChallenge(places)]
  for (const row of fresh) known.set(row.id, readChallenge(row, seatsOf.get(row.id) ?? [], placesOf.get(row.id) ?? []))
  return known
}
