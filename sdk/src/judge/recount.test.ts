/** The oracle falls silent after its acceptance: the truth and the work are opened to the judge that grades, which pays the solver. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { deployRecount, RecountMetric } from '@stellartrain/contracts-client/recount'
import { readRecountWasm } from '@stellartrain/contracts-client/wasm'
import { networkId } from '@stellartrain/ipfs-content/network'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestOracle } from '../testing/oracle.ts'
import { inHours, planOf, predictions, startWorld, truthCsv, type World } from '../testing/world.ts'
import { type Evidence, gather } from '../verify/evidence.ts'
import { checkJudge, recompute } from '../verify/recount-check.ts'
import { gatherRecount, type RecountEvidence, type ShownForm, type ShownWork } from '../verify/recounted.ts'
import { verify } from '../verify/verify.ts'
import { recountRules } from './recount.ts'

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

/** Writes a plan and its files; the judge is named by the word. */
async function writePlan(name: string, changes: object = {}): Promise<void> {
  const { datasets, truth: _, ...plan } = planOf([oracle], { deadline: inHours(world.fixture, 2) })
  for (const dataset of datasets) await writeFile(join(world.folder, dataset.name), dataset.bytes)
  await writeFile(join(world.folder, 'truth.csv'), truthCsv)
  const files = datasets.map(({ name, role }) => ({ name, role, file: name }))
  const judged = { judge: 'recount', patienceSeconds: 60, step: '0.05' }
  await writeFile(
    join(world.folder, name),
    JSON.stringify({ ...plan, datasets: files, truth: 'truth.csv', ...judged, ...changes }),
  )
}

test('one word in a plan: a judge that the system has, a preview with its cost, rules fixed before anyone can submit', async () => {
  await writePlan('plan.json')
  const check = (...more: string[]) => world.run(maker, 'create', 'plan.json', '--check', ...more)
  expect((await check()).out).toContain('RECOUNT_CONTRACT_ADDRESS')
  const deployed = await world.run(maker, 'recount', 'deploy', '--json')
  const { contract } = JSON.parse(deployed.out) as { contract: string }
  expect((await world.run(maker, 'recount', 'deploy')).out).toContain(`The judge ${contract} is there already`)
  world.config.recount = contract

  const { out } = await check()
  expect(out).toMatch(/your second signature fixes how the ledger scores again; network fee about 0\.12 XLM/)
  expect(out).toMatch(/opening the truth takes 1 transaction, about 0\.07 XLM; a solver’s work 1 transaction/)
  await writePlan('plan.json', { metric: { id: 'log_loss' }, threshold: '0.1' })
  expect(await check('--json')).toMatchObject({ code: 1 })
  await writePlan('plan.json', { metric: { id: 'f1_macro', params: { labels: ['cat'] } } })
  const refused = await check('--json')
  expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('not_recountable') })
  expect(refused.out).toContain('without labels')

  const of = { wasm: await readRecountWasm(), stellartrain: world.fixture.xlm, signer: maker }
  const foreign = await deployRecount(world.fixture.chain, of)
  await writePlan('plan.json', { judge: foreign.contract })
  expect((await check('--json')).out).toContain(`serves the contract ${world.fixture.xlm} alone`)

  await writePlan('plan.json')
  const created = await world.run(maker, 'create', 'plan.json', '--yes', '--keep', 'key.json')
  expect(created).toMatchObject({
    code: 0,
    out: expect.stringContaining('How its judge scores on the ledger is fixed'),
  })
  expect((await world.run(maker, 'recount', 'configure', '1')).out).toContain('fixed already')
})

test('open the truth, appeal: the ledger scores what no oracle did, and anyone verifies it from the ledger', async () => {
  await oracle.accept(1)
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
  const standing = await world.run(solver, 'appeal', '1/1', '--check')
  expect(standing.out).toMatch(/truth {5}open\nyour work 0 of 1 chunk open\nleft {6}1 transaction, about 0\.065 XLM/)
  // Any account can open it with what the solver wrote to a file where it submitted.
  await world.run(solver, 'disclose', '1/1', '--out', 'mine.disclosure')
  expect(await world.run(maker, 'appeal', '1/1', '--disclosure', 'mine.disclosure')).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^It takes 1 transaction, about 0\.065 XLM\.\n[\s\S]*Recounted on the ledger: submission 1\/1 scores 0\.96/,
    ),
  })
  // A second time nothing is left to open.
  expect(await world.run(solver, 'appeal', '1/1')).toMatchObject({ code: 0 })
  expect((await world.run(solver, 'appeal', '1/1', '--check', '--json')).out).toContain('"ruled":true')

  await world.fixture.net.warp(30 * HOUR)
  expect((await world.run(maker, 'settle', '1')).code).toBe(0)
  const { checks, refuted } = await verify(world.client, { challenge: 1, number: 1 })
  const state = Object.fromEntries(checks.map((check) => [check.id, check.outlook ?? check.state]))
  expect(refuted).toBe(false)
  // No oracle published anything: all of it comes from the ledger.
  expect(state).toMatchObject({ truth: 'passed', binding: 'not_applicable', commitment: 'passed', recount: 'passed' })
  expect(state).toMatchObject({ content_hash: 'passed', score: 'passed', decision: 'passed' })
})

