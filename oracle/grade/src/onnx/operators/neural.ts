/** Layers of networks. */
import { refuse } from '../refusal.ts'
import { broadcast, type Call, like, type Made, product, shown, sizeOf, value } from '../value.ts'
import type { Operator } from './operator.ts'

/** What each of many small products takes beside its elements: of float64 a quarter of a microsecond. */
const STEPS_A_PRODUCT = 10

const matMul: Operator = (call) => {
  const [a, b] = [call.input(0), call.input(1)]
  if (a.dims.length === 0 || b.dims.length === 0) call.fail('a single number')
  const [left, right] = [a.dims.length === 1 ? [1, ...a.dims] : a.dims, b.dims.length === 1 ? [...b.dims, 1] : b.dims]
  const [m, k] = left.slice(-2) as [number, number]
  const [inner, n] = right.slice(-2) as [number, number]
  if (k !== inner) call.fail(`${shown(a.dims)} by ${shown(b.dims)}`)
  const batch = broadcast(call, [left.slice(0, -2), right.slice(0, -2)])
  const dims = [...batch, ...(a.dims.length === 1 ? [] : [m]), ...(b.dims.length === 1 ? [] : [n])]
  const output = like(a, dims)
  return { outputs: [output], steps: sizeOf(output) * (k + 1) + STEPS_A_PRODUCT * product(batch) }
}

const gemm: Operator = (call) => {
  const [a, b] = [call.input(0), call.input(1)]
  if (a.dims.length !== 2 || b.dims.length !== 2) call.fail('no matrices')
  const turned = (name: string, dims: readonly number[]) =>
    (call.int(name, 0) !== 0 ? [...dims].reverse() : dims) as [number, number]
  const [m, k] = turned('transA', a.dims)
  const [inner, n] = turned('transB', b.dims)
  if (k !== inner) call.fail(`${shown(a.dims)} by ${shown(b.dims)}`)
  if (call.has(2)) {
    const stretched = broadcast(call, [[m, n], call.input(2).dims])
    if (stretched.length > 2 || product(stretched) !== m * n) call.fail('what is added has another shape')
  }
  const output = like(a, [m, n])
  return { outputs: [output], steps: sizeOf(output) * (k + 2) }
}

/** Sizes of what a window sees of an axis at each place. */
function windows(call: Call, spatial: readonly number[], kernel: readonly number[]): number[] {
  const rank = spatial.length
  const listed = (name: string, length: number, otherwise: number) => {
    const list = call.ints(name) ?? []
    if (list.length !== 0 && list.length !== length) call.fail(`${name} of another rank`)
    return list.length === 0 ? Array<number>(length).fill(otherwise) : list
  }
  const [strides, dilations, pads] = [
    listed('strides', rank, 1),
    listed('dilations', rank, 1),
    listed('pads', 2 * rank, 0),
  ]
  if ([...strides, ...dilations, ...kernel].some((one) => one < 1) || pads.some((one) => one < 0))
    call.fail('sizes below 1')
  const auto = call.text('auto_pad', 'NOTSET')
  const up = call.int('ceil_mode', 0) === 1
  return spatial.map((size, i) => {
    const [stride, window] = [strides[i]!, (kernel[i]! - 1) * dilations[i]! + 1]
    if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') return Math.ceil(size / stride)
    const padded = size + (auto === 'VALID' ? 0 : pads[i]! + pads[i + rank]!)
    const places = (padded - window) / stride
    if (places < 0) call.fail('a window that is larger than what it slides over')
    const count = Math.floor(places) + 1
    // The last window of a rounded number begins within what is there.
    const more =
      up && Math.ceil(places) > Math.floor(places) && count * stride < size + (auto === 'VALID' ? 0 : pads[i]!)
    return more ? count + 1 : count
  })
}

const conv: Operator = (call) => {
  const [x, w] = [call.input(0), call.input(1)]
  const rank = x.dims.length
  if (rank < 3 || w.dims.length !== rank) call.fail(`${shown(x.dims)} by ${shown(w.dims)}`)
  const group = call.int('group', 1)
  const [batch, channels] = [x.dims[0]!, x.dims[1]!]
  const [filters, each] = [w.dims[0]!, w.dims[1]!]
  if (group < 1 || group > Math.max(1, channels) || channels !== each * group || filters % group !== 0)
    call.fail('channels that do not fit')
  const kernel = w.dims.slice(2)
  const output = like(x, [batch, filters, ...windows(call, x.dims.slice(2), kernel)])
  return {
    outputs: [output],
    steps: sizeOf(output) * (each * product(kernel) + 2) + 2 * product([batch, channels, product(kernel)]),
  }
}

const pool: Operator = (call) => {
  const input = call.input()
  const kernel = call.ints('kernel_shape') ?? []
  if (input.dims.length < 3 || kernel.length !== input.dims.length - 2)
    call.fail(`a window of rank ${kernel.length} over ${shown(input.dims)}`)
  const dims = [...input.dims.slice(0, 2), ...windows(call, input.dims.slice(2), kernel)]
  const outputs = [like(input, dims), value('int64', dims)].slice(0, Math.max(1, call.node.outputs.length))
  return { outputs, steps: 2 * sizeOf(outputs[0]!) * (product(kernel) + 1) }
}

const globalPool: Operator = (call) => {
  const input = call.input()
  if (input.dims.length < 3) call.fail(`over ${shown(input.dims)}`)
  return {
    outputs: [
      like(
        input,
        input.dims.map((size, i) => (i < 2 ? size : 1)),
      ),
    ],
    steps: 2 * sizeOf(input),
  }
}

/** What it learns from in training is not made here. */
const batchNormalization: Operator = (call) => {
  if (call.int('training_mode', 0) !== 0 || call.node.outputs.length > 1) call.fail('in training')
  return { outputs: [like(call.input(), call.input().dims)], steps: 4 * sizeOf(call.input()) }
}

const normalization: Operator = (call): Made => {
  const input = call.input()
  if (call.node.outputs.length > 1) call.fail('more than one output')
  if (call.node.op === 'LayerNormalization') call.axis(call.int('axis', -1), input.dims.length)
  return { outputs: [like(input, input.dims)], steps: 10 * sizeOf(input) }
}

/** Outside of training it hands on what it gets. */
const dropout: Operator = (call) => {
  if (call.has(2)) refuse('random', 'Dropout that can be in training: leave out its input training_mode')
  const input = call.input()
  const outputs = [like(input, input.dims), value('bool', input.dims)].slice(0, Math.max(1, call.node.outputs.length))
  return { outputs, steps: 2 * sizeOf(input) }
}

export const NEURAL: Readonly<Record<string, Operator>> = {
  MatMul: matMul,
  Gemm: gemm,
  Conv: conv,
  MaxPool: pool,
  AveragePool: pool,
  GlobalAveragePool: globalPool,
  GlobalMaxPool: globalPool,
  BatchNormalization: batchNormalization,
  LayerNormalization: normalization,
  InstanceNormalization: normalization,
  LpNormalization: normalization,
  Dropout: dropout,
}
