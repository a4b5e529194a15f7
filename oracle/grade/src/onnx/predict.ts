/** Runs an ONNX model: what it costs is known, and held against its limit, before it runs. */

import { PROGRAM_LIMITS } from '../program/limits.ts'
import { type ModelRows, type Predicted, submissionOf } from '../program/rows.ts'
import type { ModelShape, SubmissionShape } from '../shape.ts'
import { columnLength } from '../table/columns.ts'
import { follow } from './follow.ts'
import { type Graph, readGraph } from './graph.ts'
import { cellOf, type Drawn, drawnFrom, type Fed, fedBy, tensorOf, valuesOf } from './interface.ts'
import { RefusedGraph, refuse } from './refusal.ts'
import type { OnnxRuntime } from './runtime.ts'

type Shape = Pick<SubmissionShape, 'idColumn' | 'columns'> & { model: ModelShape }
type Refused = Exclude<Predicted, { csv: unknown }>

export interface Checked {
  readonly fed: readonly Fed[]
  readonly drawn: readonly Drawn[]
  readonly steps: number
}

/** The same without rows: for so many of them, whose texts are short. */
export function checkGraph(bytes: Uint8Array, shape: Shape, rows: number): Checked | Refused {
  return checked(bytes, shape, rows)
}

function checked(bytes: Uint8Array, { columns, model }: Shape, count: number, rows?: ModelRows): Checked | Refused {
  try {
    if (bytes.length > PROGRAM_LIMITS.modelBytes) refuse('too_large', `more than ${PROGRAM_LIMITS.modelBytes} bytes`)
    const graph: Graph = readGraph(bytes)
    const fed = fedBy(graph, model.inputs)
    const { outputs, steps } = follow(graph, valuesOf(fed, count, rows?.inputs), bytes.length)
    const drawn = drawnFrom(outputs, columns, count)
    if (steps > model.fuel) {
      // Texts count by their length, which says something of sealed rows.
      const told =
        rows && fed.some(({ elements }) => elements === 'string')
          ? ''
          : `It takes ${steps} steps for ${count} rows; ${model.fuel} are allowed.`
      return { reason: 'model_out_of_fuel', detail: told }
    }
    return { fed, drawn, steps }
  } catch (error) {
    if (error instanceof RefusedGraph) return { reason: 'bad_graph', detail: error.message }
    throw error
  }
}

/** Equal for equal rows on every machine. Throws `MachineMemoryError`. */
export function predictGraph(bytes: Uint8Array, rows: ModelRows, shape: Shape, runtime: OnnxRuntime): Predicted {
  const count = columnLength(rows.inputs[0]!)
  const found = checked(bytes, shape, count, rows)
  if ('reason' in found) return found
  const { fed, drawn, steps } = found
  const inputs = []
  for (const one of fed) {
    const tensor = tensorOf(one, rows.inputs, count)
    if (!tensor) return { reason: 'model_trapped', detail: 'A number is too large for the integers of an input.' }
    inputs.push({ name: one.name, tensor })
  }
  const outputs = [...new Set(drawn.map(({ output }) => output))]
  const ran = runtime.run({ model: bytes, memoryMib: shape.model.memoryMib, inputs, outputs })
  // What the runtime says of it can quote what it saw.
  if ('stop' in ran)
    return {
      reason: ran.stop === 'bad' ? 'bad_graph' : `model_${ran.stop}`,
      detail: ran.stop === 'bad' ? 'The runtime does not take it.' : '',
    }
  const tensors = new Map(outputs.map((name, i) => [name, ran.tensors[i]!]))
  const cells = drawn.map(({ output, at }) => {
    const tensor = tensors.get(output)!
    return tensor.dims[0] === count && (tensor.dims[1] ?? 1) > at && tensor.dims.length <= 2
      ? cellOf(tensor, at)
      : undefined
  })
  const csv = cells.every((cell) => cell !== undefined) ? submissionOf(cells, { ...shape, ids: rows.ids }) : undefined
  return csv ? { csv, fuel: BigInt(steps) } : { reason: 'model_bad_table', detail: '' }
}
