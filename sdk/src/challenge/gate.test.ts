/** A gate that closes, one that admits, and one that asks for a signature of its own. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import { keypairSigner, readAccount, type Signer, view, views } from '@stellartrain/contracts-client'
import { deployWasm, gateWasm } from '@stellartrain/contracts-client/testing/wasm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { predictions, startWorld, type World } from '../testing/world.ts'

let world: World
let oracle: TestOracle
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
})
afterAll(() => world.close())

test('a gate is deployed, and invites, by command; who is not invited is told so before anything is spent', async () => {
  const { client, fixture } = world
  const [maker, solver] = (await fixture.people(2)) as [Keypair, Keypair]
  const deployed = await world.run(maker, 'gate', 'deploy')
  const contract = /^The gate (C\w+) is deployed\./.exec(deployed.out)?.[1] ?? ''
  const challenge = await world.open(maker, [oracle], { gate: contract })
  const file = { challenge, csv: predictions(1), signer: solver }
  await expect(submitFile(client, file)).rejects.toMatchObject({
    ...{ code: 'not_admitted', message: expect.stringContaining(contract) },
  })
  expect((await world.run(solver, 'status', String(challenge))).out).toContain(`admission    Admission by ${contract}`)
  const show = async () => (await world.run(solver, 'gate', 'show', String(challenge), solver.publicKey())).out
  const asks = `Gate ${contract} admits solvers whom its owner ${maker.publicKey()} invited.\n`
  expect(await show()).toBe(`${asks}Does not admit ${solver.publicKey()} now.\n`)
  const invite = (who: Keypair, ...more: string[]) =>
    world.run(who, 'gate', 'invite', String(challenge), solver.publicKey(), ...more)
  expect(await invite(solver)).toMatchObject({ code: 1, out: expect.stringContaining('Only the owner') })
  expect(await invite(maker)).toMatchObject({ code: 0, out: expect.stringContaining(`Invited ${solver.publicKey()}.`) })
  expect(await show()).toBe(`${asks}Admits ${solver.publicKey()} now.\n`)
  expect(await submitFile(client, file)).toMatchObject({ number: 1 })
  expect(await invite(maker, '--withdraw')).toMatchObject({ code: 0 })
  expect(await show()).toContain('Does not admit')
})

test('what a gate asks is shown only where somebody can know it', async () => {
  const [maker] = (await world.fixture.people(1)) as [Keypair]
  const other = await deployWasm(world.client.chain, await gateWasm(false), maker)
  expect(await world.run(maker, 'gate', 'show', other)).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('is not a gate of this repository') },
  })
  const open = await world.open(maker, [oracle])
  expect(await world.run(maker, 'gate', 'show', String(open))).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('everyone may submit') },
  })
  expect(await world.run(maker, 'gate', 'deploy', '--paid', '0')).toMatchObject({ code: 2 })
  expect(await world.run(maker, 'gate', 'deploy', '--paid', '2')).toMatchObject({
    ...{ code: 2, out: expect.stringContaining('--records') },
  })
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
