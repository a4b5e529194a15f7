/** Two versions of a data set compared: size, rows, columns, and by id which rows are new, gone or other than before. */
import { csvRows } from './csv.ts'

export type DatasetDiff = {
  bytes: Change
  /** Null where one of them is no CSV that can be read. */
  rows: Change | null
  /** Names, in their order. */
  columns: { added: string[]; removed: string[]; kept: string[] } | null
  /** Null without an id column that both have and that names each row once. Rows are compared in the columns that both have. */
  ids: { column: string; added: Ids; removed: Ids; changed: Ids; unchanged: number } | null
}

export type Change = { before: number; after: number }
/** How many, and the first of them. */
export type Ids = { count: number; first: string[] }

/** Of each kind so many are named. */
const FIRST = 10

/** @param idColumn as the manifest's `submission.idColumn` says; undefined: rows are not compared */
export function diffDatasets(before: Uint8Array, after: Uint8Array, idColumn?: string): DatasetDiff {
  const bytes = { before: before.length, after: after.length }
  const [old, now] = [tableOf(before), tableOf(after)]
  if (!old || !now) return { bytes, rows: null, columns: null, ids: null }
  const kept = now.header.filter((name) => old.header.includes(name))
  return {
    bytes,
    rows: { before: old.rows.length, after: now.rows.length },
    columns: {
      added: now.header.filter((name) => !old.header.includes(name)),
      removed: old.header.filter((name) => !now.header.includes(name)),
      kept,
    },
    ids: idColumn === undefined ? null : diffIds(old, now, idColumn, kept),
  }
}

type Table = { header: string[]; rows: string[][] }

function tableOf(bytes: Uint8Array): Table | undefined {
  const [header, ...rows] = csvRows(bytes) ?? []
  return header && { header, rows }
}

function diffIds(old: Table, now: Table, column: string, kept: readonly string[]): DatasetDiff['ids'] {
  const [before, after] = [byId(old, column, kept), byId(now, column, kept)]
  if (!before || !after) return null
  const found = { column, added: none(), removed: none(), changed: none(), unchanged: 0 }
  for (const [id, row] of after) {
    const was = before.get(id)
    if (was === undefined) add(found.added, id)
    else if (was !== row) add(found.changed, id)
    else found.unchanged++
  }
  for (const id of before.keys()) if (!after.has(id)) add(found.removed, id)
  return found
}

/** Undefined without the column, or where two rows have the same id. */
function byId({ header, rows }: Table, column: string, kept: readonly string[]): Map<string, string> | undefined {
  const at = header.indexOf(column)
  if (at < 0) return undefined
  const places = kept.map((name) => header.indexOf(name))
  const found = new Map(rows.map((row) => [row[at] ?? '', JSON.stringify(places.map((place) => row[place]))]))
  return found.size === rows.length ? found : undefined
}

const none = (): Ids => ({ count: 0, first: [] })

function add(ids: Ids, id: string): void {
  ids.count++
  if (ids.first.length < FIRST) ids.first.push(id)
}
