/** Models get rows, and give predictions, by the names of their inputs and outputs or by their order; and predict what they do in Python. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { csvRows } from '../csv/rows.ts'
import { taskOf } from '../manifesttask.ts'
import { PROGRAM_LIMITS } from '../program/limits.ts'
import { sampleRows } from '../program/sample.ts'
import type { ColumnShape } from '../shape.ts'
import type { Elements } from './elements.ts'
import { type Dims, int, model, type NodeText, tensor } from './graph.fixture.ts'
import { loadOnnx } from './load.ts'
import { checkGraph, predictGraph } from './predict.ts'

const onnx = await loadOnnx()
const bytes = (text: string) => new TextEncoder().encode(text)
const example = (path: string) => new Uint8Array(readFileSync(new URL(`../../../../examples/${path}`, import.meta.url)))

/** Of rows in the order of their ids. */
const csv = bytes('id,x,n,word\na,0.1,1,né\nb,2,2,\nc,-3.5,300,"a, b"\n')
const inputs: ColumnShape[] = [
  { name: 'x', type: 'number' },
  { name: 'n', type: 'integer' },
  { name: 'word', type: 'text' },
]
type Ports = [string, Elements, Dims?][]
interface Given {
  gets?: string[]
  columns: ColumnShape[]
  nodes: NodeText[]
  from: Ports
  to: Ports
  constants?: Uint8Array[]
  fuel?: number
}
function run({ gets = ['x', 'n', 'word'], columns, nodes, from, to, constants = [], fuel = 10_000_000 }: Given) {
  const limits = { inputs: inputs.filter(({ name }) => gets.includes(name)), fuel, memoryMib: 16 }
  const { rows } = sampleRows(csv, 'id', limits)!
  const built = model({ nodes, inputs: from, outputs: to, constants })
  const ran = predictGraph(built, rows, { idColumn: 'id', columns, model: limits }, onnx)
  return 'csv' in ran ? new TextDecoder().decode(ran.csv) : `${ran.reason}: ${ran.detail}`
}
const y = [{ name: 'y', type: 'number' as const }]
const same = (from: string, to: string): NodeText => ({ op: 'Identity', inputs: [from], outputs: [to] })

test('one input gets all columns beside each other, in their order', () => {
  const sum = { op: 'ReduceSum', inputs: ['all', 'axis'], outputs: ['out'] }
  const given = {
    gets: ['x', 'n'],
    columns: y,
    nodes: [sum],
    from: [['all', 'float64', ['rows', 2]]] as Ports,
    to: [['out', 'float64']] as Ports,
  }
  expect(run({ ...given, constants: [tensor('axis', 'int64', [1], [1])] })).toBe('id,y\na,1.1\nb,4\nc,296.5\n')
})

test('inputs with the names of columns get these, each as its type; what is not asked for is left', () => {
  const nodes = [
    { op: 'Cast', inputs: ['n'], outputs: ['number'], attributes: { to: 1 } },
    { op: 'Mul', inputs: ['x', 'number'], outputs: ['y'] },
  ]
  const given = {
    columns: y,
    nodes,
    from: [
      ['n', 'int64', ['N', 1]],
      ['x', 'float32', ['N', 1]],
    ] as Ports,
    to: [['y', 'float32']] as Ports,
  }
  expect(run(given)).toBe(`id,y\na,${Math.fround(0.1)}\nb,4\nc,-1050\n`)
})

test('texts come and go as they are; numbers of classes are labels', () => {
  const columns: ColumnShape[] = [
    { name: 'class', type: 'label' },
    { name: 'echo', type: 'text' },
  ]
  const to: Ports = [
    ['echo', 'string'],
    ['class', 'int64'],
  ]
  const given = {
    columns,
    nodes: [same('word', 'echo'), same('n', 'class')],
    from: [
      ['word', 'string', ['N', 1]],
      ['n', 'int64', ['N', 1]],
    ] as Ports,
    to,
  }
  expect(run(given)).toBe('id,class,echo\na,1,né\nb,2,\nc,300,"a, b"\n')
})

test('several columns come from one output, the first that has as many of their kind', () => {
  const columns = ['p', 'q'].map((name) => ({ name, type: 'number' as const }))
  const nodes = [
    { op: 'ArgMax', inputs: ['all'], outputs: ['label'], attributes: { axis: 1, keepdims: 0 } },
    { op: 'Concat', inputs: ['all', 'all'], outputs: ['wide'], attributes: { axis: 1 } },
    same('all', 'probabilities'),
  ]
  const to: Ports = [
    ['label', 'int64'],
    ['wide', 'float64'],
    ['probabilities', 'float64'],
  ]
  expect(run({ gets: ['x', 'n'], columns, nodes, from: [['all', 'float64']], to })).toBe(
    'id,p,q\na,0.1,1\nb,2,2\nc,-3.5,300\n',
  )
})

test('whole numbers are no probabilities: a classifier whose label would be taken for one is refused', () => {
  const to: Ports = [['label', 'int64']]
  const given = {
    gets: ['x', 'n'],
    columns: y,
    nodes: [{ op: 'ArgMax', inputs: ['all'], outputs: ['label'], attributes: { axis: 1, keepdims: 0 } }],
    from: [['all', 'float32']] as Ports,
    to,
  }
  expect(run(given)).toBe(
    'bad_graph: The model does not have the inputs and outputs that this challenge asks for: no output is named "y", or has 1 column of such values; it has "label" of int64 [3].',
  )
})

