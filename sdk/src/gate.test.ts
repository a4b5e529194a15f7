/** A gate that closes, one that admits, and one that asks for a signature of its own. */
import { invoke, keypairSigner, readAccount, type Signer, view, views } from '@stellartrain/contracts-client'
import { deployGate, gateAt } from '@stellartrain/contracts-client/gate'
import { deployWasm, gateWasm } from '@stellartrain/contracts-client/testing/wasm'
import { readGateWasm } from '@stellartrain/contracts-client/wasm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitFile } from './submit.ts'
import type { TestOracle } from './testing/oracle.ts'
import { predictions, startWorld, type World } from './testing/world.ts'

let world: World
let oracle: TestOracle
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
})
afterAll(() => world.close())

test('who is not invited is told so before anything is spent, and submits once invited', async () => {
  const { client, fixture } = world
  const [maker, solver] = await fixture.people(2)
  const wasm = await readGateWasm()
  const { contract } = await deployGate(client.chain, { wasm, owner: maker!.publicKey(), signer: maker!, pollMs: 20 })
  const challenge = await world.open(maker!, [oracle], { gate: contract })
  const file = { challenge, csv: predictions(1), signer: solver! }
  await expect(submitFile(client, file)).rejects.toMatchObject({
    ...{ code: 'not_admitted', message: expect.stringContaining(contract) },
  })
  expect((await world.run(solver!, 'status', String(challenge))).out).toContain(`admission    Admission by ${contract}`)
  const invitation = gateAt(contract).invite({ solver: solver!.publicKey(), invited: true })
  await invoke(client.chain, invitation, maker!, { pollMs: 20 })
  expect(await submitFile(client, file)).toMatchObject({ number: 1 })
})

test('a gate that would use the signature for itself gets none: what it asked is said, and no attempt is spent', async () => {
  const { client, fixture } = world
  const [maker, solver] = await fixture.people(2)
  const gate = await deployWasm(client.chain, await gateWasm(true), maker!)
  const challenge = await world.open(maker!, [oracle], { gate })
  const before = await readAccount(client.chain, solver!.publicKey())
  let asked = 0
  const signer = keypairSigner(solver!)
  const counting: Signer = {
    address: signer.address,
    sign(...request) {
      asked++
      return signer.sign(...request)
    },
  }
  await expect(submitFile(client, { challenge, csv: predictions(1), signer: counting })).rejects.toMatchObject({
    ...{ code: 'unexpected_authorization', message: expect.stringContaining(`${gate}.admits(${challenge}, `) },
  })
  expect(asked).toBe(0)
  expect(await readAccount(client.chain, solver!.publicKey())).toEqual(before)
  const attempts = await view(client.chain, views.attempts({ challenge, solver: solver!.publicKey() }))
  expect(attempts).toMatchObject({ attempts: 0 })
})
