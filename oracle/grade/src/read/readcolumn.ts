/** Checks and stores the values of one column while a file is read. */

import { numberReason, parseNumber } from '../csv/number.ts'
import type { ReasonName } from '../reasons.ts'
import { type ColumnShape, isCell, LIMITS } from '../shape.ts'
import {
  addEntry,
  addText,
  type ByteTable,
  copyByteTable,
  createByteTable,
  entryEquals,
  findEntry,
} from '../table/bytetable.ts'
import type { Codes, Column } from '../table/columns.ts'
import { type CellRules, cellReason } from './readcell.ts'

/** A column while it is read, with the checks of its shape. */
export interface ColumnReader {
  readonly name: string
  /** Whether values are numbers; `integer` and `probability` are numbers with a further check. */
  readonly numeric: boolean
  readonly integer: boolean
  readonly min: number
  readonly max: number
  /** What a number outside `min` and `max` is called. */
  readonly rangeReason: ReasonName
  readonly values: Float64Array
  /** Wide enough for every entry of `labels`. */
  codes: Codes
  readonly labels: ByteTable
  /** 1 for each allowed entry of `labels`; undefined if all labels are. */
  readonly allowed: Uint8Array | undefined
  /** Of a column whose cells are texts, lists or masks. */
  readonly cell: CellRules | undefined
  /** Entry + 1 of a label lately seen, by first byte and length: most labels are told apart by these, which spares their hash. */
  readonly recent: Int32Array
}

/** Begins a column of up to `capacity` rows. `known` are labels whose codes must stay the same, those of the truth. */
export function openColumn(shape: ColumnShape, capacity: number, seed: number, known?: ByteTable): ColumnReader {
  const numeric = shape.type !== 'label' && !isCell(shape.type)
  const probability = shape.type === 'probability'
  const labels = known ? copyByteTable(known) : createByteTable(seed)
  let allowed: Uint8Array | undefined
  if (shape.labels && shape.type === 'label') {
    for (const label of shape.labels) addText(labels, label)
    allowed = new Uint8Array(labels.size)
    for (const label of shape.labels) allowed[addText(labels, label)] = 1
  }
  return {
    name: shape.name,
    numeric,
    integer: shape.type === 'integer',
    min: Math.max(shape.min ?? -Number.MAX_VALUE, probability ? 0 : -Number.MAX_VALUE),
    max: Math.min(shape.max ?? Number.MAX_VALUE, probability ? 1 : Number.MAX_VALUE),
    rangeReason: probability ? 'not_a_probability' : 'out_of_range',
    values: new Float64Array(numeric ? capacity : 0),
    codes: labels.size > 256 ? new Int32Array(numeric ? 0 : capacity) : new Uint8Array(numeric ? 0 : capacity),
    labels,
    allowed,
    cell: isCell(shape.type) ? cellRules({ ...shape, type: shape.type }) : undefined,
    recent: new Int32Array(256),
  }
}

/**
 * Reads the value in `bytes[start, end)` into `slot`, or only checks it where `slot` is negative. Returns why it is wrong, or undefined.
 */
export function readValue(
  reader: ColumnReader,
  bytes: Uint8Array,
  start: number,
  end: number,
  slot: number,
): ReasonName | undefined {
  return reader.numeric ? readNumber(reader, bytes, start, end, slot) : readLabel(reader, bytes, start, end, slot)
}

function cellRules(shape: ColumnShape & Pick<CellRules, 'type'>): CellRules {
  const { type, labels, maxItems = LIMITS.maxItems, min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = shape
  if (!labels) return { type, maxItems, min, max, allowed: undefined }
  const table = createByteTable()
  for (const label of labels) addText(table, label)
  return { type, maxItems, min, max, allowed: table }
}

function readNumber(reader: ColumnReader, bytes: Uint8Array, start: number, end: number, slot: number) {
  const value = parseNumber(bytes, start, end)
  return Number.isNaN(value) ? numberReason(bytes, start, end) : keepNumber(reader, value, slot)
}

/** The same of a finite number. */
export function keepNumber(reader: ColumnReader, given: number, slot: number): ReasonName | undefined {
  // Without −0, as texts are read.
  const value = given + 0
  if (value < reader.min || value > reader.max) return reader.rangeReason
  if (reader.integer && !Number.isSafeInteger(value)) return 'not_an_integer'
  if (slot >= 0) reader.values[slot] = value
  return undefined
}

function readLabel(reader: ColumnReader, bytes: Uint8Array, start: number, end: number, slot: number) {
  const { cell } = reader
  const reason = cell ? cellReason(cell, bytes, start, end) : textReason(bytes, start, end)
  if (reason) return reason
  const code = labelCode(reader, bytes, start, end, true)
  if (reader.allowed && reader.allowed[code] !== 1) return 'unknown_label'
  if (code > 255 && reader.codes instanceof Uint8Array) reader.codes = Int32Array.from(reader.codes)
  if (slot >= 0) reader.codes[slot] = code
  return undefined
}

/** The code of a label; a new one is added, or -1 where that is not wanted. */
export function labelCode(reader: ColumnReader, bytes: Uint8Array, start: number, end: number, add: boolean): number {
  const { labels, recent } = reader
  const guess = recentCode(reader, bytes, start, end)
  if (guess >= 0 && entryEquals(labels, guess, bytes, start, end)) return guess
  const code = add ? addEntry(labels, bytes, start, end) : findEntry(labels, bytes, start, end)
  recent[recentPlace(bytes, start, end)] = code + 1
  return code
}

/** The code that a label may have, or -1. */
export const recentCode = ({ recent }: ColumnReader, bytes: Uint8Array, start: number, end: number): number =>
  recent[recentPlace(bytes, start, end)]! - 1

// Of an empty text the first byte is the separator behind it, or nothing.
const recentPlace = (bytes: Uint8Array, start: number, end: number): number =>
  ((bytes[start] ?? 0) + (end - start) * 37) & 255

/** What is wrong with a text that stands for something: an id or a label. */
export function textReason(bytes: Uint8Array, start: number, end: number): ReasonName | undefined {
  if (start === end) return 'empty_value'
  return isSpace(bytes[start]!) || isSpace(bytes[end - 1]!) ? 'padded_value' : undefined
}

const isSpace = (byte: number): boolean => byte <= 32

/** The finished column of `rows` rows. */
export function closeColumn(reader: ColumnReader, rows: number): Column {
  if (reader.numeric) return { kind: 'number', values: reader.values.subarray(0, rows) }
  return { kind: 'label', codes: reader.codes.subarray(0, rows), labels: reader.labels }
}
