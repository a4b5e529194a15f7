/** Programs on the pages: a maker brings an evaluator, which is tried in the wizard and on a solver's file; a solver submits a model. */
import { readFileSync } from 'node:fs'
import type { Keypair } from '@stellar/stellar-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { picture, testChromium } from './browser.ts'
import { faultless, openFreighterPage } from './freighter-page.ts'
import type { Parts } from './parts.ts'
import { startSite } from './site.ts'

const chromium = testChromium()

const module = readFileSync(new URL('../../../examples/evaluators/rust/evaluator.wasm', import.meta.url))
/** The mean absolute error of numbers that cannot be negative. */
const PYTHON = `
from statistics import fmean

class ParticipantVisibleError(Exception):
    pass

def score(solution, submission, row_id_column_name):
    [column] = [name for name in submission.columns if name != row_id_column_name]
    if min(submission[column]) < 0:
        raise ParticipantVisibleError('Halves are not negative.')
    return fmean(abs(a - b) for a, b in zip(solution[column], submission[column]))
`
const ids = Array.from({ length: 20 }, (_, at) => `r${at}`)
const csv = (header: string, cell: (at: number) => string): Buffer =>
  Buffer.from(`${header}\n${ids.map((id, at) => `${id},${cell(at)}\n`).join('')}`)

type ModelPlan = Omit<Parameters<Parts['open']>[1], 'datasets' | 'truth'> & {
  datasets: { name: string; role: 'train' | 'other'; file: string }[]
  truth: string
  deadline: string
}

