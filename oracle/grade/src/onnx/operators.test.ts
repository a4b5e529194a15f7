/** What is known of each operator before it runs is what the runtime then makes: types and shapes, of all operators that are taken. */
import { expect, test } from 'vitest'
import type { Elements } from './elements.ts'
import { follow } from './follow.ts'
import { type Attributes, model, raw, tensor, type Values } from './graph.fixture.ts'
import { readGraph } from './graph.ts'
import { loadOnnx } from './load.ts'
import { OPERATORS } from './operators/index.ts'
import { value } from './value.ts'

type Given = readonly [Elements, readonly number[], Values?]
interface Case {
  op: string
  ml?: boolean
  inputs: readonly (Given | undefined)[]
  /** Inputs from here on are constants of the file. */
  constantFrom?: number
  attributes?: Attributes
  outputs?: number
  opset?: number
}

const f = (...dims: number[]): Given => ['float32', dims]
const sizes = (...values: number[]): Given => ['int64', [values.length], values]
const one = (op: string, given: Given = f(3, 4), attributes: Attributes = {}): Case => ({
  op,
  inputs: [given],
  attributes,
})
const two = (op: string, a: Given = f(3, 4), b: Given = f(4)): Case => ({ op, inputs: [a, b] })
const ml = (op: string, given: Given, attributes: Attributes, outputs = 1): Case => ({
  op,
  ml: true,
  inputs: [given],
  attributes,
  outputs,
})

/** Two trees of two levels over three columns. */
const nodes = {
  nodes_treeids: [0, 0, 0, 1, 1, 1, 1, 1],
  nodes_nodeids: [0, 1, 2, 0, 1, 2, 3, 4],
  nodes_featureids: [0, 0, 0, 1, 2, 0, 0, 0],
  nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF', 'BRANCH_LEQ', 'BRANCH_LEQ', 'LEAF', 'LEAF', 'LEAF'],
  nodes_values: { floats: [0.5, 0, 0, 0.25, 0.1, 0, 0, 0] },
  nodes_truenodeids: [1, 0, 0, 1, 2, 0, 0, 0],
  nodes_falsenodeids: [2, 0, 0, 4, 3, 0, 0, 0],
}
const leafs = (kind: string, ids: number[]) => ({
  [`${kind}_treeids`]: [0, 0, 1, 1, 1],
  [`${kind}_nodeids`]: [1, 2, 2, 3, 4],
  [`${kind}_ids`]: ids,
  [`${kind}_weights`]: { floats: [1, 2, 3, 4, 5] },
})

