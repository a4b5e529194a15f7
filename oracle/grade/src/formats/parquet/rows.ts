/**
 * A Parquet file as rows, a row group at a time. Every value becomes the text that a CSV would hold: a whole number its decimal digits, a
 * float the shortest decimal that reads back as it, `true` and `false` those words, a text its bytes, and no value no text.
 */

import { openScan } from '../../csv/scan.ts'
import { addProblem, type Problems } from '../../problems.ts'
import { LIMITS } from '../../shape.ts'
import { Damaged, TooLarge } from '../damaged.ts'
import type { OpenedRows } from '../jsonl.ts'
import { RowTexts, textFault } from '../texts.ts'
import { readColumnChunk, type Values } from './chunk.ts'
import { type Metadata, type ParquetColumn, readMetadata } from './metadata.ts'
import type { Budget } from './page.ts'

/** Pages may unpack to this many times the text that is allowed: a number of 8 bytes can be a digit and a comma. */
const PAGES_PER_TEXT = 4
const PAGES_BESIDE = 1024 * 1024

interface Reading extends OpenedRows {
  metadata: Metadata
  bytes: Uint8Array
  texts: RowTexts
  wanted: readonly { column: ParquetColumn; at: number }[]
  budget: Budget
  /** Bytes of text that the rows may still have. */
  textLeft: number
  group: number
  values: Values[]
  row: number
}

/** @param maxBytes the most text that the rows may be */
export function openParquet(
  bytes: Uint8Array,
  problems: Problems,
  maxFieldBytes: number,
  maxBytes: number,
): OpenedRows {
  const scan = openScan(bytes, problems, LIMITS.maxColumns, maxFieldBytes)
  scan.first = 1
  const none: OpenedRows = { scan, header: undefined, mostRows: 0, begin: () => {} }
  let metadata: Metadata
  try {
    metadata = readMetadata(bytes)
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    addProblem(problems, 'bad_parquet', null, null)
    return none
  }
  if (metadata.columns.length > LIMITS.maxColumns) {
    addProblem(problems, 'too_many_columns', null, null, `At most ${LIMITS.maxColumns} are read.`)
    return none
  }
  const budget = { left: maxBytes * PAGES_PER_TEXT + PAGES_BESIDE }
  const reading: Reading = {
    ...{ scan, header: metadata.columns.map(({ name }) => name), mostRows: metadata.rows, begin: () => {} },
    ...{
      metadata,
      bytes,
      texts: new RowTexts(),
      wanted: [],
      budget,
      textLeft: maxBytes,
      group: -1,
      values: [],
      row: 0,
    },
  }
  scan.next = () => nextRow(reading)
  reading.begin = (lists) => {
    reading.wanted = metadata.columns.flatMap((column, at) => (lists.has(column.name) ? [{ column, at }] : []))
  }
  return reading
}

/** As `nextRow` of a CSV: the number of columns, or 0 at the end. */
function nextRow(reading: Reading): number {
  const { scan, metadata, texts, wanted } = reading
  const { problems } = scan
  if (reading.group < 0 && !isReadable(reading)) return 0
  while (reading.group < 0 || reading.row === metadata.groups[reading.group]!.rows) {
    reading.group++
    reading.row = 0
    if (reading.group === metadata.groups.length) {
      reading.group--
      reading.row = metadata.groups[reading.group]?.rows ?? 0
      return 0
    }
    if (!readGroup(reading)) return 0
  }
  scan.row++
  texts.length = 0
  let broken = false
  for (let i = 0; i < wanted.length; i++) {
    const { at } = wanted[i]!
    const start = texts.length
    writeText(reading.values[i]!, reading.row, texts)
    scan.starts[at] = start
    scan.ends[at] = texts.length
    const fault =
      texts.length - start > scan.maxFieldBytes ? 'field_too_long' : textFault(texts.bytes, start, texts.length)
    if (fault && !broken) addProblem(problems, fault, scan.row, scan.names[at] ?? `#${at + 1}`)
    broken ||= fault !== undefined
  }
  reading.row++
  reading.textLeft -= texts.length + wanted.length
  if (reading.textLeft < 0) {
    addProblem(problems, 'unpacks_too_large', null, null)
    return end(reading)
  }
  scan.source = texts.bytes
  return broken ? -1 : metadata.columns.length
}

/** Leaves nothing to read. */
function end(reading: Reading): 0 {
  reading.group = reading.metadata.groups.length - 1
  reading.row = reading.metadata.groups[reading.group]!.rows
  return 0
}

/** What can be told from the footer, before a page is read. */
function isReadable({ scan, metadata, wanted, textLeft }: Reading): boolean {
  const { problems } = scan
  for (const { column } of wanted) if (!column.type) addProblem(problems, 'bad_parquet', null, column.name, NOT_READ)
  if (wanted.some(({ column }) => !column.type)) return false
  if (metadata.rows > LIMITS.maxRows) {
    addProblem(problems, 'too_many_rows', null, null, `At most ${LIMITS.maxRows} are read.`)
    return false
  }
  // A value and a comma take two bytes where a number stands; a missing value takes the comma.
  if (metadata.rows * wanted.length > textLeft) {
    addProblem(problems, 'unpacks_too_large', null, null)
    return false
  }
  return true
}

const NOT_READ = 'Whole numbers, floats, truth values and texts are read; no lists, dates or decimals.'

function readGroup(reading: Reading): boolean {
  const { scan, metadata, bytes, wanted, budget } = reading
  const { rows, chunks } = metadata.groups[reading.group]!
  let at: string | null = null
  try {
    reading.values = wanted.map(({ column }) => {
      at = column.name
      const chunk = chunks[column.leaf]
      if (!chunk) throw new Damaged()
      return readColumnChunk(bytes, chunk, column, rows, budget)
    })
    return true
  } catch (error) {
    if (!(error instanceof Damaged || error instanceof TooLarge)) throw error
    addProblem(scan.problems, error instanceof TooLarge ? 'unpacks_too_large' : 'bad_parquet', null, at)
    end(reading)
    return false
  }
}

function writeText(values: Values, row: number, out: RowTexts): void {
  if (values.nulls[row] === 1) return
  switch (values.type) {
    case 'bytes':
      out.copy(values.pool, values.starts[row]!, values.ends[row]!)
      return
    case 'boolean':
      out.ascii(values.numbers[row] === 1 ? 'true' : 'false')
      return
    case 'int64':
      out.ascii(String(values.unsigned ? BigInt.asUintN(64, values.large[row]!) : values.large[row]!))
      return
    case 'int32':
      out.ascii(String(values.unsigned ? values.numbers[row]! >>> 0 : values.numbers[row]!))
      return
    case 'float':
      out.ascii(floatText(values.numbers[row]!))
      return
    case 'double':
      out.ascii(String(values.numbers[row]!))
  }
}

/** From here on down floats have fewer than the six digits that all others keep. */
const SUBNORMAL = 2 ** -126

/** The decimal of the fewest digits at which the nearest one reads back as the same 32-bit float. */
export function floatText(value: number): string {
  for (let digits = Math.abs(value) < SUBNORMAL ? 1 : 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(Number(value.toPrecision(9)))
}
