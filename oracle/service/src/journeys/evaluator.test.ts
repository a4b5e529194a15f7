/** Challenges that a program of their maker scores: who takes them, what it grades, and what a submission gets that it cannot score. */

import { readFile } from 'node:fs/promises'
import { Direction, Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import type { Manifest } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { predictions } from './data.ts'
import { startWorld, statusOf, untilRefused, type World } from './world.ts'

/** The mean cost of wrong answers, by the first letter of a text. */
const EXAMPLE = new URL('../../../../examples/evaluators/c/evaluator.wasm', import.meta.url)

let world: World
let oracle: RunningOracle

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle(undefined, { evaluators: ['wasm', 'python'] })
})
afterAll(() => world?.close())

/** Scored by this module, which is published as the maker's other data are. */
async function scoredBy(module: Uint8Array<ArrayBuffer>, params: Manifest['metric']['params'] = {}) {
  const python = params.language === 'python'
  const name = python ? 'evaluator.py' : 'evaluator.wasm'
  const cid = await world.publisher(world.maker)(module)
  const dataset = { name, role: 'other', cid, sha256: '0'.repeat(64), bytes: module.length } as const
  const edit = (manifest: Manifest): Manifest => ({
    ...manifest,
    datasets: [{ ...dataset, version: 1, previous: null, mediaType: python ? 'text/x-python' : 'application/wasm' }],
    metric: { id: 'evaluator', version: 1, params: { module: name, direction: 'minimize', ...params } },
  })
  return { edit, direction: Direction.Minimize, threshold: 1_000_000n }
}

test('an oracle says whether it runs evaluators, and refuses what it does not serve', async () => {
  const plain = await world.oracle()
  expect((await statusOf(plain)).metrics).not.toContain('evaluator')
  expect((await statusOf(oracle)).metrics).toContain('evaluator')
  const module = new Uint8Array(await readFile(EXAMPLE))
  const id = await world.challenge({ oracles: [plain.address], ...(await scoredBy(module)) })
  expect(await untilRefused(plain, id)).toMatchObject({ code: 'evaluator_not_served' })
  const modules = await world.oracle(undefined, { evaluators: ['wasm'] })
  expect((await statusOf(modules)).metrics).not.toContain('python')
  expect((await statusOf(oracle)).metrics).toContain('python')
  const source = await scoredBy(new TextEncoder().encode(PYTHON), PYTHON_PARAMS)
  const python = await world.challenge({ oracles: [modules.address], ...source })
  expect(await untilRefused(modules, python)).toMatchObject({ code: 'evaluator_not_served' })
})

test('a module that is no evaluator is refused with what is wrong with it, before anyone competes', async () => {
  const module = new Uint8Array(await readFile(EXAMPLE))
  const id = await world.challenge({ oracles: [oracle.address], ...(await scoredBy(module.subarray(0, 100))) })
  expect(await untilRefused(oracle, id)).toMatchObject({ code: 'evaluator_invalid' })
  const starved = await world.challenge({ oracles: [oracle.address], ...(await scoredBy(module, { fuel: 10 })) })
  expect(await untilRefused(oracle, starved)).toMatchObject({
    code: 'truth_not_submittable',
    message: expect.stringContaining('more steps'),
  })
  const long = await world.challenge({
    oracles: [oracle.address],
    ...(await scoredBy(module, { fuel: 2_000_000_000 })),
  })
  expect(await untilRefused(oracle, long)).toMatchObject({ code: 'too_much_fuel' })
})

test('what an evaluator scores well enough is paid, and the rest is not', async () => {
  const module = new Uint8Array(await readFile(EXAMPLE))
  const id = await world.challenge({ oracles: [oracle.address], ...(await scoredBy(module)) })
  await world.accepted(id)
  const [good, bad] = [await world.person(), await world.person()]
  await world.enter(id, good, await world.seal(id, good, predictions(3)))
  await world.enter(id, bad, await world.seal(id, bad, predictions(4)))
  await world.concluded(id, 2)
  // A cost of 1 for each of 3 of 30 rows; rounded up to the step of 0.0001.
  expect(await world.submission(id, good)).toMatchObject({
    verdict: Verdict.Scored,
    score: 1_000_000n,
    flags: FLAG.prizePaid,
  })
  expect(await world.submission(id, bad)).toMatchObject({ verdict: Verdict.Scored, score: 1_334_000n, flags: 0 })
})

/** The share of wrong rows; the maker's rule for what may be answered is in the text of its error. */
const PYTHON = `
class ParticipantVisibleError(Exception):
    pass

def score(solution, submission, row_id_column_name):
    [column] = [name for name in submission.columns if name != row_id_column_name]
    if len(set(submission[column])) < 2:
        raise ParticipantVisibleError('One answer for all is no answer.')
    return sum(a != b for a, b in zip(solution[column], submission[column])) / len(solution)
`
const PYTHON_PARAMS = { language: 'python', truth_columns: [] }

test('what an evaluator in Python scores well enough is paid, and what it refuses has its reason', async () => {
  const source = new TextEncoder().encode(PYTHON)
  const id = await world.challenge({ oracles: [oracle.address], ...(await scoredBy(source, PYTHON_PARAMS)) })
  await world.accepted(id)
  const [good, same] = [await world.person(), await world.person()]
  await world.enter(id, good, await world.seal(id, good, predictions(3)))
  await world.enter(id, same, await world.seal(id, same, predictions(0).replaceAll(/,[abc]$/gm, ',a')))
  await world.concluded(id, 2)
  expect(await world.submission(id, good)).toMatchObject({
    verdict: Verdict.Scored,
    score: 1_000_000n,
    flags: FLAG.prizePaid,
  })
  expect(await world.submission(id, same)).toMatchObject({ verdict: Verdict.Rejected, reason: 204 })
  // The ledger has the number, the report also the words, as its source has them.
  const reports = (await world.reports(id)).flatMap(({ submissions }) => submissions)
  expect(reports.flatMap(({ reason }) => reason ?? [])).toEqual([
    { code: 204, name: 'evaluator_refused', says: 'One answer for all is no answer.' },
  ])
})

test('a file in Python that is no evaluator is refused with the line', async () => {
  const source = new TextEncoder().encode('import numpy\n')
  const id = await world.challenge({ oracles: [oracle.address], ...(await scoredBy(source, PYTHON_PARAMS)) })
  expect(await untilRefused(oracle, id)).toMatchObject({
    code: 'evaluator_invalid',
    message: expect.stringContaining('ModuleNotFoundError at line 1 of evaluator.py'),
  })
})
