/** ONNX files of solvers who mean harm, or make mistakes: each ends with a typed reason, in bounded time, and nothing is left of it for the next. */
import { expect, test } from 'vitest'
import { type GradeResult, grade } from '../grade.ts'
import { taskOf } from '../manifesttask.ts'
import { precheck } from '../precheck.ts'
import { prepareTruth } from '../truth.ts'
import { int, joined, message, model, tensor, text, varint } from './graph.fixture.ts'
import { readGraph } from './graph.ts'
import { loadOnnx } from './load.ts'
import { GRAPH_REFUSALS, type GraphRefusal, RefusedGraph } from './refusal.ts'

const onnx = await loadOnnx()
const submission = {
  ...{ idColumn: 'id', rows: 4, maxBytes: 20_000_000, formats: ['onnx'] as const },
  columns: [{ name: 'y', type: 'number' as const, max: 1000 }],
  model: { inputs: [{ name: 'x', type: 'number' as const }], fuel: 100_000_000, memoryMib: 8 },
}
const task = taskOf({ submission, metric: { id: 'mae', version: 1, params: {} } }, undefined, onnx)
const csv = new TextEncoder().encode('id,y,x\nb,20,2\na,10,1\nd,40,4\nc,30,3\n')
const truth = prepareTruth(csv, task.truthShape(csv))
const run = (bytes: Uint8Array): GradeResult =>
  grade({ metric: 'mae', params: {}, truth, submission: bytes, shape: task.shape, salt: new Uint8Array(32) })

const X = ['X', 'float32', ['n', 1]] as const
const Y = ['Y', 'float32', ['n', 1]] as const
type Parts = Partial<Parameters<typeof model>[0]>
/** Y = X, or what is given instead. */
const graph = (parts: Parts = {}): Uint8Array =>
  model({ nodes: [{ op: 'Identity', inputs: ['X'], outputs: ['Y'] }], inputs: [X], outputs: [Y], ...parts })
const one = (op: string, more: object = {}, parts: Parts = {}): Uint8Array =>
  graph({ nodes: [{ op, inputs: ['X'], outputs: ['Y'], ...more }], ...parts })
const with1 = (op: string, constant: Uint8Array, more: object = {}): Uint8Array =>
  one(op, { inputs: ['X', 'c'], ...more }, { constants: [constant] })
const sizes = (...values: number[]) => tensor('c', 'int64', [values.length], values)
const good = graph()
const spread = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    op: 'Relu',
    inputs: [i === 0 ? 'X' : `v${i}`],
    outputs: [i === count - 1 ? 'Y' : `v${i + 1}`],
  }))

test('a model is scored, and looked at without rows', () => {
  // |10 − 1|, |20 − 2|, |30 − 3|, |40 − 4|
  expect(run(good)).toMatchObject({ status: 'graded', score: 22.5, rows: 4 })
  expect(precheck(good, taskOf({ submission, metric: { id: 'mae', version: 1, params: {} } }).shape)).toMatchObject({
    ok: true,
  })
})

const trees = (changes: object) =>
  one('TreeEnsembleRegressor', {
    domain: 'ai.onnx.ml',
    attributes: {
      nodes_treeids: [0, 0, 0],
      nodes_nodeids: [0, 1, 2],
      nodes_featureids: [0, 0, 0],
      nodes_modes: ['BRANCH_LEQ', 'LEAF', 'LEAF'],
      nodes_values: { floats: [0.5, 0, 0] },
      nodes_truenodeids: [1, 0, 0],
      nodes_falsenodeids: [2, 0, 0],
      target_treeids: [0, 0],
      target_nodeids: [1, 2],
      target_ids: [0, 0],
      target_weights: { floats: [1, 2] },
      n_targets: 1,
      ...changes,
    },
  })

test('an ensemble of trees is scored', () => {
  expect(run(trees({}))).toMatchObject({ status: 'graded', score: 23 })
})

/** One tree of so many levels, each with a leaf and the next one. */
const chainOf = (levels: number) => {
  const count = 2 * levels + 1
  const each = <T>(value: (at: number) => T) => Array.from({ length: count }, (_, at) => value(at))
  const leaf = (at: number) => at % 2 === 1 || at === count - 1
  return {
    nodes_treeids: each(() => 0),
    nodes_nodeids: each((at) => at),
    nodes_featureids: each(() => 0),
    nodes_modes: each((at) => (leaf(at) ? 'LEAF' : 'BRANCH_LEQ')),
    nodes_values: { floats: each(() => 1e9) },
    nodes_truenodeids: each((at) => (leaf(at) ? 0 : at + 2)),
    nodes_falsenodeids: each((at) => (leaf(at) ? 0 : at + 1)),
    target_treeids: [0, 0],
    target_nodeids: [1, count - 1],
  }
}

