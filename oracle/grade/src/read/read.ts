/** Reads a file into columns, checking everything: the one way into the engine for truths and submissions. */

import { createBits, hasBit, setBit } from '../arithmetic/bits.ts'
import { matchHeader, readHeader } from '../csv/header.ts'
import { BROKEN_ROW, columnName, nextRow, openScan, type Scan } from '../csv/scan.ts'
import { type OpenedRows, openLines } from '../formats/jsonl.ts'
import type { Unpacked } from '../formats/names.ts'
import { openParquet } from '../formats/parquet/rows.ts'
import { unpack } from '../formats/unpack.ts'
import { explainId, explainRagged, explainValue } from '../hints/explain.ts'
import { textHint } from '../hints/files.ts'
import { FIELDS, sharedKernel } from '../kernel/kernel.ts'
import { createKernelIds } from '../kernel/kernelids.ts'
import { addProblem, hintFirst, isEnough, type Problems } from '../problems.ts'
import { type ColumnShape, isCell, LIMITS } from '../shape.ts'
import type { Column } from '../table/columns.ts'
import {
  collectId,
  createIdCollector,
  decimalId,
  type FinishedIds,
  findId,
  finishIds,
  type IdIndex,
  skipId,
} from '../table/ids.ts'
import { createByteIds } from '../table/textids.ts'
import { addsUp, sumsToOne } from './probabilities.ts'
import { createBlock, isForBlocks, readBlocks } from './readblocks.ts'
import { closeColumn, openColumn, readValue, textReason } from './readcolumn.ts'
import type { Reading } from './reading.ts'
import { createKernelReading, isForKernel, readPlainRows } from './readkernel.ts'
import type { ReadPlan } from './readplan.ts'

const COMMA = 44
const DEL = 127

/** What was read. Of use for grading only if there were no problems; for people's summaries also otherwise. */
export interface ReadTable {
  /** Rows below the header. */
  rows: number
  /** With a given index: how many of its ids were found. */
  matched: number
  /** With a given index: bits of the slots that were found. */
  seen: Uint8Array
  /** Bits of the rows of `columns` that have a problem. */
  invalid: Uint8Array
  /** The given index, or that of the ids found. */
  readonly index: IdIndex
  /** With a given index in the order of its slots, otherwise in the order of the file. */
  columns: Column[]
  /** The place of each row of `columns` in the order of the ids' bytes, -1 where there is none. */
  readonly ranks: Int32Array
}

/** Reads the file; undefined if not even its header can be used. What is wrong is added to `problems`. */
export function readTable(bytes: Uint8Array, plan: ReadPlan, problems: Problems): ReadTable | undefined {
  if (bytes.length > plan.maxBytes) {
    addProblem(problems, 'file_too_large', null, null, `It has ${bytes.length} bytes, the limit is ${plan.maxBytes}.`)
    return undefined
  }
  const opened = openFile(bytes, plan, problems)
  if (!opened) return undefined
  const { scan, width, positions, mostRows } = opened
  const capacity = plan.index?.ranks.length ?? Math.min(LIMITS.maxRows, mostRows)
  return readRows(scan, plan, width, positions, capacity)
}

/** A file whose rows can be read: how many values each has, and where those of the id and of the plan's columns stand. */
export interface OpenedFile {
  readonly scan: Scan
  readonly width: number
  readonly positions: readonly number[]
  readonly mostRows: number
}

/** Of any format that the plan takes; undefined where not even the header can be used. */
export function openFile(bytes: Uint8Array, plan: ReadPlan, problems: Problems): OpenedFile | undefined {
  const unpacked = unpack(bytes, plan, problems)
  if (!unpacked) return undefined
  const cells = plan.columns.some((column) => isCell(column.type))
  const maxFieldBytes = cells ? LIMITS.maxTextBytes : LIMITS.maxFieldBytes
  const opened = openRows(unpacked, problems, maxFieldBytes, plan.maxBytes)
  const { scan, header, mostRows } = opened
  const wanted = [plan.idColumn, ...plan.columns.map((column) => column.name)]
  const positions = header && matchHeader(scan, header, wanted, plan.extraColumns)
  if (!positions) {
    hintFirst(problems, textHint(unpacked, wanted))
    return undefined
  }
  opened.begin(new Map([[plan.idColumn, false], ...plan.columns.map(listOrNot)]))
  return { scan, width: header.length, positions, mostRows }
}

/** Whether cells of a column hold several values with spaces between. */
const listOrNot = ({ name, type }: ColumnShape): [string, boolean] => [name, isCell(type) && type !== 'text']

function openRows({ kind, bytes }: Unpacked, problems: Problems, maxFieldBytes: number, maxBytes: number): OpenedRows {
  if (kind === 'jsonl') return openLines(bytes, problems, maxFieldBytes)
  if (kind === 'parquet') return openParquet(bytes, problems, maxFieldBytes, maxBytes)
  const scan = openScan(bytes, problems, LIMITS.maxColumns, maxFieldBytes)
  const header = readHeader(scan)
  // A row has a separator for each column and an id; columns that are ignored may be empty. Memory beyond what is used is never touched.
  const mostRows = header ? Math.ceil((bytes.length - scan.pos) / (header.length + 1)) + 1 : 0
  return { scan, header, mostRows, begin: () => {} }
}

/** Bytes of rows from which on the kernel is worth its beginning. */
const LARGE = 65536

