/** Files with several rows an id, such as a detection a row: folded into one cell for each id, which all metrics of lists read. */

import { parseNumber } from '../csv/number.ts'
import { fieldsOf } from '../csv/rows.ts'
import { nextRow } from '../csv/scan.ts'
import { compareUtf8, utf8 } from '../csv/utf8.ts'
import { csvCell, csvLine, TextWriter } from '../csv/write.ts'
import { addProblem, createProblems, type Problems } from '../problems.ts'
import { LIMITS, type LongShape, type SubmissionShape } from '../shape.ts'
import { PROCESS_SEED } from '../table/bytetable.ts'
import { openFile, readTable } from './read.ts'
import type { ReadPlan } from './readplan.ts'

/** Records of all ids together. */
const LONG_ROWS = 1_000_000

export interface Folded {
  readonly csv: Uint8Array
  /** Of each row of `csv`: the first row of its id in the file. */
  readonly rows: readonly number[]
}

/**
 * The fields of a row are items of a list, in the order of the shape, and so are the rows of an id, in the order of their bytes, so that the order
 * of rows changes nothing. An id with nothing has one row of empty fields. Undefined where the file cannot be read; why is in the problems.
 */
export function foldLong(
  bytes: Uint8Array,
  { idColumn, columns, formats, maxBytes = LIMITS.maxBytes, long: { fields } }: SubmissionShape & { long: LongShape },
  problems: Problems,
): Folded | undefined {
  const plan: ReadPlan = {
    ...{ idColumn, columns: fields.map(({ name }) => ({ name, type: 'text' as const })), extraColumns: 'refuse' },
    ...{ maxBytes, seed: PROCESS_SEED, explain: true },
    ...(formats && { formats }),
  }
  if (!isReadable(bytes, plan, problems)) return undefined
  // As the reader above took it: a shorter limit would end the file at a long field, and nobody would be told.
  const { scan, positions } = openFile(bytes, plan, createProblems(1))!
  const next = (): string[] | undefined => {
    const width = scan.next ? scan.next() : nextRow(scan)
    return width > 0 ? fieldsOf(scan, width) : undefined
  }
  const [idAt = 0, ...at] = positions
  const cells = new Map<string, { row: number; texts: string[] }>()
  let count = 0
  for (let record = next(); record; record = next()) {
    const { row } = scan
    if (++count > LONG_ROWS) {
      addProblem(problems, 'too_many_rows', null, null, `With several rows an id, ${LONG_ROWS} are taken.`)
      return undefined
    }
    const id = record[idAt]!
    const cell = cells.get(id) ?? { row, texts: [] }
    cells.set(id, cell)
    const values = at.map((place) => record![place]!)
    if (values.every((value) => value === '')) continue
    for (const [n, value] of values.entries()) {
      const { name, type } = fields[n]!
      if (value === '') addProblem(problems, 'empty_value', row, name)
      else if (/\s/.test(value)) addProblem(problems, 'bad_list', row, name)
      else if (type === 'number' && !isNumber(value)) addProblem(problems, 'not_a_number', row, name)
    }
    cell.texts.push(values.join(' '))
  }
  if (problems.total > 0) return undefined
  const out = new TextWriter()
  out.put(`${csvLine([idColumn, columns[0]!.name])}\n`)
  for (const [id, { texts }] of cells) out.put(`${csvCell(id)},${csvCell(texts.sort(compareUtf8).join(' '))}\n`)
  return { csv: out.bytes(), rows: [...cells.values()].map(({ row }) => row) }
}

function isNumber(text: string): boolean {
  const bytes = utf8(text)
  return Number.isFinite(parseNumber(bytes, 0, bytes.length))
}

/** By the reader of all files, for which several rows of an id are the only thing that is wrong. */
function isReadable(bytes: Uint8Array, plan: ReadPlan, problems: Problems): boolean {
  const found = createProblems(0)
  readTable(bytes, plan, found)
  for (const { reason, row, column, message: _, code: __, count: ___, ...explained } of found.kinds)
    if (reason !== 'duplicate_id') addProblem(problems, reason, row, column, '', () => explained)
  return problems.total === 0
}
