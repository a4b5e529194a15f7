/** Splits one labeled file into what solvers learn from, what they predict, and the truth that is sealed. */

import { csvText } from '../content/csv.ts'
import { splitCsv } from '../content/preview.ts'

export type SplitOptions = {
  /** Empty: ids are made, in random order, so that they say nothing. */
  idColumn: string
  targetColumn: string
  /** 0.05 to 0.9 of the rows are to be predicted. */
  testShare: number
  seed: number
  /** The rows to predict are sealed whole, for models that get them from the oracles. */
  sealed?: boolean
}
export type SplitFiles = {
  train: string
  test: string
  truth: string
  trainRows: number
  testRows: number
  idColumn: string
}

export class SplitError extends Error {
  readonly code = 'bad_split'
  readonly retryable = false
}

export function splitLabeled(
  text: string,
  { idColumn, targetColumn, testShare, seed, sealed = false }: SplitOptions,
): SplitFiles {
  const [header, ...rows] = splitCsv(text)
  if (!header || rows.length < 10) throw new SplitError('The file needs a header and at least 10 rows.')
  const unread = rows.findIndex((row) => row.length === 0)
  if (unread >= 0) throw new SplitError(`Row ${unread + 2} is blank or cannot be read: look at its quotes.`)
  const ragged = rows.findIndex((row) => row.length !== header.length)
  if (ragged >= 0)
    throw new SplitError(`Row ${ragged + 2} has ${rows[ragged]?.length} values, the header has ${header.length}.`)
  const target = header.indexOf(targetColumn)
  if (target < 0) throw new SplitError(`There is no column named ${targetColumn}.`)
  const id = idColumn ? header.indexOf(idColumn) : -1
  if (idColumn && id < 0) throw new SplitError(`There is no column named ${idColumn}.`)
  const empty = rows.findIndex((row) => row[target] === '')
  if (empty >= 0)
    throw new SplitError(`Row ${empty + 2} has no value in ${targetColumn}; every row needs a true value.`)
  const name = idColumn || (header.includes('id') ? 'row_id' : 'id')
  const order = shuffled(rows.length, seed)
  const width = String(rows.length).length
  const made = (place: number) => `r${String(place + 1).padStart(width, '0')}`
  const features = header.map((_, at) => at).filter((at) => at !== target && at !== id)
  const testRows = Math.max(1, Math.min(rows.length - 1, Math.round(rows.length * testShare)))
  const ids = order.map((row, place) => (id >= 0 ? rows[row]![id]! : made(place)))
  if (new Set(ids).size < ids.length) throw new SplitError(`The values of ${idColumn} are not distinct.`)
  const pick = (from: number, to: number, columns: number[]) =>
    order.slice(from, to).map((row, at) => [ids[from + at]!, ...columns.map((column) => rows[row]![column]!)])
  const named = (columns: number[]) => [name, ...columns.map((column) => header[column]!)]
  const hidden = sealed ? [target, ...features] : [target]
  return {
    test: csvText([named(features), ...pick(0, testRows, features)]),
    truth: csvText([named(hidden), ...pick(0, testRows, hidden)]),
    train: csvText([named([...features, target]), ...pick(testRows, rows.length, [...features, target])]),
    trainRows: rows.length - testRows,
    testRows,
    idColumn: name,
  }
}

/** Fisher–Yates over mulberry32: the same seed gives the same split. */
export function shuffled(count: number, seed: number): number[] {
  const order = Array.from({ length: count }, (_, at) => at)
  let state = seed >>> 0
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
  return order
}