test('a tree of 256 levels is gone down to its end', () => {
  // 2 for each row.
  expect(run(trees(chainOf(256)))).toMatchObject({ status: 'graded', score: 23 })
})
/** One tree with so many nodes on as few levels as it can have. */
const wholeTree = (nodes: number) => {
  const ids = Array.from({ length: nodes }, (_, i) => i)
  const inner = (i: number) => 2 * i + 2 < nodes
  return trees({
    nodes_treeids: ids.map(() => 0),
    nodes_nodeids: ids,
    nodes_featureids: ids.map(() => 0),
    nodes_modes: ids.map((i) => (inner(i) ? 'BRANCH_LEQ' : 'LEAF')),
    nodes_values: { floats: ids.map(() => 0) },
    nodes_truenodeids: ids.map((i) => (inner(i) ? 2 * i + 1 : 0)),
    nodes_falsenodeids: ids.map((i) => (inner(i) ? 2 * i + 2 : 0)),
    target_treeids: [0],
    target_nodeids: [nodes - 1],
    target_ids: [0],
    target_weights: { floats: [1] },
  })
}
/** An int64 or int32 whose bits are these. */
const whole = (name: string, elements: 6 | 7, bits: bigint) =>
  joined([int(2, elements), text(8, name), int(elements === 6 ? 5 : 7, bits)])
const y = { op: 'Identity', inputs: ['X'], outputs: ['Y'] }
/** Beside Y = X. */
const beside = (nodes: Parts['nodes'] & object, constants: Uint8Array[], parts: Parts = {}) =>
  graph({ nodes: [...nodes, y], constants, ...parts })
const empty = (dims: number[], nodes: Parts['nodes'] & object, constants: Uint8Array[] = []) =>
  beside([{ op: 'ConstantOfShape', inputs: ['c'], outputs: ['e'] }, ...nodes], [sizes(...dims), ...constants])
const until = { op: 'Range', inputs: ['from', 'to', 'by'], outputs: ['r'] }

const noData = joined([int(1, 2 ** 28), int(2, 1), text(8, 'c')])
const external = joined([
  int(1, 1),
  int(2, 1),
  text(8, 'c'),
  message(13, text(1, 'location'), text(2, '/etc/passwd')),
  int(14, 1),
])

