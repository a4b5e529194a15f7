/** Operators that make each element of its counterparts. */
import { ELEMENTS } from '../elements.ts'
import { elementsOf, knownAs } from '../graph.ts'
import { broadcast, type Call, like, type Made, sizeOf, touching, type Value, value } from '../value.ts'
import type { Operator } from './operator.ts'

/** Of one input. */
const each =
  (steps: number): Operator =>
  (call) => ({ outputs: [like(call.input(), call.input().dims)], steps: steps * sizeOf(call.input()) })

/** Of inputs that are stretched over each other. */
function stretched(call: Call, inputs: readonly Value[], made: (dims: number[]) => Value, steps: number): Made {
  const output = made(
    broadcast(
      call,
      inputs.map(({ dims }) => dims),
    ),
  )
  const longest = Math.max(...inputs.map((input) => input.longest))
  // Texts are compared byte by byte, whatever comes of it.
  const elements = inputs.some((input) => input.elements === 'string') ? 'string' : output.elements
  return { outputs: [output], steps: steps * inputs.length * touching({ ...output, elements, longest }) }
}

/** `known`: sizes are computed with, too. */
const arithmetic =
  (steps: number, known?: (a: number, b: number) => number): Operator =>
  (call) => {
    const inputs = call.all()
    const [a, b] = inputs
    const made = stretched(call, inputs, (dims) => like(call.input(), dims), steps)
    if (!known || !a?.known || !b?.known || inputs.length !== 2) return made
    const [x, y] = [a.known, b.known]
    const length = sizeOf(made.outputs[0]!)
    // Sizes stand in lists, or alone.
    if (![1, length].includes(x.length) || ![1, length].includes(y.length)) return made
    const values = Array.from({ length }, (_, i) => known(x[i % x.length]!, y[i % y.length]!))
    return { ...made, outputs: [{ ...made.outputs[0]!, known: knownAs(a.elements, values) }] }
  }

const comparison: Operator = (call) => stretched(call, call.all(), (dims) => value('bool', dims), 1)

const truth: Operator = (call) => ({ outputs: [value('bool', call.input().dims)], steps: sizeOf(call.input()) })

const cast: Operator = (call) => {
  const input = call.input()
  const to = elementsOf(call.int('to', 0), 'what Cast makes')
  const whole = (to === 'int64' || to === 'int32') && (input.elements === 'int64' || input.elements === 'int32')
  const texts = to === 'string' || input.elements === 'string'
  // A number takes 24 characters at most.
  const output = value(to, input.dims, { longest: to === 'string' ? Math.max(24, input.longest) : 0 })
  return {
    outputs: [whole && input.known ? { ...output, known: knownAs(to, input.known) } : output],
    // A text is read digit by digit.
    steps: sizeOf(input) * (texts ? 200 : 1) + touching(input) * (input.elements === 'string' ? 4 : 1),
  }
}

const where: Operator = (call) => {
  const [, b, c] = [call.input(0), call.input(1), call.input(2)]
  const longest = Math.max(b.longest, c.longest)
  return stretched(call, call.all(), (dims) => ({ ...like(b, dims), longest }), 1)
}

const clip: Operator = (call) => ({
  outputs: [like(call.input(), call.input().dims)],
  steps: 2 * sizeOf(call.input()),
})

export const ELEMENTWISE: Readonly<Record<string, Operator>> = {
  Identity: (call) => ({ outputs: [call.input()], steps: touching(call.input()) }),
  Add: arithmetic(1, (a, b) => a + b),
  Sub: arithmetic(1, (a, b) => a - b),
  Mul: arithmetic(1, (a, b) => a * b),
  // Integers are divided towards 0; of 0 the runtime says what it is.
  Div: arithmetic(4, (a, b) => (b === 0 ? Number.NaN : Math.trunc(a / b))),
  Mod: arithmetic(10),
  Pow: arithmetic(30),
  PRelu: arithmetic(2),
  Max: arithmetic(1),
  Min: arithmetic(1),
  Sum: arithmetic(1),
  Mean: arithmetic(2),
  ...Object.fromEntries(
    ['Neg', 'Abs', 'Sign', 'Floor', 'Ceil', 'Round', 'Relu', 'LeakyRelu'].map((op) => [op, each(2)]),
  ),
  ...Object.fromEntries(
    ['Sqrt', 'Reciprocal', 'HardSigmoid', 'HardSwish', 'Softsign', 'ThresholdedRelu'].map((op) => [op, each(5)]),
  ),
  ...Object.fromEntries(
    [
      ...['Exp', 'Log', 'Sigmoid', 'Tanh', 'Erf', 'Elu', 'Selu', 'Celu', 'Softplus', 'Gelu', 'Mish'],
      ...['Sin', 'Cos', 'Tan', 'Asin', 'Acos', 'Atan', 'Sinh', 'Cosh', 'Asinh', 'Acosh', 'Atanh'],
    ].map((op) => [op, each(30)]),
  ),
  Clip: clip,
  Equal: comparison,
  Less: comparison,
  Greater: comparison,
  LessOrEqual: comparison,
  GreaterOrEqual: comparison,
  And: comparison,
  Or: comparison,
  Xor: comparison,
  Not: truth,
  IsNaN: truth,
  IsInf: truth,
  Where: where,
  Cast: cast,
}

export const bytesOf = (one: Value): number => sizeOf(one) * Math.max(4, ELEMENTS[one.elements].bytes)
