/** Evaluators of makers and models of solvers give the same, to the bit, and take the same steps in Node and in Chromium. */
import { readFileSync } from 'node:fs'
import { predict, sampleRows, type TaskSource, taskOf } from '@stellartrain/oracle-grade'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { signedLeb } from '../../../oracle/grade/src/program/bytes.ts'
import { F64, f64, I32, modelOf, moduleOf } from '../../../oracle/grade/src/program/module.fixture.ts'
import { createEvaluator, type Ran } from '../../../oracle/grade/src/program/run.ts'
import { tableOf } from '../../../oracle/grade/src/program/table.ts'
import { openBrowser, testChromium } from './browser.ts'

const chromium = testChromium()

const root = new URL('../../../', import.meta.url)
const example = (language: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`examples/evaluators/${language}/evaluator.wasm`, root)))

/** x = x · a + √|x| ÷ (x − x) …: rounding, infinities and every NaN, a hundred thousand times; the score is a part of the bits. */
const floats = moduleOf({
  locals: [I32, F64, F64],
  score: [
    ...[...f64(0.1), 0x21, 5, 0x41, ...signedLeb(100_000), 0x21, 4],
    ...[0x03, 0x40],
    ...[0x20, 5, ...f64(1.0000001), 0xa2, 0x20, 5, 0x99, 0x9f, ...f64(1e-9), 0xa2, 0xa0, 0x21, 5],
    // The bits of 0 ÷ 0 and of ∞ − ∞ are looked at, too.
    ...[...f64(0), ...f64(0), 0xa3, ...f64(Infinity), ...f64(Infinity), 0xa1, 0xa0, 0xbd, 0x42, 51, 0x88, 0xb9],
    ...[0x20, 6, 0xa0, 0x21, 6],
    ...[0x20, 4, 0x41, 1, 0x6b, 0x22, 4, 0x0d, 0],
    0x0b,
    ...[0x20, 5, 0xb6, 0xbb, 0x20, 6, 0xa0],
  ],
})
const deep = moduleOf({ score: [0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0x10, 1], locals: [F64, F64] })
const endless = moduleOf({ score: [0x03, 0x40, 0x0c, 0, 0x0b, 0x00] })
const greedy = moduleOf({ score: [0x03, 0x40, 0x41, 1, 0x40, 0, 0x1a, 0x0c, 0, 0x0b, 0x00] })

const numbers = (values: number[]) => ({ kind: 'number' as const, values: Float64Array.from(values) })
const rows = 1000
const noise = Array.from({ length: 3 * rows }, (_, i) => ((i * 7919) % 10_007) / 9_973)
const table = (...columns: number[][]): Uint8Array => tableOf(columns.map(numbers), rows, 2 ** 20)!
const truth = table(noise.slice(0, rows), noise.slice(rows, 2 * rows))
const guess = table(noise.slice(2 * rows))

const MODULES: Readonly<Record<string, Uint8Array>> = {
  rust: example('rust'),
  assemblyscript: example('assemblyscript'),
  floats,
  deep,
  endless,
  greedy,
}
const limits = { fuel: 50_000_000, memoryMib: 16 }

/** The bits of the score, or the fault, and the fuel. */
const told = (ran: Ran): string => {
  const bits = 'score' in ran ? new BigUint64Array(Float64Array.of(ran.score).buffer)[0]!.toString(16) : ran.fault
  return `${bits} ${ran.fuel}`
}

test('each ends as it should in Node', () => {
  const ended = Object.entries(MODULES).map(([name, module]) => [
    name,
    createEvaluator(module, limits).run(truth, guess),
  ])
  expect(Object.fromEntries(ended)).toMatchObject({
    rust: { score: expect.any(Number) },
    assemblyscript: { score: expect.any(Number) },
    floats: { score: expect.any(Number) },
    deep: { fault: 'evaluator_too_deep' },
    endless: { fault: 'evaluator_out_of_fuel' },
    greedy: { fault: 'evaluator_out_of_fuel' },
  })
})