/** Refused before the runtime sees them. */
const REFUSED: Readonly<Record<string, readonly [Uint8Array, GraphRefusal]>> = {
  'a file of one byte': [Uint8Array.of(8), 'malformed'],
  'no graph': [joined([int(1, 8), message(8, int(2, 18))]), 'malformed'],
  'two graphs': [joined([good, message(7)]), 'malformed'],
  'two versions': [joined([good, int(1, 8)]), 'malformed'],
  'a length beyond the file': [joined([int(1, 8), varint((7 << 3) | 2), varint(1000)]), 'malformed'],
  'a length of 2^63': [joined([int(1, 8), varint((7 << 3) | 2), varint(2n ** 63n)]), 'malformed'],
  'a number without an end': [joined([int(1, 8), new Uint8Array(30).fill(0xff)]), 'malformed'],
  'a group': [joined([int(1, 8), varint((9 << 3) | 3)]), 'malformed'],
  'field 0': [joined([int(1, 8), Uint8Array.of(0, 0)]), 'malformed'],
  'a graph that is a number': [joined([int(1, 8), int(7, 1)]), 'malformed'],
  'a file of the runtime’s own format': [
    joined([Uint8Array.of(8, 0, 0, 0), new TextEncoder().encode('ORTM'), new Uint8Array(64)]),
    'malformed',
  ],
  'a name that is no UTF-8': [
    graph({ nodes: [joined([message(1, text(1, Uint8Array.of(0xff)), text(2, 'Y'), text(4, 'Identity'))])] }),
    'malformed',
  ],
  'a name of two kilobytes': [one('Identity', { outputs: ['y'.repeat(2048)] }), 'too_large'],
  'a version of tomorrow': [graph({ ir: 99 }), 'wrong_version'],
  'operators of tomorrow': [graph({ opset: 99 }), 'wrong_version'],
  'operators of long ago': [graph({ opset: 7 }), 'wrong_version'],
  'no operator set': [joined([int(1, 8), message(7)]), 'wrong_version'],
  'functions of its own': [graph({ inModel: [message(25, text(1, 'f'))] }), 'has_functions'],
  'training of its own': [graph({ inModel: [message(20)] }), 'has_functions'],
  'a sparse tensor': [graph({ inGraph: [message(15)] }), 'wrong_type'],
  'data in a file': [graph({ constants: [external] }), 'external_data'],
  'a constant of half precision': [
    graph({ constants: [joined([int(1, 1), int(2, 10), text(9, new Uint8Array(2)), text(8, 'c')])] }),
    'wrong_type',
  ],
  'a constant without its data': [graph({ constants: [noData] }), 'malformed'],
  'a constant with too much data': [
    graph({ constants: [joined([int(1, 1), int(2, 1), text(9, new Uint8Array(8)), text(8, 'c')])] }),
    'malformed',
  ],
  'a constant of 2^62 elements': [
    graph({ constants: [joined([int(1, 2 ** 31), int(1, 2 ** 31), int(2, 1), text(8, 'c')])] }),
    'too_large',
  ],
  'a constant of size −1': [graph({ constants: [joined([int(1, -1), int(2, 1), text(8, 'c')])] }), 'malformed'],
  'a constant of nine dimensions': [graph({ constants: [tensor('c', 'float32', Array(9).fill(1), [1])] }), 'too_large'],
  'a constant that is an input': [graph({ constants: [tensor('X', 'float32', [1, 1], [1])] }), 'wrong_interface'],
  Loop: [one('Loop', { more: [message(5, text(1, 'body'), message(6))] }), 'subgraph'],
  If: [one('If'), 'subgraph'],
  Scan: [one('Scan'), 'subgraph'],
  'no elements at a trillion places': [empty([2 ** 20, 2 ** 20, 0], []), 'too_large'],
  'an int32 that is written with more bits': [
    beside([until], [whole('from', 6, 0n), whole('to', 6, 2n ** 24n - 2n ** 32n), whole('by', 6, 1n)]),
    'dynamic_shape',
  ],
  'an int32 that overflows': [
    beside(
      [{ op: 'Sub', inputs: ['low', 'high'], outputs: ['to'] }, until],
      [
        whole('from', 6, 0n),
        whole('by', 6, 1n),
        whole('low', 6, -(2n ** 31n)),
        whole('high', 6, 2n ** 31n - 2n ** 24n),
      ],
    ),
    'dynamic_shape',
  ],
  'an int64 that is cut off': [
    beside(
      [{ op: 'Cast', inputs: ['wide'], outputs: ['to'], attributes: { to: 6 } }, until],
      [whole('from', 6, 0n), whole('by', 6, 1n), whole('wide', 7, 2n ** 24n - 2n ** 32n)],
    ),
    'dynamic_shape',
  ],
  'an int64 beyond 2^53': [
    beside(
      [{ op: 'Sub', inputs: ['p', 'q'], outputs: ['d'] }, { op: 'Mul', inputs: ['d', 'm'], outputs: ['to'] }, until],
      [
        ...[whole('from', 7, 0n), whole('by', 7, 1n), whole('m', 7, 65_536n)],
        ...[whole('p', 7, 2n ** 62n + 200n), whole('q', 7, 2n ** 62n)],
      ],
    ),
    'dynamic_shape',
  ],
  'a constant that is two': [
    beside([{ op: 'Constant', inputs: [], outputs: ['k'], attributes: { value_int: 1, value_ints: [1, 2] } }], []),
    'wrong_shape',
  ],
  'a graph in a harmless operator': [one('Relu', { more: [message(5, text(1, 'g'), message(6))] }), 'subgraph'],
  'an operator of a stranger': [one('Evil', { domain: 'com.example' }), 'custom_domain'],
  'an operator of the runtime alone': [one('Gelu', { domain: 'com.microsoft' }), 'custom_domain'],
  'a domain with the name of a method': [one('Identity', { domain: 'constructor' }), 'custom_domain'],
  'an operator that is not there': [one('Relv'), 'unknown_operator'],
  'an operator with the name of a method': [one('constructor'), 'unknown_operator'],
  'an operator without a name': [one(''), 'unknown_operator'],
  RandomNormal: [one('RandomNormal', { inputs: [] }), 'random'],
  Multinomial: [one('Multinomial'), 'random'],
  'Dropout in training': [
    one('Dropout', { inputs: ['X', '', 'c'] }, { constants: [tensor('c', 'bool', [], [1])] }),
    'random',
  ],
  'normalisation in training': [one('BatchNormalization', { attributes: { training_mode: 1 } }), 'wrong_shape'],
  ZipMap: [one('ZipMap', { domain: 'ai.onnx.ml' }), 'wrong_type'],
  'an output that is a sequence': [
    graph({ outputs: [], inGraph: [message(12, text(1, 'Y'), message(2, message(4)))] }),
    'wrong_type',
  ],
  'a circle of one': [one('Identity', { inputs: ['Y'] }), 'not_ordered'],
  'a circle of two': [
    graph({
      nodes: [
        { op: 'Relu', inputs: ['b'], outputs: ['Y'] },
        { op: 'Relu', inputs: ['Y'], outputs: ['b'] },
      ],
    }),
    'not_ordered',
  ],
  'an output that nothing makes': [graph({ nodes: [] }), 'not_ordered'],
  'a value that is made twice': [
    graph({
      nodes: [
        { op: 'Relu', inputs: ['X'], outputs: ['Y'] },
        { op: 'Relu', inputs: ['X'], outputs: ['Y'] },
      ],
    }),
    'malformed',
  ],
  'an attribute twice': [
    one('LeakyRelu', { more: [message(5, text(1, 'a'), int(3, 1)), message(5, text(1, 'a'), int(3, 1))] }),
    'malformed',
  ],
  'an operator without its input': [one('Relu', { inputs: [] }), 'malformed'],
  'an operator with too many outputs': [one('Relu', { outputs: ['Y', 'Z'] }), 'malformed'],
  'a shape that is computed of rows': [
    graph({
      nodes: [
        { op: 'Cast', inputs: ['X'], outputs: ['s'], attributes: { to: 7 } },
        { op: 'Expand', inputs: ['X', 's'], outputs: ['Y'] },
      ],
    }),
    'dynamic_shape',
  ],
  'a matrix that does not fit': [with1('MatMul', tensor('c', 'float32', [3, 1], [1, 2, 3])), 'wrong_shape'],
  'a reshape that does not fit': [with1('Reshape', sizes(7)), 'wrong_shape'],
  'a tile of 2^60': [with1('Tile', sizes(2 ** 30, 2 ** 30)), 'too_large'],
  'a tile of −1': [with1('Tile', sizes(-1, 1)), 'malformed'],
  'nothing of 2^60': [one('ConstantOfShape', { inputs: ['c'] }, { constants: [sizes(2 ** 30, 2 ** 30)] }), 'too_large'],
  'a pad of 2^40': [with1('Pad', sizes(0, 2 ** 40, 0, 0)), 'too_large'],
  'a range without an end': [
    graph({
      nodes: [{ op: 'Range', inputs: ['a', 'b', 'c'], outputs: ['r'] }],
      constants: [tensor('a', 'int64', [], [0]), tensor('b', 'int64', [], [2 ** 52]), tensor('c', 'int64', [], [1])],
    }),
    'too_large',
  ],
  'more dimensions than eight': [with1('Unsqueeze', sizes(0, 1, 2, 3, 4, 5, 6)), 'too_large'],
  'ten thousand operators and one': [graph({ nodes: spread(10_001) }), 'too_large'],
  'trees that lead in a circle': [trees({ nodes_modes: ['BRANCH_LEQ', 'BRANCH_LEQ', 'LEAF'] }), 'malformed'],
  'trees that lead nowhere': [trees({ nodes_truenodeids: [9, 0, 0] }), 'malformed'],
  'trees that lead to one node twice': [trees({ nodes_truenodeids: [2, 0, 0] }), 'malformed'],
  'trees deeper than the runtime’s stack': [trees(chainOf(257)), 'too_large'],
  'trees without modes': [trees({ nodes_modes: [] }), 'malformed'],
  'an input that is no column': [graph({ inputs: [X, ['Z', 'float32', ['n', 1]]] }), 'wrong_interface'],
  'no input': [
    graph({
      nodes: [{ op: 'Identity', inputs: ['c'], outputs: ['Y'] }],
      inputs: [],
      constants: [tensor('c', 'float32', [4, 1], [1, 2, 3, 4])],
    }),
    'wrong_interface',
  ],
  'an input of two columns': [graph({ inputs: [['X', 'float32', ['n', 2]]] }), 'wrong_interface'],
  'an input of one row': [graph({ inputs: [['X', 'float32', [1, 1]]] }), 'wrong_interface'],
  'an input of texts for numbers': [graph({ inputs: [['X', 'string', ['n', 1]]] }), 'wrong_interface'],
  'an output of one row': [with1('ReduceSum', sizes(0)), 'wrong_interface'],
  'an output of two columns': [with1('Tile', sizes(1, 2)), 'wrong_interface'],
  'an output of truths': [one('IsNaN'), 'wrong_interface'],
}

