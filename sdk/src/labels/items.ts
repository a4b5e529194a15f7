/** What is to be labeled as one table, whatever it comes from: CSV, JSON Lines, or a folder of images or sounds. */
import { csvRows, csvText } from '../challenge/csv.ts'
import { UserError } from '../system/problems.ts'
import { mediaOf } from './media.ts'

/** A file that items link to. */
export type MediaFile = { name: string; bytes: Uint8Array<ArrayBuffer> }

export type ItemTable = {
  /** One of `header`. */
  idColumn: string
  header: string[]
  rows: string[][]
}

/** `oracle/grade` reads no longer cell of an item file (`LIMITS.maxFieldBytes`). */
export const CELL_MAX_BYTES = 4_096
const ITEMS_MAX_BYTES = 50 * 1024 * 1024
const MOST_COLUMNS = 1_000

/** What a file of items is, by its name. */
export const itemsKind = (name: string): 'csv' | 'jsonl' => (/\.(jsonl|ndjson)$/i.test(name) ? 'jsonl' : 'csv')

/** @throws UserError `bad_input` for what cannot be read, and as `checkTable` */
export function itemsFromCsv(bytes: Uint8Array, idColumn: string): ItemTable {
  const [header, ...rows] = csvRows(bytes) ?? []
  if (!header)
    throw refused(`it is not a CSV file in UTF-8 with a header, or a cell has more than ${CELL_MAX_BYTES} bytes.`)
  return checkTable({ idColumn, header, rows })
}

/** One JSON object a line; values are texts, numbers, true and false, and null for an empty one. @throws UserError `bad_input` */
export function itemsFromJsonLines(bytes: Uint8Array, idColumn: string): ItemTable {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw refused('it is not UTF-8.', cause)
  }
  const objects = text.split(/\r?\n/).flatMap((line, at) => (line.trim() === '' ? [] : [objectIn(line, at + 1)]))
  return itemsFromObjects(objects, idColumn)
}

/** The columns are the keys in the order in which they first occur. @throws UserError `bad_input` */
export function itemsFromObjects(objects: readonly Record<string, unknown>[], idColumn: string): ItemTable {
  const names = new Set<string>()
  for (const one of objects) {
    for (const name of Object.keys(one)) names.add(name)
    // Rows of as many cells would be made of each: told before they are.
    if (names.size > MOST_COLUMNS) throw tooManyColumns(names.size)
  }
  const header = [...names]
  const rows = objects.map((one, at) =>
    header.map((name) => textOf(Object.hasOwn(one, name) ? one[name] : undefined, `"${name}" of item ${at + 1}`)),
  )
  return checkTable({ idColumn, header, rows })
}

function objectIn(line: string, number: number): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw refused(`line ${number} is not JSON.`, cause)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw refused(`line ${number} is not a JSON object.`)
}

/** @param what the value is, for people @throws UserError `bad_input` */
export function textOf(value: unknown, what: string): string {
  if (value === undefined || value === null) return ''
  // JSON's readers round it, so that it would be published as another one, and two ids could become one.
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw refused(
      `${what} is a number of more than 15 digits, which is not read exactly: write it as a text, in quotation marks.`,
    )
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw refused(`${what} is a list or an object; an item's values are texts and numbers.`)
}

/**
 * One item for each image or sound, in the order of the names: its name without the ending as id, the name, and the CID; of images the
 * size in pixels where all have one.
 * @throws UserError `bad_input` for files of both kinds, or of neither
 */
export function itemsFromMedia(files: readonly (MediaFile & { cid: string })[]): ItemTable & { as: 'image' | 'audio' } {
  if (files.length === 0) throw refused('the folder has no images and no sounds.')
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const found = sorted.map(({ name, bytes, cid }) => {
    const media = mediaOf(bytes)
    if (!media)
      throw refused(`${name} is neither an image (PNG, JPEG, GIF, WebP) nor a sound (WAV, MP3, Ogg, FLAC, M4A).`)
    return { id: name.replace(/\.[^.]+$/, ''), name, cid, ...media }
  })
  const as = found[0]!.as
  const other = found.find((one) => one.as !== as)
  if (other) throw refused(`${other.name} is of another kind than the other files: label images and sounds apart.`)
  const sized = found.every(({ size }) => size !== undefined)
  const header = ['id', 'file', as, ...(sized ? ['width', 'height'] : [])]
  const rows = found.map(({ id, name, cid, size }) => [
    ...[id, name, cid],
    ...(sized && size ? [String(size.width), String(size.height)] : []),
  ])
  return { ...checkTable({ idColumn: 'id', header, rows }), as }
}

/** @throws UserError `bad_input` that names the item: what the oracles' engine could not read is refused before it is published */
export function checkTable(table: ItemTable): ItemTable {
  const { idColumn, header, rows } = table
  const at = header.indexOf(idColumn)
  if (at < 0) throw refused(`it has no column "${idColumn}"; its columns are ${header.slice(0, 20).join(', ')}.`)
  if (header.length > MOST_COLUMNS) throw tooManyColumns(header.length)
  if (new Set(header).size !== header.length) throw refused('two of its columns have one name.')
  if (!header.every((name) => name.isWellFormed())) throw refused('the name of a column is not well-formed Unicode.')
  if (rows.length === 0) throw refused('it has no items.')
  const seen = new Set<string>()
  rows.forEach((row, index) => {
    const id = row[at] ?? ''
    const what = `item ${index + 1}${id === '' ? '' : ` ("${id.slice(0, 40)}")`}`
    if (row.length !== header.length) throw refused(`${what} has ${row.length} values for ${header.length} columns.`)
    if (id === '' || id !== id.trim()) throw refused(`${what} has no id, or spaces around it.`)
    if (seen.has(id)) throw refused(`${what} has the id of an item before it.`)
    seen.add(id)
    row.forEach((cell, column) => {
      // In UTF-8 half a character is another one: two ids would become one.
      if (!cell.isWellFormed()) throw refused(`"${header[column]}" of ${what} is not well-formed Unicode.`)
      if (cell.length > CELL_MAX_BYTES || new TextEncoder().encode(cell).length > CELL_MAX_BYTES)
        throw refused(
          `"${header[column]}" of ${what} is longer than ${CELL_MAX_BYTES} bytes: split the text, or link to it.`,
        )
    })
  })
  if (csvRows(itemsCsv(table)) === undefined || itemsCsv(table).length > ITEMS_MAX_BYTES)
    throw refused('it has control characters, or more than 50 MiB.')
  return table
}

/** The published file of the items. */
export const itemsCsv = ({ header, rows }: ItemTable): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(csvText([header, ...rows]))

const tooManyColumns = (count: number) => refused(`it has ${count} columns or more; at most ${MOST_COLUMNS} are read.`)

const refused = (why: string, cause?: unknown) =>
  new UserError('bad_input', `The items cannot be used: ${why}`, { cause })
