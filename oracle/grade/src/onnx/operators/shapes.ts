/** Operators that move elements, or make them of nothing but sizes. */
import { GRAPH_LIMITS, knownAs } from '../graph.ts'
import { refuse } from '../refusal.ts'
import { broadcast, type Call, like, type Made, product, sizeOf, touching, type Value, value } from '../value.ts'
import type { Operator } from './operator.ts'

const moved = (input: Value, dims: readonly number[], known?: readonly number[]): Made => {
  const output = like(input, dims, known)
  return { outputs: [output], steps: touching(output) }
}

const constant: Operator = (call) => {
  const { attributes } = call.node
  const only = [...attributes.keys()]
  const tensor = attributes.get('value')?.tensor
  if (tensor && only.length === 1)
    return {
      outputs: [{ ...value(tensor.elements, tensor.dims), longest: tensor.longest, known: tensor.values }],
      steps: product(tensor.dims),
    }
  // Of several the runtime could take another one.
  if (only.length !== 1) call.fail('a constant of several values')
  const [name = ''] = only
  const given = attributes.get(name)
  switch (name) {
    case 'value_int':
      return { outputs: [value('int64', [], { known: knownAs('int64', [given!.int]) })], steps: 1 }
    case 'value_ints':
      return {
        outputs: [value('int64', [given!.ints.length], { known: knownAs('int64', given!.ints) })],
        steps: given!.ints.length,
      }
    case 'value_float':
      return { outputs: [value('float32', [])], steps: 1 }
    case 'value_floats':
      return { outputs: [value('float32', [given!.floats])], steps: given!.floats }
    case 'value_string':
      return { outputs: [value('string', [], { longest: given!.longest })], steps: 1 }
    case 'value_strings':
      return { outputs: [value('string', [given!.texts], { longest: given!.longest })], steps: given!.texts }
  }
  return refuse('wrong_type', 'a constant that is not a dense tensor')
}

const ofSize: Operator = (call) => {
  const tensor = call.node.attributes.get('value')?.tensor
  const dims = call.known(0)
  const known =
    tensor?.values?.length === 1 && product(dims) <= GRAPH_LIMITS.values && dims.length <= 1
      ? tensor.values[0]
      : undefined
  const output = value(
    tensor?.elements ?? 'float32',
    dims,
    known === undefined ? {} : { known: Array(product(dims)).fill(known) },
  )
  return { outputs: [output], steps: sizeOf(output) }
}

const shape: Operator = (call) => {
  const { dims } = call.input()
  const at = (index: number) => Math.min(dims.length, Math.max(0, index < 0 ? index + dims.length : index))
  const known = dims.slice(at(call.int('start', 0)), at(call.int('end', dims.length)))
  return { outputs: [value('int64', [known.length], { known })], steps: known.length }
}

const reshape: Operator = (call) => {
  const input = call.input()
  const wanted = call.known(1)
  const size = sizeOf(input)
  const keepZero = call.int('allowzero', 0) === 1
  const dims = wanted.map((one, i) => (one === 0 && !keepZero ? (input.dims[i] ?? call.fail('a size of 0')) : one))
  const open = dims.indexOf(-1)
  if (open >= 0) {
    const rest = product(dims.filter((_, i) => i !== open))
    if (rest === 0 || size % rest !== 0) call.fail(`${size} elements as ${wanted.join(', ')}`)
    dims[open] = size / rest
  }
  if (product(dims) !== size) call.fail(`${size} elements as ${wanted.join(', ')}`)
  return moved(input, dims, input.known)
}

const flatten: Operator = (call) => {
  const input = call.input()
  const given = call.int('axis', 1)
  const axis = given === input.dims.length ? given : call.axis(given, input.dims.length || 1)
  return moved(input, [product(input.dims.slice(0, axis)), product(input.dims.slice(axis))])
}

const squeeze: Operator = (call) => {
  const input = call.input()
  const given = call.intsAt(1, 'axes')
  const axes = given ? call.axes(given, input.dims.length) : undefined
  const dims = input.dims.filter((size, i) => (axes ? !axes.has(i) : size !== 1))
  if (product(dims) !== product(input.dims)) call.fail('an axis that is not of size 1')
  return moved(input, dims, input.known)
}

const unsqueeze: Operator = (call) => {
  const input = call.input()
  const given = call.intsAt(1, 'axes') ?? call.fail('it lacks its axes')
  const rank = input.dims.length + given.length
  const axes = call.axes(given, rank)
  const rest = [...input.dims]
  return moved(
    input,
    Array.from({ length: rank }, (_, i) => (axes.has(i) ? 1 : rest.shift()!)),
    input.known,
  )
}