test.each(Object.entries(REFUSED))('%s is refused as what it is', (_, [bytes, refusal]) => {
  const result = run(bytes)
  expect(result).toMatchObject({ status: 'rejected', reason: 'bad_graph' })
  if (refusal === 'wrong_interface') {
    expect((result as { message: string }).message).toContain('inputs and outputs that this challenge asks for')
    return
  }
  // The same by the walk alone, or by following what it found.
  expect(refusalOf(bytes)).toBe(refusal)
})

function refusalOf(bytes: Uint8Array): string {
  try {
    readGraph(bytes)
  } catch (error) {
    if (error instanceof RefusedGraph) return error.refusal
    throw error
  }
  const { message: told } = run(bytes) as { message: string }
  return Object.entries(GRAPH_REFUSALS).find(([, words]) => told.includes(words))?.[0] ?? told
}

const doubled = (times: number) => ({
  nodes: [
    ...Array.from({ length: times }, (_, i) => ({
      op: 'Concat',
      inputs: [`v${i}`, `v${i}`],
      outputs: [`v${i + 1}`],
      attributes: { axis: 1 },
    })),
    { op: 'ReduceMean', inputs: [`v${times}`, 'c'], outputs: ['Y'] },
  ].map((one) => ({ ...one, inputs: one.inputs.map((name) => (name === 'v0' ? 'X' : name)) })),
  constants: [sizes(1)],
})
const dense = (k: number) => ({
  nodes: [
    { op: 'MatMul', inputs: ['X', 'a'], outputs: ['h'] },
    { op: 'MatMul', inputs: ['h', 'b'], outputs: ['Y'] },
  ],
  constants: [tensor('a', 'float32', [1, k], Array(k).fill(1 / k)), tensor('b', 'float32', [k, 1], Array(k).fill(1))],
})