test.skipIf(!chromium)('each ends in Chromium with the bits and the fuel that it has in Node', async () => {
  const entry = new URL('oracle/grade/src/program/run.ts', root).pathname
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'program' } },
  })
  const [{ output }] = built as { output: { code: string }[] }[] as [{ output: [{ code: string }] }]
  const browser = await openBrowser(chromium!)
  try {
    const page = await browser.newPage()
    await page.evaluate(`${output[0].code}; globalThis.program = program`)
    const seen: Record<string, string> = {}
    const list = (bytes: Uint8Array) => JSON.stringify([...bytes])
    for (const [name, module] of Object.entries(MODULES)) {
      seen[name] = (await page.evaluate(`(() => {
        const ran = program.createEvaluator(Uint8Array.from(${list(module)}), ${JSON.stringify(limits)})
          .run(Uint8Array.from(${list(truth)}), Uint8Array.from(${list(guess)}))
        const bits = 'score' in ran ? new BigUint64Array(Float64Array.of(ran.score).buffer)[0].toString(16) : ran.fault
        return bits + ' ' + ran.fuel
      })()`)) as string
    }
    const here = Object.entries(MODULES).map(([name, module]) => [
      name,
      told(createEvaluator(module, limits).run(truth, guess)),
    ])
    expect(seen).toEqual(Object.fromEntries(here))
  } finally {
    await browser.close()
  }
})

const penguins = new Uint8Array(readFileSync(new URL('examples/plans/penguins-hidden.csv', root)))
const { submission } = JSON.parse(readFileSync(new URL('examples/plans/model.json', root), 'utf8')) as {
  submission: TaskSource['submission']
}
const MODELS: Readonly<Record<string, Uint8Array>> = {
  rust: new Uint8Array(readFileSync(new URL('examples/models/rust/model.wasm', root))),
  assemblyscript: new Uint8Array(readFileSync(new URL('examples/models/assemblyscript/model.wasm', root))),
  endless: modelOf([0x03, 0x40, 0x0c, 0, 0x0b, 0x00]),
  deep: modelOf([0x20, 0, 0x20, 1, 0x10, 1]),
  blind: modelOf([0x20, 0]),
}
/** All that a model gives: its predictions and their fuel, or the reason why there are none. */
const ANSWERS = `(models, csv, submission) => {
  const { shape } = engine.taskOf({ submission, metric: { id: 'accuracy', version: 1, params: {} } })
  const { rows } = engine.sampleRows(csv, shape.idColumn, shape.model)
  const told = (ran) => ('reason' in ran ? ran.reason : new TextDecoder().decode(ran.csv) + ran.fuel)
  return Object.fromEntries(Object.entries(models).map(([name, model]) => [name, told(engine.predict(model, rows, shape))]))
}`

test.skipIf(!chromium)('models predict in Chromium what they predict in Node, and take the same steps', async () => {
  const answers = (engine: object) =>
    new Function('engine', `return ${ANSWERS}`)(engine) as (...given: unknown[]) => Record<string, string>
  const here = answers({ predict, sampleRows, taskOf })(MODELS, penguins, submission)
  expect(here.rust).toMatch(/^id,sex\np001,female\n[\s\S]*\n\d+$/)
  expect(here).toMatchObject({ endless: 'model_out_of_fuel', deep: 'model_too_deep', blind: 'model_bad_table' })
  const entry = new URL('oracle/grade/src/index.ts', root).pathname
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['stellartrain-source'] },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'engine' } },
  })
  const [{ output }] = built as { output: { code: string }[] }[] as [{ output: [{ code: string }] }]
  const browser = await openBrowser(chromium!)
  try {
    const page = await browser.newPage()
    await page.evaluate(`${output[0].code}; globalThis.engine = engine`)
    const models = Object.entries(MODELS).map(
      ([name, bytes]) => `${name}: Uint8Array.from(${JSON.stringify([...bytes])})`,
    )
    const given = `{ ${models.join(', ')} }, Uint8Array.from(${JSON.stringify([...penguins])}), ${JSON.stringify(submission)}`
    expect(await page.evaluate(`(${ANSWERS})(${given})`)).toEqual(here)
  } finally {
    await browser.close()
  }
})
