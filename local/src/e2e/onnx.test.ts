/** ONNX models of solvers give the same, to the bit, and take the same steps in Node and in Chromium, where the runtime is fetched as a page fetches it. */
import { readFileSync } from 'node:fs'
import type { TaskSource } from '@stellartrain/oracle-grade'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { model, type NodeText, tensor } from '../../../oracle/grade/src/onnx/graph.fixture.ts'
import { openBrowser, testChromium } from './browser.ts'
import { answers } from './onnx-answers.ts'

const chromium = testChromium()
const root = new URL('../../../', import.meta.url)
const example = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`examples/${path}`, root)))
const { submission } = JSON.parse(readFileSync(new URL('examples/plans/onnx.json', root), 'utf8')) as {
  submission: TaskSource['submission']
}

const noise = (count: number, of: number): number[] =>
  Array.from({ length: count }, (_, i) => (((i + of) * 7919) % 10_007) / 5_003 - 1)
const chain = (ops: readonly string[], first: string): NodeText[] =>
  ops.map((op, i) => ({ op, inputs: [i === 0 ? first : `${first}${i}`], outputs: [`${first}${i + 1}`] }))

/** Sums of many products, and what approximates: rounding, vectors of four numbers, exponentials and angles, one after the other. */
const OPS = ['Tanh', 'Exp', 'Sin', 'Erf', 'Softplus', 'Log', 'Sigmoid', 'Atan', 'Cos', 'Asinh', 'Softmax', 'Sqrt']
const numbers = model({
  nodes: [
    { op: 'Div', inputs: ['body_mass_g', 'thousand'], outputs: ['scaled'] },
    { op: 'MatMul', inputs: ['scaled', 'a'], outputs: ['h'] },
    { op: 'Add', inputs: ['h', 'bias'], outputs: ['g'] },
    ...chain(OPS, 'g'),
    { op: 'MatMul', inputs: [`g${OPS.length}`, 'b'], outputs: ['r'] },
    { op: 'Pow', inputs: ['r', 'third'], outputs: ['y'] },
  ],
  inputs: [['body_mass_g', 'float32', ['rows', 1]]],
  outputs: [['y', 'float32']],
  constants: [
    tensor('thousand', 'float32', [], [1000]),
    tensor('a', 'float32', [1, 257], noise(257, 1)),
    tensor('bias', 'float32', [257], noise(257, 2)),
    tensor('b', 'float32', [257, 1], noise(257, 3).map(Math.abs)),
    tensor('third', 'float32', [], [1.7]),
  ],
})
/** 0 ÷ 0 and ∞ − ∞ in vectors and alone, of either sign; then their least and their text. */
const nothing = model({
  nodes: [
    { op: 'Sub', inputs: ['body_mass_g', 'body_mass_g'], outputs: ['zero'] },
    { op: 'Div', inputs: ['zero', 'zero'], outputs: ['nan'] },
    { op: 'Neg', inputs: ['nan'], outputs: ['y'] },
  ],
  inputs: [['body_mass_g', 'float32', ['rows', 1]]],
  outputs: [['y', 'float32']],
})
const hungry = model({
  nodes: [
    { op: 'MatMul', inputs: ['body_mass_g', 'a'], outputs: ['h'] },
    { op: 'Tile', inputs: ['h', 'times'], outputs: ['t'] },
    { op: 'ReduceMean', inputs: ['t', 'axis'], outputs: ['y'] },
  ],
  inputs: [['body_mass_g', 'float32', ['rows', 1]]],
  outputs: [['y', 'float32']],
  constants: [
    tensor('a', 'float32', [1, 1000], noise(1000, 1)),
    tensor('times', 'int64', [2], [1, 90]),
    tensor('axis', 'int64', [1], [1]),
  ],
})

const MODELS: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(
    ['model', 'network', 'forest', 'baseline'].map((name) => [name, example(`models/onnx/${name}.onnx`)]),
  ),
  numbers,
  'numbers that are none': nothing,
  'numbers without room': hungry,
  broken: example('models/onnx/model.onnx').subarray(0, 500),
}
const asked = { models: MODELS, csv: example('plans/penguins-hidden.csv'), submission }

test('each ends as it should in Node', async () => {
  const here = await answers(asked)
  expect(here.model).toMatch(/^id,sex\np001,female\n[\s\S]*\n\d+$/)
  expect(here.numbers).toMatch(/^id,y\np001,\d+\.\d+\n/)
  expect(here).toMatchObject({
    'numbers that are none': expect.stringContaining(',NaN\n'),
    'numbers without room': 'model_no_room',
    broken: 'bad_graph',
  })
})

test.skipIf(!chromium)('each gives in Chromium what it gives in Node', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    base: './',
    resolve: { conditions: ['stellartrain-source'] },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      rolldownOptions: {
        input: new URL('local/src/e2e/onnx-answers.ts', root).pathname,
        preserveEntrySignatures: 'allow-extension',
        output: { entryFileNames: 'answers.js' },
      },
    },
  })
  const files = new Map(
    (built as { output: { fileName: string; code?: string; source?: Uint8Array | string }[] }).output.map((one) => [
      one.fileName,
      one.code ?? one.source!,
    ]),
  )
  const browser = await openBrowser(chromium!)
  try {
    const page = await browser.newPage()
    await page.route('http://pages.test/**', (route) => {
      const name = new URL(route.request().url()).pathname.slice(1)
      const body = name === '' ? '<!doctype html>' : files.get(name)
      if (body === undefined) return route.fulfill({ status: 404 })
      const contentType =
        name === '' ? 'text/html' : name.endsWith('.js') ? 'text/javascript' : 'application/octet-stream'
      return route.fulfill({ body: typeof body === 'string' ? body : Buffer.from(body), contentType })
    })
    await page.goto('http://pages.test/')
    const list = (bytes: Uint8Array) => `Uint8Array.from(${JSON.stringify([...bytes])})`
    const models = Object.entries(MODELS).map(([name, bytes]) => `${JSON.stringify(name)}: ${list(bytes)}`)
    const seen = await page.evaluate(`new Promise((resolve, reject) => {
      const worker = new Worker('/answers.js', { type: 'module' })
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage({ models: { ${models.join(', ')} }, csv: ${list(asked.csv)}, submission: ${JSON.stringify(submission)} })
    })`)
    const here = await answers(asked)
    expect(seen).toEqual(here)
    // Verification runs in the page's own thread.
    const own = `import('/answers.js').then(({ answers }) => answers({ models: { ${models.join(', ')} }, csv: ${list(asked.csv)}, submission: ${JSON.stringify(submission)} }))`
    expect(await page.evaluate(own)).toEqual(here)
  } finally {
    await browser.close()
  }
})