/** Reads all rows: plain ones many at a time, each other one with every check. */
function readRows(
  scan: Scan,
  plan: ReadPlan,
  width: number,
  positions: readonly number[],
  capacity: number,
): ReadTable {
  const sums = sumsToOne(plan)
  const plain = !scan.next && !sums && !plan.columns.some((column) => isCell(column.type))
  const large = plain && width <= FIELDS && scan.bytes.length - scan.pos >= LARGE && !!sharedKernel()
  const createTable = () => (large && createKernelIds()) || createByteIds(plan.seed)
  const reading: Reading = {
    plan,
    scan,
    index: plan.index,
    ids: createIdCollector(plan.index ? 0 : capacity, createTable, !plan.index && beginsWithText(scan, positions[0]!)),
    readers: plan.columns.map((column) => openColumn(column, capacity, plan.seed, plan.labels)),
    positions,
    capacity,
    seen: createBits(plan.index ? capacity : 0),
    invalid: createBits(capacity),
    rows: 0,
    matched: 0,
  }
  const kernel = plain && width <= FIELDS ? createKernelReading(width) : undefined
  const block = plain ? createBlock(scan.bytes, width, reading.readers) : undefined
  do {
    if (kernel && isForKernel(reading, large)) readPlainRows(reading, kernel)
    else if (block && isForBlocks(reading)) readBlocks(reading, block)
  } while (readRow(reading, plan.idColumn, width, sums) && !isEnough(scan.problems))
  return finish(reading, plan.idColumn)
}

/** Whether the first id of a plain file is no decimal one. */
function beginsWithText({ bytes, pos, next }: Scan, position: number): boolean {
  if (next || position !== 0) return false
  let end = pos
  while (end < bytes.length && bytes[end]! > COMMA && bytes[end]! < DEL) end++
  return bytes[end] === COMMA && end > pos && decimalId(bytes, pos, end) < 0
}

/** Reads the next row; false at the end. */
function readRow(reading: Reading, idColumn: string, width: number, sums: boolean): boolean {
  const { scan, index, ids, readers, positions, seen, invalid } = reading
  const { problems, starts, ends } = scan
  const fields = scan.next ? scan.next() : nextRow(scan)
  if (fields === 0) return false
  // Blank lines count, so that row numbers stay those of the file.
  const row = scan.row - scan.first
  if (row >= LIMITS.maxRows) {
    addProblem(problems, 'too_many_rows', scan.row, null, `At most ${LIMITS.maxRows} are read.`)
    return false
  }
  if (!index) while (ids.rows < row) skipRow(reading)
  reading.rows = row + 1
  const before = problems.total
  if (fields !== width) {
    if (fields !== BROKEN_ROW) {
      addProblem(
        problems,
        'ragged_row',
        scan.row,
        null,
        `It has ${fields} instead of ${width}.`,
        explainRagged(reading, fields, width),
      )
    }
    if (!index) skipRow(reading)
    return true
  }
  const { source } = scan
  const start = starts[positions[0]!]!
  const end = ends[positions[0]!]!
  let slot = row
  if (index) {
    slot = findId(index, source, start, end)
    if (slot < 0) {
      const reason = textReason(source, start, end) ?? 'unknown_id'
      addProblem(problems, reason, scan.row, idColumn, '', explainId(reading, reason))
    } else if (hasBit(seen, slot)) {
      addProblem(problems, 'duplicate_id', scan.row, idColumn)
    } else {
      reading.matched++
    }
  } else {
    const reason = textReason(source, start, end)
    if (reason) {
      addProblem(problems, reason, scan.row, idColumn, '', explainId(reading, reason))
      skipId(ids)
    } else {
      collectId(ids, source, start, end)
    }
  }
  for (let i = 0; i < readers.length; i++) {
    const at = positions[i + 1]!
    const reason = readValue(readers[i]!, source, starts[at]!, ends[at]!, slot)
    if (reason) addProblem(problems, reason, scan.row, columnName(scan, at), '', explainValue(reading, reason, i))
  }
  if (sums && problems.total === before && !addsUp(readers, slot)) {
    addProblem(problems, 'probabilities_sum', scan.row, null)
  }
  if (slot >= 0 && index) setBit(seen, slot)
  if (slot >= 0 && problems.total > before) setBit(invalid, slot)
  return true
}

/** Leaves a row without id or values. */
function skipRow({ ids, invalid }: Reading): void {
  setBit(invalid, ids.rows)
  skipId(ids)
}

function finish(reading: Reading, idColumn: string): ReadTable {
  const { plan, scan, index, ids, readers, seen, invalid, rows, matched } = reading
  const { problems } = scan
  if (rows === 0 && problems.total === 0) addProblem(problems, 'no_rows', null, null)
  const close = (count: number): Column[] => readers.map((reader) => closeColumn(reader, count))
  if (index) return { rows, matched, seen, invalid, index, columns: close(index.ranks.length), ranks: index.ranks }
  const sort = finishIds(ids, plan.ordered)
  for (const row of ids.repeated) addProblem(problems, 'duplicate_id', row + scan.first, idColumn)
  // Who only wants to know what is wrong needs no order.
  let sorted: FinishedIds | undefined
  const found = (): FinishedIds => (sorted ??= sort())
  return {
    ...{ rows, matched: 0, seen, invalid, columns: close(rows) },
    get index() {
      return found().index
    },
    get ranks() {
      return found().rankOfRow
    },
  }
}