test('a falsified recount is refuted, and one whose evidence is gone stays open', async () => {
  const { client } = world
  const honest = await gather(client, { challenge: 1, number: 1 }, {}, {})
  const recount = (await gatherRecount(client, honest, {}))!
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract }
  const failing = async (evidence: Evidence, of: RecountEvidence, override = {}) => {
    const shown = await recompute(evidence, of, place, override)
    const checks = shown?.checks ?? []
    const all = [...checks, checkJudge(evidence, of, checks)]
    return all.filter(({ state }) => state === 'failed').map(({ id }) => id)
  }
  expect(await failing(honest, recount)).toEqual([])
  const forged = (form: ShownForm): ShownForm => {
    const bytes = form.form.slice()
    // The last letter of a label.
    bytes[30] = bytes[30]! ^ 1
    return { ...form, form: bytes }
  }
  const [[name, work]] = [...recount.works] as [[string, ShownWork]]
  const changedWork = { ...work, shown: forged(work.shown as ShownForm) }
  expect(await failing(honest, { ...recount, works: new Map([[name, changedWork]]) })).toContain('commitment')
  expect(await failing(honest, { ...recount, truth: forged(recount.truth as ShownForm) })).toContain('truth')
  const higher = { ...honest, shown: { ...honest.shown, score: honest.shown.score + 500_000n } }
  expect(await failing(higher, recount)).toEqual(['score'])
  const rules = { ...recount.frozen!, rules: { ...recount.frozen!.rules, metric: RecountMetric.F1Macro } }
  expect(await failing(honest, { ...recount, frozen: rules })).toEqual(['recount'])
  const said = { ...work, said: { ...work.said!, content_hash: new Uint8Array(32) } }
  expect(await failing(honest, { ...recount, works: new Map([[name, said]]) })).toEqual(['recount'])
  expect(await failing(honest, recount, { submission: predictions(1) })).toContain('commitment')

  const gone = { ...recount, works: new Map(), gone: true }
  expect(await recompute(honest, gone, place, {})).toBeUndefined()
  expect(checkJudge(honest, gone, [])).toMatchObject({ state: 'open', why: 'events_gone' })
  expect(checkJudge(honest, { ...recount, frozen: null }, [])).toMatchObject({ state: 'open', why: 'archived' })
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
  const column = { ...labels, labels: [...labels.labels] }
  const source = { submission: { ...submission, columns: [column] }, metric: { id: 'accuracy', params: {} } }
  const second = { ...source, metric: { ...source.metric, version: 2 } }
  expect(why(recountRules(second))).toBe('the ledger computes version 1 of accuracy.')
  const long = (bytes: number) => recountRules(source, new Uint8Array(bytes))
  expect(long(1024 * 65_536)).toHaveProperty('rules')
  expect(why(long(1024 * 65_536 + 1))).toContain('the truth is longer than 1024 chunks')
  expect(why(of(labels, 'log_loss'))).toContain('does not compute log_loss')
  expect(why(of(labels, 'precision', { average: 'samples' }))).toContain('precision by samples')
  expect(why(of(labels, 'f1_macro', { labels: ['a'] }))).toContain('without labels')
  expect(why(of({ ...labels, labels: undefined }, 'accuracy'))).toContain('labels listed')
  expect(why(of({ name: 'n', type: 'integer' }, 'accuracy'))).toContain('between a min and a max')
  expect(why(of(labels, 'f1_binary'))).toContain('posLabel')
  expect(why(of({ name: 'n', type: 'number' }, 'roc_auc', { posLabel: 'b' }))).toContain('truth alone')
  expect(why(of({ name: 'n', type: 'number' }, 'rmse', {}, 10_000_000))).toContain('too many')
})
