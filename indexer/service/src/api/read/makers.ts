/** Makers, with the contract's own counters of each. */
import type { Kysely, Selectable } from 'kysely'
import type { Database, MakersTable } from '../../store/database.ts'
import { inWindow, type SortKey, type Window } from '../list/window.ts'
import type { Maker } from '../types.ts'
import { countRows } from './queries.ts'

const KEYS: readonly SortKey[] = [
  ['challenges', 'bigint'],
  ['maker', 'text'],
]

/** A maker whose challenges were all replaced has a row of zeros for a moment. */
const selectMakers = (db: Kysely<Database>) => db.selectFrom('makers').selectAll().where('challenges', '>', '0')

/** The most challenges first. @param whole nothing is missing that may count */
export function makerList(db: Kysely<Database>, whole: boolean) {
  const query = selectMakers(db)
  return {
    order: 'challenges',
    rows: (window: Window) => inWindow(query, KEYS, 'desc', window).execute(),
    keyOf: (row: Selectable<MakersTable>) => [row.challenges, row.maker],
    show: async (rows: Selectable<MakersTable>[]) => rows.map((row) => makerView(row, whole)),
    count: () => countRows(query),
  }
}

export async function readMaker(db: Kysely<Database>, address: string, whole: boolean): Promise<Maker | null> {
  const row = await selectMakers(db).where('maker', '=', address).executeTakeFirst()
  return row ? makerView(row, whole) : null
}

const makerView = (row: Selectable<MakersTable>, whole: boolean): Maker => ({
  address: row.maker,
  record: {
    ...{ challenges: Number(row.challenges), cancelled: Number(row.cancelled), decided: Number(row.decided) },
    ...{ undecided: Number(row.undecided), unopened: Number(row.unopened) },
  },
  lowerBound: !whole,
})
