/** The operators of ai.onnx.ml: what converters make of scikit-learn's estimators. */
import { refuse } from '../refusal.ts'
import { type Call, like, type Made, pairs, sizeOf, touching, type Value, value } from '../value.ts'
import type { Operator } from './operator.ts'
import { depthOf, leavesOf } from './trees.ts'

/** Rows and columns. */
function table(call: Call): readonly [number, number] {
  const { dims } = call.input()
  if (dims.length !== 2) call.fail(`an input of ${dims.length} dimensions instead of 2`)
  return dims as [number, number]
}

const each =
  (steps: number): Operator =>
  (call) => {
    const input = call.input()
    return {
      outputs: [
        value(input.elements === 'float64' ? 'float32' : input.elements, input.dims, { longest: input.longest }),
      ],
      steps: steps * touching(input),
    }
  }

const scaler: Operator = (call) => ({ outputs: [value('float32', call.input().dims)], steps: 4 * sizeOf(call.input()) })

function labels(
  call: Call,
  names: readonly [texts: string, ints: string],
): { count: number; of: (dims: number[]) => Value } {
  const texts = call.node.attributes.get(names[0])
  const count = texts?.texts || call.ints(names[1])?.length || 0
  if (count === 0) refuse('malformed', `${call.node.op} has no classes`)
  const { longest = 0 } = texts ?? {}
  return { count, of: (dims) => (texts?.texts ? value('string', dims, { longest }) : value('int64', dims)) }
}

const classified = (call: Call, rows: number, scores: number, steps: number, ints = 'classlabels_ints'): Made => {
  const { of } = labels(call, ['classlabels_strings', ints])
  const label = of([rows])
  return { outputs: [label, value('float32', [rows, scores])], steps: rows * (steps + 40 * scores) + touching(label) }
}

const linearClassifier: Operator = (call) => {
  const [rows, columns] = table(call)
  const { count } = labels(call, ['classlabels_strings', 'classlabels_ints'])
  const coefficients = call.floats('coefficients')
  const vectors = coefficients / columns
  if (!(Number.isInteger(vectors) && (vectors === count || (vectors === 1 && count === 2))))
    call.fail('coefficients for other columns')
  return classified(call, rows, count, coefficients)
}

const linearRegressor: Operator = (call) => {
  const [rows, columns] = table(call)
  const targets = call.int('targets', 1)
  const coefficients = call.floats('coefficients')
  if (coefficients !== targets * columns) call.fail('coefficients for other columns')
  return { outputs: [value('float32', [rows, targets])], steps: rows * (coefficients + 40 * targets) }
}

/** What a step down a tree takes: a load that no cache has, twice. */
const DOWN = 20

const treeClassifier: Operator = (call) => {
  const [rows] = table(call)
  const { count } = labels(call, ['classlabels_strings', 'classlabels_int64s'])
  const { depth, reading } = depthOf(call)
  const made = classified(call, rows, count, DOWN * depth + leavesOf(call, 'class'), 'classlabels_int64s')
  return { ...made, steps: made.steps + reading }
}

const treeRegressor: Operator = (call) => {
  const [rows] = table(call)
  const targets = call.int('n_targets', 1)
  if (targets < 1 || targets > 1024) call.fail(`${targets} targets`)
  const { depth, reading } = depthOf(call)
  return {
    outputs: [value('float32', [rows, targets])],
    steps: reading + rows * (DOWN * depth + leavesOf(call, 'target') + 40 * targets),
  }
}

/** Of each row the kernel with all support vectors, and all pairs of classes. */
function supportVectors(call: Call, columns: number): { steps: number; vectors: number } {
  const numbers = call.floats('support_vectors')
  const coefficients = call.floats('coefficients')
  if (numbers % columns !== 0) call.fail('support vectors of other columns')
  return { steps: 4 * numbers + 40 * (numbers / columns) + 4 * coefficients, vectors: numbers / columns }
}

const svmClassifier: Operator = (call) => {
  const [rows, columns] = table(call)
  const { count } = labels(call, ['classlabels_strings', 'classlabels_ints'])
  const { steps, vectors } = supportVectors(call, columns)
  const pairs = (count * (count - 1)) / 2
  const scores = call.floats('prob_a') > 0 || vectors === 0 ? count : count === 2 ? 2 : pairs
  return classified(call, rows, scores, steps + 100 * pairs * count)
}

const svmRegressor: Operator = (call) => {
  const [rows, columns] = table(call)
  return { outputs: [value('float32', [rows, 1])], steps: rows * (supportVectors(call, columns).steps + 40) }
}

const oneHot: Operator = (call) => {
  const input = call.input()
  const { count } = labels(call, ['cats_strings', 'cats_int64s'])
  const output = value('float32', [...input.dims, count])
  return { outputs: [output], steps: sizeOf(output) + 50 * touching(input) + pairs(count) }
}

const KEYS = { floats: 'float32', int64s: 'int64', strings: 'string' } as const

const labelEncoder: Operator = (call) => {
  const input = call.input()
  const { attributes } = call.node
  for (const [name, elements] of Object.entries(KEYS)) {
    const values = attributes.get(`values_${name}`)
    if (!values) continue
    // What is not among the keys becomes the default.
    const longest = Math.max(values.longest, attributes.get('default_string')?.longest ?? 0)
    const output = value(elements, input.dims, { longest: elements === 'string' ? longest : 0 })
    const floats = call.floats('keys_floats')
    const keys = floats + (call.ints('keys_int64s')?.length ?? 0) + (attributes.get('keys_strings')?.texts ?? 0)
    // Keys that are NaN are never found: each is a further one in the same place.
    const looked = Math.ceil(floats / 8) * sizeOf(input)
    return { outputs: [output], steps: pairs(keys) + looked + 50 * touching(input) + touching(output) }
  }
  return refuse('wrong_type', 'LabelEncoder whose keys and values are no lists of floats, int64s or strings')
}

const extractor: Operator = (call) => {
  const [input, places] = [call.input(0), call.input(1)]
  if (input.dims.length < 1) call.fail('a single number')
  const dims = [...(input.dims.length === 1 ? [1] : input.dims.slice(0, -1)), sizeOf(places)]
  const output = like(input, dims)
  return { outputs: [output], steps: touching(output) }
}

const vectorizer: Operator = (call) => {
  const inputs = call.all()
  const [rows = 1] = call.input().dims
  if (inputs.some(({ dims }) => dims.length !== 2 || dims[0] !== rows))
    call.fail('inputs that are no columns of one table')
  const widths = call.ints('inputdimensions') ?? []
  if (widths.length !== inputs.length || inputs.some(({ dims }, i) => dims[1] !== widths[i]))
    call.fail('inputs of other widths')
  const output = value('float32', [rows, widths.reduce((all, one) => all + one, 0)])
  return { outputs: [output], steps: 2 * sizeOf(output) }
}

export const CLASSIC: Readonly<Record<string, Operator>> = {
  Scaler: scaler,
  Normalizer: scaler,
  Binarizer: each(2),
  Imputer: each(4),
  LinearClassifier: linearClassifier,
  LinearRegressor: linearRegressor,
  TreeEnsembleClassifier: treeClassifier,
  TreeEnsembleRegressor: treeRegressor,
  SVMClassifier: svmClassifier,
  SVMRegressor: svmRegressor,
  OneHotEncoder: oneHot,
  LabelEncoder: labelEncoder,
  ArrayFeatureExtractor: extractor,
  FeatureVectorizer: vectorizer,
}