test('a number that is none has one text, whatever its sign', () => {
  const nodes = [
    { op: 'Sub', inputs: ['x', 'x'], outputs: ['zero'] },
    { op: 'Div', inputs: ['zero', 'zero'], outputs: ['nan'] },
    { op: 'Neg', inputs: ['nan'], outputs: ['other'] },
    { op: 'Cast', inputs: ['nan'], outputs: ['p'], attributes: { to: 8 } },
    { op: 'Cast', inputs: ['other'], outputs: ['q'], attributes: { to: 8 } },
  ]
  const columns = ['p', 'q'].map((name) => ({ name, type: 'label' as const }))
  const to: Ports = [
    ['p', 'string'],
    ['q', 'string'],
  ]
  expect(run({ columns, nodes, from: [['x', 'float32', ['N', 1]]], to })).toBe(
    'id,p,q\na,NaN,NaN\nb,NaN,NaN\nc,NaN,NaN\n',
  )
})

test('a number that is too large for the integers of an input is a fault', () => {
  const given = {
    gets: ['n'],
    columns: y,
    nodes: [{ op: 'Cast', inputs: ['n'], outputs: ['y'], attributes: { to: 1 } }],
    from: [['n', 'int32', ['N', 1]]] as Ports,
    to: [['y', 'float32']] as Ports,
  }
  expect(run(given)).toBe('id,y\na,1\nb,2\nc,300\n')
  const large = sampleRows(bytes('id,n\na,3000000000\n'), 'id', { inputs: [inputs[1]!], fuel: 1, memoryMib: 1 })!.rows
  const built = model({ nodes: given.nodes, inputs: given.from, outputs: given.to })
  const shape = { idColumn: 'id', columns: y, model: { inputs: [inputs[1]!], fuel: 10_000_000, memoryMib: 16 } }
  expect(predictGraph(built, large, shape, onnx)).toMatchObject({ reason: 'model_trapped' })
})

test('steps grow with the rows and with what each of them takes, and one too many is refused before it runs', () => {
  const dense = model({
    nodes: [
      { op: 'MatMul', inputs: ['x', 'w'], outputs: ['h'] },
      { op: 'ReduceSum', inputs: ['h', 'axis'], outputs: ['y'] },
    ],
    inputs: [['x', 'float32', ['N', 1]]],
    outputs: [['y', 'float32']],
    constants: [tensor('w', 'float32', [1, 1000], Array(1000).fill(1)), tensor('axis', 'int64', [1], [1])],
  })
  const at = (rows: number, fuel = 1e9) =>
    checkGraph(dense, { idColumn: 'id', columns: y, model: { inputs: [inputs[0]!], fuel, memoryMib: 1 } }, rows)
  const steps = (rows: number) => (at(rows) as { steps: number }).steps
  // Of each row: 2 for each product, 2 for each sum, the input and the output.
  expect(steps(200) - steps(100)).toBe(100 * (2000 + 2000 + 1 + 1))
  expect(at(100, steps(100))).toMatchObject({ steps: steps(100) })
  expect(at(100, steps(100) - 1)).toEqual({
    reason: 'model_out_of_fuel',
    detail: `It takes ${steps(100)} steps for 100 rows; ${steps(100) - 1} are allowed.`,
  })
})

test('of the length of texts nothing is said', () => {
  const given = {
    columns: [{ name: 'y', type: 'text' as const }],
    nodes: [same('word', 'y')],
    from: [['word', 'string', ['N', 1]]] as Ports,
    to: [['y', 'string']] as Ports,
  }
  expect(run({ ...given, fuel: 100 })).toBe('model_out_of_fuel: ')
})

test('a model of more bytes than any is refused', () => {
  const shape = { idColumn: 'id', columns: y, model: { inputs: [inputs[0]!], fuel: 1e9, memoryMib: 1 } }
  const large = new Uint8Array(PROGRAM_LIMITS.modelBytes + 1)
  large.set(int(1, 8))
  expect(checkGraph(large, shape, 1)).toMatchObject({
    reason: 'bad_graph',
    detail: expect.stringContaining('beyond a limit'),
  })
})

const golden = csvRows(example('models/onnx/predictions.csv'))!
const plan = JSON.parse(new TextDecoder().decode(example('plans/onnx.json'))) as {
  submission: Parameters<typeof taskOf>[0]['submission']
}

test.each(['model', 'network', 'forest', 'baseline'])('%s predicts what it predicts in Python', (name) => {
  const { submission } = plan
  const { shape } = taskOf({ submission, metric: { id: 'accuracy', params: {}, version: 1 } })
  const { rows } = sampleRows(example('plans/penguins-hidden.csv'), 'id', shape.model!)!
  const predict = (columns: ColumnShape[]) => {
    const ran = predictGraph(
      example(`models/onnx/${name}.onnx`),
      rows,
      { ...shape, columns, model: shape.model! },
      onnx,
    )
    if (!('csv' in ran)) throw new Error(`${ran.reason}: ${ran.detail}`)
    return csvRows(ran.csv)!.slice(1)
  }
  const [header, ...lines] = golden
  const at = header!.indexOf(name)
  expect(predict([...shape.columns])).toEqual(lines.map((line) => [line[0], line[at]]))
  const likely = predict(['female', 'male'].map((column) => ({ name: column, type: 'number' })))
  // The machine code of Python's runtime sums in another order.
  for (const [i, line] of lines.entries())
    expect(Math.abs(Number(likely[i]![2]) - Number(line[at + 1]))).toBeLessThan(2e-6)
})