/** Each ends in the same way on every machine, whatever they take. */
const ENDS: Readonly<Record<string, readonly [Uint8Array, string]>> = {
  'predictions in a CSV': [new TextEncoder().encode('id,y\na,1\n'), 'wrong_format'],
  'a WebAssembly module': [Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), 'wrong_format'],
  'a file beyond the limit': [new Uint8Array(20_000_001).fill(8), 'file_too_large'],
  'numbers that are doubled 30 times': [graph(doubled(26)), 'model_out_of_fuel'],
  'a thousand operators': [graph({ nodes: spread(1000) }), 'graded'],
  'ten thousand operators': [graph({ nodes: spread(10_000) }), 'model_no_room'],
  'too many steps': [graph(doubled(24)), 'model_out_of_fuel'],
  'more memory than there is': [graph(doubled(20)), 'model_no_room'],
  'a wide layer': [graph(dense(10_000)), 'graded'],
  'a place that is not there': [with1('Gather', sizes(0, 1, 2, 9)), 'model_trapped'],
  'weights that are no numbers': [with1('Add', tensor('c', 'float32', [1], [Number.NaN])), 'not_finite'],
  'weights without end': [with1('Mul', tensor('c', 'float32', [1], [Number.POSITIVE_INFINITY])), 'not_finite'],
  'a prediction out of range': [with1('Add', tensor('c', 'float32', [1], [5000])), 'out_of_range'],
  'whole numbers divided by 0': [
    graph({
      nodes: [
        { op: 'Cast', inputs: ['X'], outputs: ['i'], attributes: { to: 7 } },
        { op: 'Sub', inputs: ['i', 'i'], outputs: ['z'] },
        { op: 'Div', inputs: ['i', 'z'], outputs: ['d'] },
        { op: 'Cast', inputs: ['d'], outputs: ['Y'], attributes: { to: 1 } },
      ],
    }),
    'model_trapped',
  ],
  'a tree of many nodes': [wholeTree(2 ** 16 - 1), 'model_out_of_fuel'],
  'no elements, gathered a hundred million times': [
    empty(
      [2 ** 20, 5, 0],
      [{ op: 'Gather', inputs: ['e', 'i'], outputs: ['g'], attributes: { axis: 1 } }],
      [tensor('i', 'int64', [100], Array(100).fill(1))],
    ),
    'model_out_of_fuel',
  ],
  'no elements, normalized thirty million times': [
    empty(
      [2 ** 25, 1, 0],
      [{ op: 'InstanceNormalization', inputs: ['e', 's', 's'], outputs: ['g'] }],
      [tensor('s', 'float32', [1], [1])],
    ),
    'model_out_of_fuel',
  ],
  'many products of two numbers each': [
    beside(
      [
        { op: 'Expand', inputs: ['w', 'b'], outputs: ['e'] },
        ...Array.from({ length: 5 }, (_, i) => ({ op: 'MatMul', inputs: ['e', 'w'], outputs: [`p${i}`] })),
      ],
      [tensor('w', 'float64', [1, 1, 1], [1]), tensor('b', 'int64', [3], [2 ** 21, 1, 1])],
    ),
    'model_out_of_fuel',
  ],
  'numbers of a hundred thousand digits': [
    beside(
      [
        { op: 'Constant', inputs: [], outputs: ['s'], attributes: { value_string: `0.${'1234567'.repeat(14_000)}` } },
        { op: 'Expand', inputs: ['s', 'c'], outputs: ['t'] },
        ...Array.from({ length: 25 }, (_, i) => ({
          ...{ op: 'Cast', inputs: ['t'], outputs: [`f${i}`] },
          attributes: { to: 11 },
        })),
      ],
      [sizes(100)],
    ),
    'model_out_of_fuel',
  ],
  'keys that are no numbers': [
    beside(
      [
        {
          op: 'LabelEncoder',
          domain: 'ai.onnx.ml',
          inputs: ['X'],
          outputs: ['l'],
          attributes: {
            keys_floats: { floats: Array<number>(50_000).fill(Number.NaN) },
            values_int64s: Array<number>(50_000).fill(1),
          },
        },
      ],
      [],
    ),
    'model_out_of_fuel',
  ],
  'a default text of three megabytes': [
    beside(
      [
        {
          op: 'LabelEncoder',
          domain: 'ai.onnx.ml',
          inputs: ['k'],
          outputs: ['t0'],
          attributes: { keys_int64s: [1], values_strings: ['a'], default_string: 'x'.repeat(3_000_000) },
        },
        ...Array.from({ length: 20 }, (_, i) => ({ op: 'Identity', inputs: [`t${i}`], outputs: [`t${i + 1}`] })),
      ],
      [tensor('k', 'int64', [20], Array(20).fill(5))],
    ),
    'model_out_of_fuel',
  ],
  'long texts, compared with each other': [
    beside(
      [
        { op: 'Constant', inputs: [], outputs: ['s'], attributes: { value_string: 'x'.repeat(100_000) } },
        { op: 'Expand', inputs: ['s', 'down'], outputs: ['a'] },
        { op: 'Expand', inputs: ['s', 'across'], outputs: ['b'] },
        { op: 'Equal', inputs: ['a', 'b'], outputs: ['g'] },
      ],
      [tensor('down', 'int64', [2], [100, 1]), tensor('across', 'int64', [2], [1, 100])],
      { opset: 19 },
    ),
    'model_out_of_fuel',
  ],
  'an attribute of ten megabytes': [
    one('LeakyRelu', { attributes: { note: 'x'.repeat(10_000_000) } }),
    'model_no_room',
  ],
  'a type that the runtime refuses': [
    graph({
      nodes: [
        { op: 'Relu', inputs: ['X'], outputs: ['a'] },
        { op: 'Not', inputs: ['a'], outputs: ['b'] },
        { op: 'Identity', inputs: ['X'], outputs: ['Y'] },
      ],
    }),
    'bad_graph',
  ],
  'a type of its output that is another': [graph({ outputs: [['Y', 'float64', ['n', 1]]] }), 'bad_graph'],
  'two inputs and one': [
    graph({
      nodes: [{ op: 'Add', inputs: ['X', 'c'], outputs: ['Y'] }],
      constants: [tensor('c', 'float64', [1], [1])],
    }),
    'bad_graph',
  ],
}

