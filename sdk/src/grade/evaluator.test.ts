/** A challenge that a program of its maker scores, from the plan to the payment and the proof. */

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContext } from '../challenge/context.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { planOf, predictions, startWorld, truthCsv, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

let world: World
let oracle: TestOracle
let maker: Keypair
let module: Uint8Array
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  maker = await world.fixture.person()
  module = new Uint8Array(await readFile(new URL('../../../examples/evaluators/c/evaluator.wasm', import.meta.url)))
})
afterAll(() => world.close())

test('a challenge is created with its evaluator, which scores, pays and is run again by whoever verifies', async () => {
  const { client } = world
  const { datasets } = planOf([], { deadline: new Date() })
  const challenge = await world.open(maker, [oracle], {
    datasets: [...datasets, { name: 'evaluator.wasm', role: 'other', bytes: module }],
    metric: { id: 'evaluator', params: { module: 'evaluator.wasm', direction: 'minimize' } },
    threshold: '0.1',
  })
  const { manifest, terms } = await readContext(client, challenge)
  expect(manifest.datasets.at(-1)).toMatchObject({ name: 'evaluator.wasm', mediaType: 'application/wasm' })
  expect(terms.direction).toBe('minimize')
  const solver = await world.fixture.person()
  const file = predictions(2)
  await submitFile(client, { challenge, csv: file, signer: solver })
  await oracle.gradeAll(challenge)
  await oracle.publish(challenge, [1])
  const seen = await verify(client, { challenge, number: 1 })
  expect(seen).toMatchObject({ verified: true, paid: 50_0000000n })
  expect(seen.checks.find(({ id }) => id === 'score')).toMatchObject({ state: 'passed' })

  // The same from files alone.
  const at = (name: string) => join(world.folder, name)
  await writeFile(at('manifest.json'), JSON.stringify(manifest))
  await writeFile(at('truth.csv'), truthCsv)
  await writeFile(at('file.csv'), file)
  await writeFile(at('evaluator.wasm'), module)
  const files = ['--manifest', at('manifest.json'), '--truth', at('truth.csv'), '--submission', at('file.csv')]
  expect(await world.run(solver, 'grade', ...files)).toMatchObject({
    code: 2,
    out: expect.stringContaining('--evaluator FILE'),
  })
  const graded = await world.run(solver, 'grade', ...files, '--evaluator', at('evaluator.wasm'))
  expect(graded).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^metric {7}evaluator \(version 1\)\nscore {8}0\.04/),
  })
  const other = await world.run(solver, 'grade', ...files, '--evaluator', at('truth.csv'))
  expect(other).toMatchObject({ code: 2, out: expect.stringContaining('is not the evaluator') })
  const online = await world.run(solver, 'grade', '--challenge', String(challenge), '--submission', at('file.csv'))
  expect(online).toMatchObject({ code: 0, out: expect.stringContaining('0.04') })
})

test('the same in Python: it scores, refuses with its maker’s words, pays, and is run again by whoever verifies', async () => {
  const { client } = world
  const source = `
class ParticipantVisibleError(Exception):
    pass

def score(solution, submission, row_id_column_name):
    [column] = [name for name in submission.columns if name != row_id_column_name]
    wrong = sum(a != b for a, b in zip(solution[column], submission[column]))
    if wrong == len(solution):
        raise ParticipantVisibleError(f'All {wrong} are wrong: are the classes those of the challenge?')
    return wrong / len(solution)
`
  const { datasets } = planOf([], { deadline: new Date() })
  const challenge = await world.open(maker, [oracle], {
    datasets: [...datasets, { name: 'evaluator.py', role: 'other', bytes: new TextEncoder().encode(source) }],
    metric: { id: 'evaluator', params: { module: 'evaluator.py', language: 'python', direction: 'minimize' } },
    threshold: '0.1',
  })
  const { manifest } = await readContext(client, challenge)
  expect(manifest.datasets.at(-1)).toMatchObject({ name: 'evaluator.py', mediaType: 'text/x-python' })
  const [solver, other] = [await world.fixture.person(), await world.fixture.person()]
  await submitFile(client, { challenge, csv: predictions(2), signer: solver })
  await oracle.gradeAll(challenge)
  await oracle.publish(challenge, [1])
  expect(await verify(client, { challenge, number: 1 })).toMatchObject({ verified: true, paid: 50_0000000n })

  const at = (name: string) => join(world.folder, name)
  await writeFile(at('manifest-python.json'), JSON.stringify(manifest))
  await writeFile(at('truth.csv'), truthCsv)
  await writeFile(at('wrong.csv'), predictions(1000))
  await writeFile(at('evaluator.py'), source)
  const files = [
    '--manifest',
    at('manifest-python.json'),
    '--truth',
    at('truth.csv'),
    '--evaluator',
    at('evaluator.py'),
  ]
  const refused = await world.run(other, 'grade', ...files, '--submission', at('wrong.csv'))
  expect(refused.out).toContain('Rejected with reason 204, evaluator_refused:')
  expect(refused.out).toContain('All … are wrong: are the classes those of the challenge?')
})