const CASES: readonly Case[] = [
  ...[
    'Neg',
    'Abs',
    'Sign',
    'Floor',
    'Ceil',
    'Round',
    'Relu',
    'LeakyRelu',
    'Sqrt',
    'Reciprocal',
    'HardSigmoid',
    'HardSwish',
  ].map((op) => one(op)),
  ...[
    'Softsign',
    'ThresholdedRelu',
    'Exp',
    'Log',
    'Sigmoid',
    'Tanh',
    'Erf',
    'Elu',
    'Selu',
    'Celu',
    'Softplus',
    'Mish',
  ].map((op) => one(op)),
  ...[
    'Sin',
    'Cos',
    'Tan',
    'Asin',
    'Acos',
    'Atan',
    'Sinh',
    'Cosh',
    'Asinh',
    'Acosh',
    'Atanh',
    'Identity',
    'IsNaN',
    'IsInf',
  ].map((op) => one(op)),
  { ...one('Gelu'), opset: 20 },
  one('Identity', ['string', [2], ['a', 'bc']]),
  one('Not', ['bool', [2, 2]]),
  ...[
    'Add',
    'Sub',
    'Mul',
    'Div',
    'Pow',
    'PRelu',
    'Max',
    'Min',
    'Sum',
    'Mean',
    'Equal',
    'Less',
    'Greater',
    'LessOrEqual',
    'GreaterOrEqual',
  ].map((op) => two(op)),
  two('Add', f(3, 1), f(2, 1, 5)),
  two('Mod', ['int64', [3, 4]], ['int64', [1], [3]]),
  ...['And', 'Or', 'Xor'].map((op) => two(op, ['bool', [2, 3]], ['bool', [3]])),
  { op: 'Max', inputs: [f(3, 1), f(1, 4), f(4)] },
  { op: 'Clip', inputs: [f(3, 4), f(), f()] },
  { op: 'Where', inputs: [['bool', [3, 1]], f(4), f(3, 4)] },
  ...[1, 6, 7, 8, 9, 11].map((to) => one('Cast', f(3, 4), { to })),
  one('Cast', ['string', [2], ['1', '2.5']], { to: 1 }),

  { op: 'Constant', inputs: [], attributes: { value: tensor('', 'float32', [2, 2], [1, 2, 3, 4]) } },
  { op: 'Constant', inputs: [], attributes: { value_ints: [1, 2, 3] } },
  { op: 'Constant', inputs: [], attributes: { value_int: 1 } },
  { op: 'Constant', inputs: [], attributes: { value_float: { float: 1 } } },
  { op: 'Constant', inputs: [], attributes: { value_floats: { floats: [1, 2] } } },
  { op: 'Constant', inputs: [], attributes: { value_string: 'a' } },
  { op: 'Constant', inputs: [], attributes: { value_strings: ['a', 'b'] } },
  {
    op: 'ConstantOfShape',
    inputs: [sizes(2, 3)],
    constantFrom: 0,
    attributes: { value: tensor('', 'int64', [1], [7]) },
  },
  { op: 'ConstantOfShape', inputs: [sizes(2, 3)], constantFrom: 0 },
  one('Shape', f(3, 4, 5)),
  one('Shape', f(3, 4, 5), { start: 1, end: -1 }),
  one('Size', f(3, 4)),
  { op: 'Reshape', inputs: [f(3, 4), sizes(0, 2, -1)], constantFrom: 1 },
  { op: 'Reshape', inputs: [f(3, 4), sizes(12)], constantFrom: 1 },
  one('Flatten', f(2, 3, 4)),
  one('Flatten', f(2, 3, 4), { axis: 2 }),
  one('Flatten', f(2, 3, 4), { axis: 3 }),
  one('Squeeze', f(1, 3, 1)),
  { op: 'Squeeze', inputs: [f(1, 3, 1), sizes(-1)], constantFrom: 1 },
  { op: 'Unsqueeze', inputs: [f(3, 4), sizes(0, -1)], constantFrom: 1 },
  one('Transpose', f(2, 3, 4)),
  one('Transpose', f(2, 3, 4), { perm: [0, 2, 1] }),
  { op: 'Concat', inputs: [f(2, 3), f(2, 4)], attributes: { axis: 1 } },
  {
    op: 'Concat',
    inputs: [
      ['string', [2, 1], ['a', 'b']],
      ['string', [2, 1], ['c', 'd']],
    ],
    attributes: { axis: -1 },
  },
  { op: 'Split', inputs: [f(2, 6), sizes(2, 4)], constantFrom: 1, attributes: { axis: 1 }, outputs: 2 },
  { op: 'Split', inputs: [f(2, 6)], attributes: { axis: 1, num_outputs: 3 }, outputs: 3 },
  { op: 'Split', inputs: [f(2, 7)], attributes: { axis: 1, num_outputs: 2 }, outputs: 2 },
  { op: 'Slice', inputs: [f(4, 6), sizes(1), sizes(-1), sizes(1), sizes(2)], constantFrom: 1 },
  { op: 'Slice', inputs: [f(4, 6), sizes(-1, 5), sizes(-9, 1), sizes(0, 1), sizes(-1, -2)], constantFrom: 1 },
  { op: 'Slice', inputs: [f(4, 6), sizes(2), sizes(9_000_000_000_000_000)], constantFrom: 1 },
  { op: 'Gather', inputs: [f(4, 6), ['int64', [2, 2], [0, 1, 2, -1]]], attributes: { axis: 1 } },
  { op: 'Gather', inputs: [f(4, 6), ['int64', [], [1]]] },
  { op: 'GatherElements', inputs: [f(4, 6), ['int64', [4, 2], [0, 1, 2, 3, 0, 1, 2, 3]]], attributes: { axis: 1 } },
  { op: 'Expand', inputs: [f(3, 1), sizes(2, 1, 5)], constantFrom: 1 },
  { op: 'Tile', inputs: [f(3, 2), sizes(2, 3)], constantFrom: 1 },
  { op: 'Pad', inputs: [f(3, 2), sizes(1, 0, 0, 2)], constantFrom: 1 },
  { op: 'Pad', inputs: [f(3, 2), sizes(1, 2), f(), sizes(1)], constantFrom: 1 },
  {
    op: 'Range',
    inputs: [
      ['int64', [], [1]],
      ['int64', [], [10]],
      ['int64', [], [4]],
    ],
    constantFrom: 0,
  },
  {
    op: 'OneHot',
    inputs: [
      ['int64', [3], [0, 1, 2]],
      ['int64', [], [4]],
      ['float32', [2], [0, 1]],
    ],
    constantFrom: 1,
  },

  ...[
    'ReduceMean',
    'ReduceMax',
    'ReduceMin',
    'ReduceProd',
    'ReduceSumSquare',
    'ReduceL1',
    'ReduceL2',
    'ReduceLogSum',
    'ReduceLogSumExp',
    'ReduceSum',
  ].flatMap((op) => [
    one(op, f(2, 3, 4)),
    one(op, f(2, 3, 4), { keepdims: 0 }),
    { op, inputs: [f(2, 3, 4), sizes(0, -1)], constantFrom: 1, attributes: { keepdims: 0 } },
    one(op, f(2, 3, 4), { noop_with_empty_axes: 1 }),
  ]),
  { ...one('ReduceMax', f(2, 3, 4), { axes: [1] }), opset: 13 },
  one('ArgMax', f(2, 3), { axis: 1 }),
  one('ArgMin', f(2, 3), { axis: -1, keepdims: 0 }),
  one('Softmax'),
  one('LogSoftmax', f(2, 3, 4), { axis: 1 }),
  one('Hardmax'),
  { op: 'CumSum', inputs: [f(3, 4), ['int64', [], [1]]], constantFrom: 1 },
  { op: 'TopK', inputs: [f(3, 4), sizes(2)], constantFrom: 1, outputs: 2 },

  two('MatMul', f(3, 4), f(4, 5)),
  two('MatMul', f(2, 1, 3, 4), f(5, 4, 2)),
  two('MatMul', f(4), f(4, 5)),
  two('MatMul', f(3, 4), f(4)),
  { op: 'Gemm', inputs: [f(3, 4), f(5, 4), f(5)], attributes: { transB: 1 } },
  { op: 'Gemm', inputs: [f(4, 3), f(4, 5)], attributes: { transA: 1 } },
  {
    op: 'Conv',
    inputs: [f(2, 4, 9), f(6, 2, 3), f(6)],
    attributes: { group: 2, strides: [2], pads: [1, 2], kernel_shape: [3] },
  },
  { op: 'Conv', inputs: [f(1, 2, 7, 8), f(3, 2, 3, 2)], attributes: { auto_pad: 'SAME_UPPER', strides: [2, 3] } },
  { op: 'Conv', inputs: [f(1, 2, 7, 8), f(3, 2, 3, 2)], attributes: { auto_pad: 'VALID', dilations: [2, 1] } },
  one('MaxPool', f(1, 2, 8, 9), { kernel_shape: [3, 2], strides: [2, 2] }),
  {
    ...one('MaxPool', f(1, 2, 8, 9), { kernel_shape: [3, 2], strides: [2, 2], ceil_mode: 1, pads: [0, 1, 1, 0] }),
    outputs: 2,
  },
  one('MaxPool', f(1, 2, 5), { kernel_shape: [1], strides: [3], ceil_mode: 1 }),
  one('AveragePool', f(1, 2, 8), { kernel_shape: [3], auto_pad: 'SAME_LOWER' }),
  one('AveragePool', f(1, 2, 7), { kernel_shape: [2], strides: [3], ceil_mode: 1 }),
  one('GlobalAveragePool', f(1, 2, 8, 3)),
  one('GlobalMaxPool', f(1, 2, 8, 3)),
  { op: 'BatchNormalization', inputs: [f(3, 4), f(4), f(4), f(4), f(4)] },
  { op: 'LayerNormalization', inputs: [f(3, 4), f(4), f(4)] },
  { op: 'InstanceNormalization', inputs: [f(2, 3, 4), f(3), f(3)] },
  one('LpNormalization'),
  one('Dropout'),
  { ...one('Dropout'), outputs: 2 },

  ml('Scaler', f(3, 4), { offset: { floats: [1, 2, 3, 4] }, scale: { floats: [1, 1, 1, 1] } }),
  ml('Scaler', ['int64', [3, 4]], { offset: { floats: [1] }, scale: { floats: [2] } }),
  ml('Normalizer', f(3, 4), { norm: 'L2' }),
  ml('Binarizer', f(3, 4), { threshold: { float: 0.5 } }),
  ml('Imputer', f(3, 2), { imputed_value_floats: { floats: [1, 2] }, replaced_value_float: { float: 0 } }),
  ml(
    'LinearClassifier',
    f(3, 2),
    {
      coefficients: { floats: [1, 2, 3, 4, 5, 6] },
      intercepts: { floats: [0, 0, 0] },
      classlabels_strings: ['a', 'b', 'c'],
      post_transform: 'SOFTMAX',
    },
    2,
  ),
  ml(
    'LinearClassifier',
    f(3, 2),
    {
      coefficients: { floats: [1, 2] },
      intercepts: { floats: [0] },
      classlabels_ints: [0, 1],
      post_transform: 'LOGISTIC',
    },
    2,
  ),
  ml('LinearRegressor', f(3, 2), {
    coefficients: { floats: [1, 2, 3, 4] },
    intercepts: { floats: [0, 1] },
    targets: 2,
  }),
  ml(
    'TreeEnsembleClassifier',
    f(4, 3),
    { ...nodes, ...leafs('class', [0, 1, 0, 1, 2]), classlabels_strings: ['a', 'b', 'c'] },
    2,
  ),
  ml(
    'TreeEnsembleClassifier',
    f(4, 3),
    { ...nodes, ...leafs('class', [0, 0, 0, 0, 0]), classlabels_int64s: [0, 1] },
    2,
  ),
  ml('TreeEnsembleRegressor', f(4, 3), { ...nodes, ...leafs('target', [0, 1, 0, 1, 1]), n_targets: 2 }),
  ml('SVMRegressor', f(3, 2), {
    support_vectors: { floats: [1, 2, 3, 4] },
    coefficients: { floats: [1, -1] },
    n_supports: 2,
    rho: { floats: [0.1] },
    kernel_type: 'RBF',
    kernel_params: { floats: [0.5, 0, 3] },
  }),
  ml(
    'SVMClassifier',
    f(3, 2),
    {
      support_vectors: { floats: [1, 2, 3, 4] },
      vectors_per_class: [1, 1],
      coefficients: { floats: [1, -1] },
      rho: { floats: [0.1] },
      kernel_type: 'RBF',
      kernel_params: { floats: [0.5, 0, 3] },
      classlabels_ints: [0, 1],
    },
    2,
  ),
  ml(
    'SVMClassifier',
    f(3, 2),
    {
      support_vectors: { floats: [1, 2, 3, 4, 5, 6] },
      vectors_per_class: [1, 1, 1],
      coefficients: { floats: [1, -1, 1, 1, 1, 1] },
      rho: { floats: [0.1, 0.1, 0.1] },
      kernel_type: 'LINEAR',
      kernel_params: { floats: [0, 0, 3] },
      classlabels_strings: ['a', 'b', 'c'],
    },
    2,
  ),
  ml(
    'SVMClassifier',
    f(3, 2),
    {
      support_vectors: { floats: [1, 2, 3, 4, 5, 6] },
      vectors_per_class: [1, 1, 1],
      coefficients: { floats: [1, -1, 1, 1, 1, 1] },
      rho: { floats: [0.1, 0.1, 0.1] },
      prob_a: { floats: [1, 1, 1] },
      prob_b: { floats: [0, 0, 0] },
      kernel_type: 'LINEAR',
      kernel_params: { floats: [0, 0, 3] },
      classlabels_strings: ['a', 'b', 'c'],
    },
    2,
  ),
  ml('OneHotEncoder', ['string', [3, 1], ['a', 'b', 'x']], { cats_strings: ['a', 'b'], zeros: 1 }),
  ml('OneHotEncoder', ['int64', [3, 2]], { cats_int64s: [0, 1, 2], zeros: 1 }),
  ml('LabelEncoder', ['string', [3, 1], ['a', 'b', 'x']], {
    keys_strings: ['a', 'b'],
    values_floats: { floats: [1, 2] },
  }),
  ml('LabelEncoder', ['int64', [3]], { keys_int64s: [0, 1], values_strings: ['no', 'yes'] }),
  { op: 'ArrayFeatureExtractor', ml: true, inputs: [f(3, 4), ['int64', [2], [0, 3]]] },
  { op: 'FeatureVectorizer', ml: true, inputs: [f(3, 4), f(3, 2)], attributes: { inputdimensions: [4, 2] } },
]

