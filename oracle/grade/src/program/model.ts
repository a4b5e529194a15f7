/** Runs a model that is a WebAssembly module: the rows to predict in, predictions out. */

import type { ReasonName } from '../reasons.ts'
import type { ModelShape, SubmissionShape } from '../shape.ts'
import { columnLength } from '../table/columns.ts'
import { MODEL_INTERFACE } from './instrument.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { RefusedModule } from './refusal.ts'
import { type ModelRows, type Predicted, submissionOf } from './rows.ts'
import { createProgram, type Program } from './start.ts'
import { tableOf } from './table.ts'
import { cellsOf } from './untable.ts'

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
  shape: Pick<SubmissionShape, 'idColumn' | 'columns'> & { count: number; ids: () => readonly string[] },
): Uint8Array | undefined {
  const kinds = shape.columns.map(({ type }) =>
    type === 'number' || type === 'integer' || type === 'probability' ? ('number' as const) : ('label' as const),
  )
  const cells = cellsOf(buffer, at, kinds, shape.count)
  return cells && submissionOf(cells, shape)
}