describe.skipIf(!chromium)('the pages of programs', () => {
  let site: Awaited<ReturnType<typeof startSite>>
  let parts: Parts

  beforeAll(async () => {
    site = await startSite(chromium!)
    parts = site.parts
  })
  afterAll(() => site?.close())

  const open = (who: Keypair, path: string, width = 1280) => openFreighterPage(site, who, path, { width })

  test('an evaluator is brought, tried, signed for, read, run on a file, and pays', async () => {
    const maker = await open(await parts.fixture.person(), '/create')
    const { page } = maker
    const next = () => page.getByRole('button', { name: 'Next', exact: true }).click()
    const file = (label: string, name: string, buffer: Buffer) =>
      page.getByLabel(label).setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await next()
    await page.getByLabel('Title').fill('Weighted errors')
    await page.getByLabel('Summary').fill('Twenty numbers, of which some count more.')
    await page.getByLabel('Description').fill('Predict **y**.')
    await page.getByRole('radio', { name: /My own files/ }).check()
    await file(
      'Test file, published',
      'test.csv',
      csv('id,x', (at) => `${at}`),
    )
    await file(
      'Truth, sealed',
      'truth.csv',
      csv('id,y,difficulty', (at) => `${at / 2},${1 + (at % 3)}`),
    )
    await page.getByText(/rows to predict/).waitFor()
    await next()
    await page.getByLabel('Metric', { exact: true }).selectOption('evaluator')
    await file('The evaluator, a WebAssembly module or a Python file', 'notes.wasm', Buffer.from('no module'))
    await page.getByText('is not a valid WebAssembly module').first().waitFor()
    await file('notes.wasm', 'score.wasm', module)
    await page.getByText('It also gets 1 column of your truth').waitFor()
    await page.getByRole('radio', { name: /Less is better/ }).check()
    await page.getByText('The example that solvers get').waitFor()
    await page.getByLabel(/Threshold/).fill('1')
    await picture(page, 'create-evaluator')
    await faultless(page, 'the metric step')
    await page.setViewportSize({ width: 360, height: 740 })
    await faultless(page, 'the metric step on a phone')
    await page.setViewportSize({ width: 1280, height: 860 })
    await next()
    await page.getByLabel('Reward for each winner').fill('12.5')
    await next()
    await page.getByRole('checkbox').first().check()
    await next()
    await page.getByText('evaluator.wasm').first().waitFor()
    await page.getByRole('button', { name: /Sign and lock/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Weighted errors' }).waitFor()
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    expect(maker.errors).toEqual([])
    await maker.close()
    await waitForAcceptance(parts.sdk, id)

    const solver = await open(await parts.fixture.person(), `/challenges/${id}?tab=rules`, 360)
    const seen = solver.page
    await seen.getByText('The maker wrote the program that scores.').first().waitFor()
    await seen.getByText('difficulty:number').waitFor()
    await faultless(seen, 'the rules')
    await picture(seen, 'evaluator-rules')
    await seen.goto(`${site.pages.url}/challenges/${id}/submit`)
    const guess = csv('id,y', (at) => `${at / 2 + 0.25}`)
    await seen.locator('input[type=file]').setInputFiles({ name: 'y.csv', mimeType: 'text/csv', buffer: guess })
    await seen.getByText('would take this file').waitFor()
    await seen.getByRole('button', { name: 'Seal, sign and hand over' }).click()
    await seen.getByText('Paid 12.5 XLM').first().waitFor()
    expect(solver.errors).toEqual([])
    await solver.close()
  })

  test('an evaluator runs on a solver’s file in the browser, in the place of the truth, where it reads no other columns', async () => {
    const evaluator = readFileSync(new URL('../../../examples/evaluators/zig/evaluator.wasm', import.meta.url))
    const words = (at: number) => ['Ant', 'bee'][at % 2]!
    const id = await parts.open(await parts.fixture.person(), {
      ...{ title: 'Words', summary: 'Ants and bees.', description: 'Say which.', license: 'CC0-1.0', tags: [] },
      datasets: [
        { name: 'evaluator.wasm', role: 'other', bytes: new Uint8Array(evaluator) },
        { name: 'test.csv', role: 'test', bytes: new Uint8Array(csv('id,x', (at) => `${at}`)) },
      ],
      truth: new Uint8Array(csv('id,y', words)),
      submission: {
        format: 'csv',
        idColumn: 'id',
        columns: [{ name: 'y', type: 'string' }],
        rows: 20,
        maxBytes: 10_000,
      },
      metric: { id: 'evaluator', params: { module: 'evaluator.wasm', direction: 'maximize' } },
      baseline: { description: 'One word', score: 0.5 },
      publishes: { truth: true, submissions: 'all' },
      ...{ asset: 'XLM', payout: { rule: 'bounty', reward: '5', winners: 1 }, threshold: '0.9', step: '0.001' },
      ...{ oracleFee: '0', feeBudget: '0', attempts: 5, attemptsPerDay: 5 },
    })
    const { page, errors, close } = await open(await parts.fixture.person(), `/challenges/${id}/submit`)
    const buffer = csv('id,y', (at) => words(at + 1))
    await page.locator('input[type=file]').setInputFiles({ name: 'y.csv', mimeType: 'text/csv', buffer })
    await page.getByText('Were your file the truth, it would score 1').waitFor()
    await picture(page, 'evaluator-preview')
    await faultless(page, 'the check')
    expect(errors).toEqual([])
    await close()
  })

  test('a metric in Python is brought, tried, read, run on a file, pays, and is run again by whoever verifies', async () => {
    const maker = await open(await parts.fixture.person(), '/create')
    const { page } = maker
    const next = () => page.getByRole('button', { name: 'Next', exact: true }).click()
    const file = (label: string, name: string, text: string | Buffer) =>
      page.getByLabel(label).setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await next()
    await page.getByLabel('Title').fill('Twenty halves')
    await page.getByLabel('Summary').fill('Twenty numbers.')
    await page.getByLabel('Description').fill('Predict **y**.')
    await page.getByRole('radio', { name: /My own files/ }).check()
    await file(
      'Test file, published',
      'test.csv',
      csv('id,x', (at) => `${at}`),
    )
    await file(
      'Truth, sealed',
      'truth.csv',
      csv('id,y', (at) => `${at / 2}`),
    )
    await page.getByText(/rows to predict/).waitFor()
    await next()
    await page.getByLabel('Metric', { exact: true }).selectOption('evaluator')
    await file('The evaluator, a WebAssembly module or a Python file', 'metric.py', 'import pandas as pd\n')
    await page.getByText('ModuleNotFoundError at line 1 of evaluator.py').first().waitFor()
    await file('metric.py', 'metric.py', PYTHON)
    await page.getByRole('radio', { name: /Less is better/ }).check()
    await page.getByText('The example that solvers get').waitFor()
    await page.getByLabel(/Threshold/).fill('1')
    await next()
    await page.getByLabel('Reward for each winner').fill('12.5')
    await page.getByLabel('Winners').fill('1')
    await next()
    await page.getByRole('checkbox').first().check()
    await next()
    await page.getByText('evaluator.py').first().waitFor()
    await page.getByRole('button', { name: /Sign and lock/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Twenty halves' }).waitFor()
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    expect(maker.errors).toEqual([])
    await maker.close()
    await waitForAcceptance(parts.sdk, id)

    const solver = await open(await parts.fixture.person(), `/challenges/${id}?tab=rules`, 360)
    const seen = solver.page
    await seen.getByText('a Python program of the maker’s').waitFor()
    await seen.goto(`${site.pages.url}/challenges/${id}/submit`)
    const choose = (cell: (at: number) => string) =>
      seen.locator('input[type=file]').setInputFiles({ name: 'y.csv', mimeType: 'text/csv', buffer: csv('id,y', cell) })
    await choose(() => '-1')
    await seen.getByText('refuses this submission. Halves are not negative.').waitFor()
    await choose((at) => `${at / 2 + 0.25}`)
    await seen.getByText('Were your file the truth, it would score 0').waitFor()
    await faultless(seen, 'the check')
    await seen.getByRole('button', { name: 'Seal, sign and hand over' }).click()
    await seen.getByText('Paid 12.5 XLM').first().waitFor()
    await seen.goto(`${site.pages.url}/verify/${id}/1`)
    await seen.getByText('Verified', { exact: true }).waitFor()
    expect(solver.errors).toEqual([])
    await solver.close()
  })

  test('a challenge that takes models is made in the wizard, tried with a model, signed for, and pays one in ONNX', async () => {
    const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url))
    const maker = await open(await parts.fixture.person(), '/create')
    const { page } = maker
    const next = () => page.getByRole('button', { name: 'Next', exact: true }).click()
    await next()
    await page.getByLabel('Title').fill('Penguins by models')
    await page.getByLabel('Summary').fill('Tell the sex of penguins that nobody sees.')
    await page.getByLabel('Description').fill('Submit a **model**.')
    await page.getByRole('radio', { name: /^A model/ }).check()
    await page.getByRole('radio', { name: /My own files/ }).check()
    const table = (label: string, path: string) =>
      page.getByLabel(label).setInputFiles({ name: path.split('/').at(-1)!, mimeType: 'text/csv', buffer: file(path) })
    expect(await page.getByLabel('Test file, published').count()).toBe(0)
    await table('Truth, sealed', 'examples/plans/penguins-split.csv')
    await page.getByText('A model needs something to predict from').first().waitFor()
    await table('penguins-split.csv', 'examples/plans/penguins-hidden.csv')
    await page.getByText('No model can be tried before it is submitted').waitFor()
    await table('Train file, published (optional)', 'local/data/penguins/train.csv')
    await page.getByText('body_mass_g').last().waitFor()
    await page.getByLabel('Memory').fill('257')
    await next()
    await page.getByText('Between 1 and 256.').waitFor()
    await page.getByLabel('Memory').fill('16')
    await page.getByRole('radio', { name: /ONNX alone/ }).check()
    await picture(page, 'create-models')
    await faultless(page, 'the data step')
    await page.setViewportSize({ width: 360, height: 740 })
    await picture(page, 'create-models-360')
    await faultless(page, 'the data step on a phone')
    await page.setViewportSize({ width: 1280, height: 860 })
    await next()
    await page.getByLabel('Metric', { exact: true }).selectOption('accuracy')
    await page.getByRole('radio', { name: /A model of my own/ }).check()
    const baseline = (label: string, name: string, buffer: Buffer) =>
      page.getByLabel(label).setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await baseline('The baseline, a model', 'other.wasm', file('examples/models/rust/model.wasm'))
    await page.getByText('What is taken is an ONNX model').first().waitFor()
    await baseline('other.wasm', 'mine.onnx', file('examples/models/onnx/baseline.onnx'))
    // 56 of 101 are right.
    await page
      .getByText(/^0\.554/)
      .first()
      .waitFor()
    await page.getByLabel(/Threshold/).fill('0.9')
    await page.getByText('Models are programs').waitFor()
    await picture(page, 'create-models-metric')
    await faultless(page, 'the metric step')
    await next()
    await page.getByLabel('Reward for each winner').fill('12.5')
    await next()
    await page.getByRole('checkbox').first().check()
    await next()
    await page.getByText('of 101 rows which stay sealed').waitFor()
    await page.getByText('train.csv, baseline.onnx').waitFor()
    await page.getByRole('button', { name: /Sign and lock/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Penguins by models' }).waitFor()
    const id = Number(new URL(page.url()).pathname.split('/').at(-1))
    expect(maker.errors).toEqual([])
    await maker.close()
    await waitForAcceptance(parts.sdk, id)

    const solver = await open(await parts.fixture.person(), `/challenges/${id}?tab=rules`, 360)
    const seen = solver.page
    await seen.getByText('A model, an ONNX graph, that gets').waitFor()
    await seen.getByText('model.onnx', { exact: false }).first().waitFor()
    await seen.goto(`${site.pages.url}/challenges/${id}/submit`)
    const choose = (name: string) =>
      seen.locator('input[type=file]').setInputFiles({
        ...{ name, mimeType: 'application/octet-stream' },
        buffer: file(`examples/models/${name === 'model.wasm' ? 'rust' : 'onnx'}/${name}`),
      })
    await choose('model.wasm')
    await seen.getByText('would reject this file').waitFor()
    await choose('network.onnx')
    await seen.getByText('The model ran here on 232 published rows').waitFor()
    await faultless(seen, 'the check of an ONNX model')
    await seen.getByRole('button', { name: 'Seal, sign and hand over' }).click()
    await seen.getByText('Paid 12.5 XLM').first().waitFor()
    expect(solver.errors).toEqual([])
    await solver.close()
  })

  test('a model is submitted: it runs in the browser on published rows, and pays for those that stay sealed', async () => {
    const folder = new URL('../../../examples/', import.meta.url)
    const json = JSON.parse(readFileSync(new URL('plans/model.json', folder), 'utf8')) as ModelPlan
    const bytes = (path: string) => new Uint8Array(readFileSync(new URL(path, new URL('plans/', folder))))
    const { datasets, truth, deadline: _, ...plan } = json
    const id = await parts.open(await parts.fixture.person(), {
      ...plan,
      datasets: datasets.map(({ file, ...dataset }) => ({ ...dataset, bytes: bytes(file) })),
      truth: bytes(truth),
    })
    const { page, errors, close } = await open(await parts.fixture.person(), `/challenges/${id}?tab=rules`, 360)
    await page.getByText('A model, a WebAssembly module, that gets').waitFor()
    await faultless(page, 'the rules')
    await page.getByText('model.wasm', { exact: false }).first().waitFor()
    await page.getByRole('link', { name: 'Submit a model' }).click()
    await page.getByRole('heading', { level: 1, name: 'Submit a model' }).waitFor()
    await page.getByText('of 101 rows that stay sealed').waitFor()
    const choose = (name: string, buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/wasm', buffer })
    await choose('evaluator.wasm', module)
    await page.getByText('would reject this file').waitFor()
    await choose('model.wasm', readFileSync(new URL('models/rust/model.wasm', folder)))
    await page.getByText('The model ran here on 232 published rows').waitFor()
    await picture(page, 'model-check')
    await faultless(page, 'the check of a model')
    await page.getByRole('button', { name: 'Seal, sign and hand over' }).click()
    await page.getByText(`Paid ${plan.reward} XLM`).first().waitFor()
    expect(errors).toEqual([])
    await close()
  })
})
