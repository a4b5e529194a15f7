/** The oracle falls silent after its acceptance: the truth and the work are opened to the judge that grades, which pays the solver. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { RecountMetric } from '@stellartrain/contracts-client/recount'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recountRules } from './recount.ts'
import type { TestOracle } from './testing/oracle.ts'
import { inHours, planOf, predictions, startWorld, truthCsv, type World } from './testing/world.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  maker = await world.fixture.person()
})
afterAll(() => world.close())

const HOUR = 3_600

test('deploy, configure, open the truth, appeal: the ledger scores what no oracle did', async () => {
  const deployed = await world.run(maker, 'recount', 'deploy', '--json')
  const { contract } = JSON.parse(deployed.out) as { contract: string }
  expect((await world.run(maker, 'recount', 'deploy')).out).toContain(`The judge ${contract} is there already`)

  const { datasets, truth: _, ...plan } = planOf([oracle], { deadline: inHours(world.fixture, 2) })
  for (const dataset of datasets) await writeFile(join(world.folder, dataset.name), dataset.bytes)
  await writeFile(join(world.folder, 'truth.csv'), truthCsv)
  const files = datasets.map(({ name, role }) => ({ name, role, file: name }))
  const judged = { judge: { address: contract }, patienceSeconds: 60, step: '0.05' }
  await writeFile(
    join(world.folder, 'plan.json'),
    JSON.stringify({ ...plan, datasets: files, truth: 'truth.csv', ...judged }),
  )
  expect(await world.run(maker, 'create', 'plan.json', '--yes', '--keep', 'key.json')).toMatchObject({ code: 0 })
  await oracle.accept(1)
  expect(await world.run(maker, 'recount', 'configure', '1')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Challenge 1 can be recounted'),
  })
  expect((await world.run(maker, 'recount', 'configure', '1')).out).toContain('fixed already')

  const solver = await world.fixture.person()
  await writeFile(join(world.folder, 'mine.csv'), predictions(2))
  expect((await world.run(solver, 'submit', '1', 'mine.csv')).code).toBe(0)
  expect((await world.run(solver, 'appeal', '1/1')).out).toContain('at no other time')

  await world.fixture.net.warp(30 * HOUR)
  expect((await world.run(solver, 'appeal', '1/1')).out).toContain('Open the truth first')
  expect(await world.run(maker, 'recount', 'truth', '1', '--truth', 'truth.csv', '--kept', 'key.json')).toMatchObject({
    code: 0,
    out: expect.stringContaining('The truth of challenge 1 is open'),
  })
  expect(await world.run(solver, 'appeal', '1/1')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Recounted on the ledger: submission 1/1 scores 0.96'),
  })
  // A second time nothing is left to open.
  expect(await world.run(solver, 'appeal', '1/1')).toMatchObject({ code: 0 })
})

test('what cannot be recounted says why', () => {
  const submission = { format: 'csv' as const, idColumn: 'id', rows: 10, maxBytes: 1000 }
  const labels = { name: 'label', type: 'string' as const, labels: ['b', 'a'] }
  const of = (column: object, id: string, params = {}, rows = 10) =>
    recountRules({
      submission: { ...submission, rows, columns: [column as typeof labels] },
      metric: { id, params, version: 1 },
    })
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const ruled = of(labels, 'f1_binary', { posLabel: 'b' })
  expect(ruled).toMatchObject({ rules: { metric: RecountMetric.F1Binary, positive: 1 } })
  expect('rules' in ruled && ruled.rules.classes.map(text)).toEqual(['a', 'b'])
  const whole = { name: 'n', type: 'integer', min: -1, max: 2 }
  expect(of(whole, 'accuracy')).toMatchObject({ rules: { numbers: true, whole: true } })
  const why = (found: ReturnType<typeof of>) => ('why' in found ? found.why : '')
  expect(why(of(labels, 'log_loss'))).toContain('does not compute log_loss')
  expect(why(of(labels, 'precision', { average: 'samples' }))).toContain('precision by samples')
  expect(why(of(labels, 'f1_macro', { labels: ['a'] }))).toContain('without labels')
  expect(why(of({ ...labels, labels: undefined }, 'accuracy'))).toContain('labels listed')
  expect(why(of({ name: 'n', type: 'integer' }, 'accuracy'))).toContain('between a min and a max')
  expect(why(of(labels, 'f1_binary'))).toContain('posLabel')
  expect(why(of({ name: 'n', type: 'number' }, 'roc_auc', { posLabel: 'b' }))).toContain('truth alone')
  expect(why(of({ name: 'n', type: 'number' }, 'rmse', {}, 10_000_000))).toContain('too many')
})
