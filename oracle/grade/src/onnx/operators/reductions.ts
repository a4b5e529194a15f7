/** Operators that take elements together. */
import { like, type Made, sizeOf, type Value, value } from '../value.ts'
import type { Operator } from './operator.ts'

function reduced(input: Value, axes: Set<number>, keep: boolean): number[] {
  return input.dims.flatMap((size, i) => (axes.has(i) ? (keep ? [1] : []) : [size]))
}

const reduce =
  (steps: number): Operator =>
  (call) => {
    const input = call.input()
    const given = call.intsAt(1, 'axes') ?? []
    const keep = call.int('keepdims', 1) !== 0
    if (given.length === 0 && call.int('noop_with_empty_axes', 0) === 1)
      return { outputs: [like(input, input.dims)], steps: sizeOf(input) }
    const axes = given.length === 0 ? new Set(input.dims.keys()) : call.axes(given, input.dims.length)
    const output = like(input, reduced(input, axes, keep))
    return { outputs: [output], steps: steps * sizeOf(input) + sizeOf(output) }
  }

const best: Operator = (call) => {
  const input = call.input()
  const axis = call.axis(call.int('axis', 0), input.dims.length)
  const dims = reduced(input, new Set([axis]), call.int('keepdims', 1) !== 0)
  return { outputs: [value('int64', dims)], steps: 2 * sizeOf(input) }
}

/** Along an axis, of the same shape. */
const along =
  (steps: number): Operator =>
  (call): Made => {
    const input = call.input()
    call.axis(call.int('axis', -1), input.dims.length)
    return { outputs: [like(input, input.dims)], steps: steps * sizeOf(input) }
  }

const cumulative: Operator = (call) => {
  const input = call.input()
  for (const axis of call.known(1)) call.axis(axis, input.dims.length)
  return { outputs: [like(input, input.dims)], steps: 2 * sizeOf(input) }
}

const topK: Operator = (call) => {
  const input = call.input()
  const axis = call.axis(call.int('axis', -1), input.dims.length)
  const [k = 0] = call.known(1)
  const size = input.dims[axis]!
  if (k < 0 || k > size) call.fail(`${k} of ${size}`)
  const dims = input.dims.map((old, i) => (i === axis ? k : old))
  return {
    outputs: [like(input, dims), value('int64', dims)],
    steps: sizeOf(input) * 4 * Math.ceil(Math.log2(size + 2)),
  }
}

export const REDUCTIONS: Readonly<Record<string, Operator>> = {
  ...Object.fromEntries(
    ['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd', 'ReduceSumSquare', 'ReduceL1', 'ReduceL2'].map(
      (op) => [op, reduce(2)],
    ),
  ),
  ...Object.fromEntries(['ReduceLogSum', 'ReduceLogSumExp'].map((op) => [op, reduce(30)])),
  ArgMax: best,
  ArgMin: best,
  Softmax: along(40),
  LogSoftmax: along(40),
  Hardmax: along(4),
  CumSum: cumulative,
  TopK: topK,
}