test.each(Object.entries(ENDS))('%s ends as it should', (_, [bytes, ending]) => {
  const result = run(bytes)
  expect(result.status === 'graded' ? 'graded' : result.reason).toBe(ending)
  if (result.status === 'graded') return
  // Neither a row nor the shape of a value: a model could choose them by what it sees.
  expect(result.problems).toHaveLength(1)
  expect(result.problems[0]).toMatchObject({ row: null })
  expect(result.problems[0]).not.toHaveProperty('found')
})

test('files that are cut off or changed anywhere end with a verdict, and never in another way', () => {
  const whole = trees({})
  const state = { seed: 7 }
  const random = (below: number) => {
    state.seed = (Math.imul(state.seed, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((state.seed / 2 ** 32) * below)
  }
  const changed = Array.from({ length: 150 }, () => {
    const bytes = whole.slice()
    for (let i = 0; i <= random(3); i++) bytes[1 + random(bytes.length - 1)] = random(256)
    return bytes
  })
  const cut = Array.from({ length: 50 }, (_, i) => whole.subarray(0, 1 + Math.floor((i * whole.length) / 50)))
  const seen = new Set(
    [...changed, ...cut].map((bytes) => {
      const result = run(bytes)
      return result.status === 'graded' ? 'graded' : result.reason
    }),
  )
  expect(seen).toContain('bad_graph')
  for (const one of seen)
    expect([
      'graded',
      'bad_graph',
      'model_trapped',
      'model_out_of_fuel',
      'not_finite',
      'out_of_range',
      'model_bad_table',
    ]).toContain(one)
  expect(run(good)).toMatchObject({ status: 'graded', score: 22.5 })
})

test('a memory that one model has filled gives no other one more room than it may use, and nothing to see', () => {
  const wide = (rows: number) => {
    const bytes = graph({
      nodes: [
        { op: 'Tile', inputs: ['X', 'times'], outputs: ['t'] },
        { op: 'Exp', inputs: ['t'], outputs: ['e'] },
        { op: 'ReduceMean', inputs: ['e', 'c'], outputs: ['Y'] },
      ],
      constants: [tensor('times', 'int64', [2], [1, 100_000]), sizes(1)],
    })
    const data = new Uint8Array(Float32Array.from({ length: rows }, () => 1).buffer)
    return (memoryMib: number) => {
      const ran = onnx.run({
        model: bytes,
        memoryMib,
        inputs: [{ name: 'X', tensor: { elements: 'float32', dims: [rows, 1], data } }],
        outputs: ['Y'],
      })
      return 'stop' in ran ? ran.stop : 'ran'
    }
  }
  // 40 MB and 40 MB.
  const run = wide(100)
  const seen = [4, 120, 4, 40, 120, 4].map(run)
  expect(seen).toEqual(['no_room', 'ran', 'no_room', 'no_room', 'ran', 'no_room'])
})

test('what a runtime has been through does not show in what it computes', () => {
  const input = {
    model: graph(dense(10_000)),
    inputs: [
      {
        name: 'X',
        tensor: {
          elements: 'float32' as const,
          dims: [3, 1],
          data: new Uint8Array(Float32Array.of(0.1, -7, 1e9).buffer),
        },
      },
    ],
    outputs: ['Y'],
  }
  const first = onnx.run({ ...input, memoryMib: 9 })
  // What is out of fuel is counted so before the runtime sees it.
  for (const [bytes, ending] of Object.values(ENDS))
    if (ending !== 'model_out_of_fuel') onnx.run({ ...input, model: bytes, memoryMib: 9 })
  expect(onnx.run({ ...input, memoryMib: 9 })).toEqual(first)
  expect(first).toHaveProperty('tensors')
})

test('nobody makes a verdict of a runtime that was forgotten', () => {
  const { shape } = taskOf({ submission, metric: { id: 'mae', version: 1, params: {} } })
  expect(() =>
    grade({ metric: 'mae', params: {}, truth, submission: good.slice(), shape, salt: new Uint8Array(32) }),
  ).toThrow('loadOnnx')
})