const transpose: Operator = (call) => {
  const input = call.input()
  const rank = input.dims.length
  const order = call.ints('perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i)
  if (call.axes(order, rank).size !== rank) call.fail('it lacks an axis')
  return moved(
    input,
    order.map((axis) => input.dims[call.axis(axis, rank)]!),
  )
}

const concat: Operator = (call) => {
  const inputs = call.all()
  const first = call.input()
  const axis = call.axis(call.int('axis', 0), first.dims.length)
  const fits = ({ dims }: Value) =>
    dims.length === first.dims.length && dims.every((size, i) => i === axis || size === first.dims[i])
  if (!inputs.every(fits)) call.fail('inputs of other shapes')
  const total = inputs.reduce((all, { dims }) => all + dims[axis]!, 0)
  const dims = first.dims.map((size, i) => (i === axis ? total : size))
  const sizes = first.dims.length === 1 && total <= GRAPH_LIMITS.values && inputs.every((one) => one.known)
  const known = sizes ? inputs.flatMap((one) => one.known!) : undefined
  return moved({ ...first, longest: Math.max(...inputs.map((one) => one.longest)) }, dims, known)
}

const split: Operator = (call) => {
  const input = call.input()
  const axis = call.axis(call.int('axis', 0), input.dims.length)
  const size = input.dims[axis]!
  const count = call.node.outputs.length
  const each = Math.ceil(size / count)
  const sizes =
    call.intsAt(1, 'split') ?? Array.from({ length: count }, (_, i) => Math.max(0, Math.min(each, size - i * each)))
  if (sizes.length !== count || sizes.reduce((all, one) => all + one, 0) !== size || sizes.some((one) => one < 0))
    call.fail('parts that are not the whole')
  const outputs = sizes.map((one) =>
    like(
      input,
      input.dims.map((old, i) => (i === axis ? one : old)),
    ),
  )
  return { outputs, steps: touching(input) }
}

const slice: Operator = (call) => {
  const input = call.input()
  const [starts, ends] = [call.known(1), call.known(2)]
  const rank = input.dims.length
  const axes = call.has(3) ? call.known(3) : starts.map((_, i) => i)
  const steps = call.has(4) ? call.known(4) : starts.map(() => 1)
  if (starts.length !== ends.length || axes.length !== starts.length || steps.length !== starts.length)
    call.fail('lists of other lengths')
  call.axes(axes, rank)
  const dims = [...input.dims]
  let known = input.known && rank === 1 ? input.known : undefined
  for (const [i, given] of axes.entries()) {
    const axis = call.axis(given, rank)
    const [size, step] = [input.dims[axis]!, steps[i]!]
    if (step === 0) call.fail('a step of 0')
    const whole = (at: number) => (at < 0 ? at + size : at)
    const [least, most] = step > 0 ? [0, size] : [-1, size - 1]
    const start = Math.min(step > 0 ? size : size - 1, Math.max(0, whole(starts[i]!)))
    const end = Math.min(most, Math.max(least, whole(ends[i]!)))
    const count = Math.max(0, Math.ceil((end - start) / step))
    dims[axis] = count
    known = known && Array.from({ length: count }, (_, at) => known![start + at * step]!)
  }
  return moved(input, dims, known)
}

const gather: Operator = (call) => {
  const [input, places] = [call.input(0), call.input(1)]
  const axis = call.axis(call.int('axis', 0), input.dims.length)
  const dims = [...input.dims.slice(0, axis), ...places.dims, ...input.dims.slice(axis + 1)]
  const size = input.dims[axis]!
  const known =
    input.known && input.dims.length === 1 && places.known && places.dims.length <= 1
      ? places.known.map(
          (at) => input.known![at < 0 ? at + size : at] ?? call.fail(`there is no place ${at} of ${size}`),
        )
      : undefined
  const made = moved(input, dims, known)
  return { ...made, steps: made.steps + sizeOf(places) }
}

const gatherElements: Operator = (call) => {
  const [input, places] = [call.input(0), call.input(1)]
  const axis = call.axis(call.int('axis', 0), input.dims.length)
  const fits =
    places.dims.length === input.dims.length && places.dims.every((size, i) => i === axis || size <= input.dims[i]!)
  if (!fits) call.fail('places of another shape')
  const made = moved(input, places.dims)
  return { ...made, steps: 4 * made.steps }
}

const expand: Operator = (call) => {
  const input = call.input()
  return moved(input, broadcast(call, [input.dims, call.known(1)]))
}

const tile: Operator = (call) => {
  const input = call.input()
  const times = call.known(1)
  if (times.length !== input.dims.length) call.fail('repeats of another rank')
  return moved(
    input,
    input.dims.map((size, i) => size * times[i]!),
  )
}

const pad: Operator = (call) => {
  const input = call.input()
  const rank = input.dims.length
  const pads = call.intsAt(1, 'pads') ?? call.fail('it lacks its pads')
  const axes = call.has(3) ? call.known(3) : Array.from({ length: rank }, (_, i) => i)
  if (pads.length !== 2 * axes.length) call.fail('pads of another rank')
  call.axes(axes, rank)
  const dims = [...input.dims]
  for (const [i, axis] of axes.entries()) dims[call.axis(axis, rank)]! += pads[i]! + pads[i + axes.length]!
  if (dims.some((size) => size < 0)) call.fail('pads that leave nothing')
  return moved(input, dims)
}

const range: Operator = (call) => {
  const [[start = 0], [limit = 0], [delta = 0]] = [call.known(0), call.known(1), call.known(2)]
  if (delta === 0) call.fail('a step of 0')
  const length = Math.max(0, Math.ceil((limit - start) / delta))
  const output = value(call.input().elements, [length])
  const count = sizeOf(output)
  const known = count <= GRAPH_LIMITS.values ? Array.from({ length }, (_, i) => start + i * delta) : undefined
  return { outputs: [{ ...output, known: known && knownAs(output.elements, known) }], steps: count }
}

const oneHot: Operator = (call) => {
  const [input, values] = [call.input(0), call.input(2)]
  const [depth = 0] = call.known(1)
  const rank = input.dims.length + 1
  const axis = call.axis(call.int('axis', -1), rank)
  return moved(like(values, []), [...input.dims.slice(0, axis), depth, ...input.dims.slice(axis)])
}

export const sizeOp = (call: Call): Made => ({
  outputs: [value('int64', [], { known: [sizeOf(call.input())] })],
  steps: 1,
})

export const SHAPES: Readonly<Record<string, Operator>> = {
  Constant: constant,
  ConstantOfShape: ofSize,
  Shape: shape,
  Size: sizeOp,
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  GatherElements: gatherElements,
  Expand: expand,
  Tile: tile,
  Pad: pad,
  Range: range,
  OneHot: oneHot,
}
