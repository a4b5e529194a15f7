/** A challenge that takes models, from the plan to the payment and the proof: its test rows are sealed until the end. */

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readContext } from '../challenge/context.ts'
import { readPlan } from '../cli/plan-file.ts'
import { CheckFailed, submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { startWorld, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

const examples = new URL('../../../examples/', import.meta.url)
const file = async (path: string) => new Uint8Array(await readFile(new URL(path, examples)))

let world: World
let oracle: TestOracle
let maker: Keypair
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
  maker = await world.fixture.person()
})
afterAll(() => world.close())

test.each([
  { format: 'wasm', plan: 'model', good: 'models/rust/model.wasm', score: '0.9108', kind: 'WebAssembly module' },
  { format: 'onnx', plan: 'onnx', good: 'models/onnx/network.onnx', score: '0.9108', kind: 'ONNX model' },
])('$format: models are run on sealed rows, scored, paid, and run again by whoever verifies', async (given) => {
  const { client } = world
  const plan = readPlan(
    new URL(`plans/${given.plan}.json`, examples).pathname,
    { oracle: [maker.publicKey()] },
    new Date(),
  )
  const { oracles: _, deadline: __, ...rest } = plan
  const challenge = await world.open(maker, [oracle], { ...rest, winners: 1 })
  const { manifest, terms } = await readContext(client, challenge)
  expect(terms.uniqueContent).toBe(true)
  expect(manifest.submission).toMatchObject({ formats: [given.format], model: { memoryMib: 16 } })
  expect(manifest.baseline.score).toBeGreaterThan(0.5)

  const solver = await world.fixture.person()
  const broken = (await file(given.good)).slice(0, 500)
  await expect(submitFile(client, { challenge, csv: broken, signer: solver })).rejects.toThrow(CheckFailed)
  const csv = new TextEncoder().encode('id,sex\n')
  await expect(submitFile(client, { challenge, csv, signer: solver })).rejects.toThrow(given.kind)
  const model = await file(given.good)
  await writeFile(join(world.folder, 'tried'), model)
  const tried = await world.run(solver, 'submit', String(challenge), 'tried', '--check')
  expect(tried.out).toContain('passes the check: tried on 232 published rows.')
  const submitted = await submitFile(client, { challenge, csv: model, signer: solver })
  expect(submitted.number).toBe(1)
  await oracle.gradeAll(challenge)
  await oracle.publish(challenge, [1])
  // The prize, and the deposit.
  const seen = await verify(client, { challenge, number: 1 })
  expect(seen).toMatchObject({ verified: true, paid: 6_0000000n })
  expect(seen.checks.find(({ id }) => id === 'score')).toMatchObject({ state: 'passed' })

  // The same from files alone, and from the opened truth.
  const at = (name: string) => join(world.folder, name)
  await writeFile(at('manifest.json'), JSON.stringify(manifest))
  await writeFile(at('truth.csv'), await file('plans/penguins-hidden.csv'))
  await writeFile(at(`model.${given.format}`), model)
  const files = [
    '--manifest',
    at('manifest.json'),
    '--truth',
    at('truth.csv'),
    '--submission',
    at(`model.${given.format}`),
  ]
  expect(await world.run(solver, 'grade', ...files)).toMatchObject({
    code: 0,
    out: expect.stringContaining(given.score),
  })
  const online = await world.run(
    solver,
    'grade',
    '--challenge',
    String(challenge),
    '--submission',
    at(`model.${given.format}`),
  )
  expect(online).toMatchObject({ code: 0, out: expect.stringContaining(given.score) })
})