const filled = ([elements, dims, given]: Given): Values => {
  if (given) return given
  const count = dims.reduce((all, size) => all * size, 1)
  return Array.from({ length: count }, (_, i) =>
    elements === 'bool' ? i % 2 : elements.startsWith('int') ? i % 3 : ((i * 7) % 11) / 12 + 0.01,
  )
}

const named = ({ op, inputs, attributes = {} }: Case, i: number): string =>
  `${i} ${op} ${inputs.map((given) => (given ? `${given[0]}[${given[1]}]` : '-')).join(' ')} ${Object.keys(attributes).join(' ')}`

/** All cases of one operator set as one graph, side by side: starting the runtime for each would take a hundred times as long. */
test.each([...new Set(CASES.map(({ opset = 18 }) => opset))])('of operator set %i', async (opset) => {
  const runtime = await loadOnnx()
  const cases = CASES.flatMap((one, i) => ((one.opset ?? 18) === opset ? [{ ...one, i }] : []))
  const inputsOf = ({ i, inputs, constantFrom = inputs.length }: (typeof cases)[number]) =>
    inputs.map((given, at) => given && { name: `in${i}_${at}`, given, kept: at >= constantFrom })
  const outputsOf = ({ i, outputs = 1 }: (typeof cases)[number]) =>
    Array.from({ length: outputs }, (_, at) => `out${i}_${at}`)
  const all = cases.flatMap(inputsOf).filter((input) => input !== undefined)
  const fed = all.filter(({ kept }) => !kept)
  const names = cases.flatMap(outputsOf)
  // Without a type of its outputs a graph is none; the runtime knows better what they are.
  const body = (typeOf: (name: string) => Elements) =>
    model({
      nodes: cases.map((one) => ({
        op: one.op,
        inputs: inputsOf(one).map((input) => input?.name ?? ''),
        outputs: outputsOf(one),
        ...(one.attributes && { attributes: one.attributes }),
        domain: one.ml ? 'ai.onnx.ml' : '',
      })),
      constants: all
        .filter(({ kept }) => kept)
        .map(({ name, given }) => tensor(name, given[0], given[1], filled(given))),
      inputs: fed.map(({ name, given: [elements, dims] }) => [name, elements, dims.map((_, at) => `${name}_${at}`)]),
      outputs: names.map((name) => [name, typeOf(name)]),
      opset,
    })
  const values = new Map(fed.map(({ name, given: [elements, dims] }) => [name, value(elements, dims)]))
  const { outputs: made } = follow(readGraph(body(() => 'float32')), values, 0)
  const ran = runtime.run({
    model: body((name) => made.get(name)!.elements),
    memoryMib: 64,
    inputs: fed.map(({ name, given }) => {
      const [elements, dims] = given
      const texts = () => filled(given).map((text) => new TextEncoder().encode(String(text)))
      return {
        name,
        tensor: { elements, dims, data: elements === 'string' ? texts() : raw(elements, filled(given) as number[]) },
      }
    }),
    outputs: names,
  })
  if ('stop' in ran) throw new Error(`${ran.stop}: ${ran.detail}`)
  const tensors = new Map(names.map((name, at) => [name, ran.tensors[at]!]))
  for (const one of cases)
    for (const name of outputsOf(one)) {
      const { elements, dims, known } = made.get(name)!
      const tensor = tensors.get(name)!
      expect({ case: named(one, one.i), elements, dims }).toEqual({
        case: named(one, one.i),
        elements: tensor.elements,
        dims: tensor.dims,
      })
      // Sizes that were computed with beforehand are those that come out.
      if (known && elements === 'int64')
        expect(known).toEqual(Array.from(new BigInt64Array((tensor.data as Uint8Array).slice().buffer), Number))
    }
})

test('there is a case of every operator that is taken', () => {
  const cased = new Set(CASES.map(({ op, ml }) => `${ml ? 'ai.onnx.ml' : ''} ${op}`))
  const all = Object.entries(OPERATORS).flatMap(([domain, ops]) => Object.keys(ops).map((op) => `${domain} ${op}`))
  expect(all.filter((name) => !cased.has(name))).toEqual([])
})
