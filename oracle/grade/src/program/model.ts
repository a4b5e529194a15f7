/** Runs a model: the rows to predict in, predictions out, as the CSV that a solver would have handed in. */

import { type Column, columnLength } from '../columns.ts'
import { csvCell, csvLine, TextWriter } from '../csv/write.ts'
import type { ReasonName } from '../reasons.ts'
import { LIMITS, type ModelShape, type SubmissionShape } from '../shape.ts'
import { MODEL_INTERFACE } from './instrument.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { RefusedModule } from './refusal.ts'
import { createProgram, type Program } from './start.ts'
import { tableOf } from './table.ts'
import { cellsOf } from './untable.ts'

/** What a model gets: the columns, and the ids in their order, which it does not get. */
export interface ModelRows {
  readonly inputs: readonly Column[]
  ids(): readonly string[]
}

/** The predictions, and what they took; or why there are none. */
export type Predicted =
  | { readonly csv: Uint8Array; readonly fuel: bigint }
  | { readonly reason: ReasonName; readonly detail: string }

interface Functions {
  predict(table: number, length: number): number
}

const KIND = { exports: MODEL_INTERFACE, moduleBytes: PROGRAM_LIMITS.modelBytes }

/** The reason where a module is no model. */
export function refusedModel(bytes: Uint8Array, model: ModelShape): Predicted | undefined {
  const program = started(bytes, model)
  return 'reason' in program ? program : undefined
}

function started(bytes: Uint8Array, model: ModelShape): Program<Functions> | (Predicted & { reason: ReasonName }) {
  try {
    return createProgram<Functions>(bytes, KIND, model)
  } catch (error) {
    if (error instanceof RefusedModule) return { reason: 'bad_module', detail: error.message }
    throw error
  }
}

/** Equal for equal rows on every machine. Throws `MachineMemoryError`. */
export function predict(
  bytes: Uint8Array,
  rows: ModelRows,
  shape: Pick<SubmissionShape, 'idColumn' | 'columns'> & { model: ModelShape },
): Predicted {
  const { model } = shape
  const program = started(bytes, model)
  if ('reason' in program) return program
  const count = columnLength(rows.inputs[0]!)
  const table = tableOf(rows.inputs, count, model.memoryMib * 1024 * 1024)
  if (!table) return { reason: 'model_no_room', detail: '' }
  const ran = program.run(({ functions, memory, put }) => {
    const places = put([table])
    if (!places) return undefined
    const at = functions.predict(places[0]!, table.length) >>> 0
    return csvOf(memory.buffer, at, { ...shape, count, ids: rows.ids }) ?? null
  })
  if ('stop' in ran) return { reason: `model_${ran.stop}`, detail: '' }
  return ran.value ? { csv: ran.value, fuel: ran.fuel } : { reason: 'model_bad_table', detail: '' }
}

/** Undefined where it is no table of these columns. */
function csvOf(
  buffer: ArrayBuffer,
  at: number,
  {
    idColumn,
    columns,
    count,
    ids,
  }: Pick<SubmissionShape, 'idColumn' | 'columns'> & { count: number; ids: () => readonly string[] },
): Uint8Array | undefined {
  const kinds = columns.map(({ type }) =>
    type === 'number' || type === 'integer' || type === 'probability' ? ('number' as const) : ('label' as const),
  )
  const cells = cellsOf(buffer, at, kinds, count)
  if (!cells) return undefined
  const out = new TextWriter()
  out.put(`${csvLine([idColumn, ...columns.map(({ name }) => name)])}\n`)
  for (const [row, id] of ids().entries()) {
    out.put(csvCell(id))
    for (const cell of cells) {
      const value = cell(row)
      if (value === undefined) return undefined
      out.put(',')
      out.put(csvCell(value))
      // Columns may show the same bytes again and again.
      if (out.length > LIMITS.maxBytes) return undefined
    }
    out.put('\n')
  }
  return out.bytes()
}
