/** Challenges whose payout rule this version does not serve are shown, and refused in words before anything is spent. */
import { createChallenge, invoke, type Payout, submit, view, views } from '@stellartrain/contracts-client'
import { cidOf } from '@stellartrain/contracts-client/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { main } from '../cli/main.ts'
import { prepareChallenge } from '../create/create.ts'
import { planEarnings } from '../create/earnings-plan.ts'
import { submitFile } from '../submit/submit.ts'
import type { TestOracle } from '../testing/oracle.ts'
import { inHours, partedTruth, planOf, predictions, startWorld, type World } from '../testing/world.ts'
import { verify } from '../verify/verify.ts'

let world: World
let oracle: TestOracle
beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
})
afterAll(() => world.close())

test('earnings have no truth: none is uploaded, and none is said to stay closed', async () => {
  const { client, fixture } = world
  const maker = await fixture.person()
  const plan = planEarnings({
    ...{ title: 'Labels', summary: 'Labels, paid by epoch.', description: 'Labels.', license: 'CC0-1.0', asset: 'XLM' },
    ...{ oracles: [oracle.address], deadline: inHours(fixture, 2), prize: '10' },
  })
  const { files, manifest, warnings } = await prepareChallenge(client, plan, maker.publicKey())
  expect(files.map(({ name }) => name)).toEqual(['manifest'])
  expect(manifest.truth).toBeUndefined()
  expect(warnings).toEqual([])
})

test('the maker of a ranking is warned of a judge that may be unable to rank', async () => {
  const { client, fixture } = world
  const maker = await fixture.person()
  const person = (await fixture.person()).publicKey()
  const warned = async (payout: object, judge: string) => {
    const changes = { ...payout, judge: { address: judge }, deadline: inHours(fixture, 2) }
    const { warnings } = await prepareChallenge(client, planOf([oracle], changes as never), maker.publicKey())
    return warnings.some((warning) => warning.includes('may be unable to rank'))
  }
  const ranked = {
    ...{ truth: partedTruth, threshold: '0.5', winners: undefined, reward: undefined },
    payout: { rule: 'ranked', prizes: ['60', '40'] },
  }
  expect(await warned(ranked, world.config.contract)).toBe(true)
  expect(await warned(ranked, person)).toBe(false)
  expect(await warned({}, world.config.contract)).toBe(false)
})

/** A challenge as another program would make it: manifest and all, with a rule of its own. */
async function opened(payout: Payout): Promise<number> {
  const { client, fixture } = world
  const maker = await fixture.person()
  const plan = planOf([oracle], { deadline: inHours(fixture, 2) })
  const prepared = await prepareChallenge(client, plan, maker.publicKey())
  for (const file of prepared.files) await client.sessions.upload(file.bytes, maker)
  const terms = { ...prepared.terms, payout }
  const call = createChallenge({ maker: maker.publicKey(), terms, prize: 1_000_0000000n, fee_budget: 0n })
  const { returnValue } = await invoke(client.chain, call, maker, { pollMs: 20 })
  await oracle.accept(returnValue)
  return returnValue
}

async function status(challenge: number): Promise<{ code: number; out: string }> {
  const said: string[] = []
  const { rpcUrl, passphrase, contract, ipfsUrl } = world.config
  const code = await main(['status', String(challenge)], {
    stdout: (text) => void said.push(text),
    stderr: (text) => void said.push(text),
    env: { RPC_URL: rpcUrl, NETWORK_PASSPHRASE: passphrase, CONTRACT_ADDRESS: contract, IPFS_URL: ipfsUrl },
    cwd: '/',
    signal: new AbortController().signal,
  })
  return { code, out: said.join('') }
}

test('earnings: status shows them, submit refuses a file', async () => {
  const challenge = await opened({ tag: 'Earnings', values: undefined })
  expect(await status(challenge)).toMatchObject({ code: 0, out: expect.stringMatching(/to be claimed/) })
  const solver = await world.fixture.person()
  const submitted = submitFile(world.client, { challenge, csv: predictions(0), signer: solver })
  await expect(submitted).rejects.toMatchObject({ code: 'rule_not_supported' })
  const attempts = await view(world.client.chain, views.attempts({ challenge, solver: solver.publicKey() }))
  expect(attempts).toMatchObject({ attempts: 0 })
})

test('a challenge whose manifest does not fit its rule is shown, and takes no file', async () => {
  const challenge = await opened({ tag: 'PerUnit', values: [{ rate: 5_000_000n, max_units: 50 }] })
  expect(await status(challenge)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/0\.5 XLM for each accepted unit/),
  })
  const solver = await world.fixture.person()
  const submitted = submitFile(world.client, { challenge, csv: predictions(0), signer: solver })
  await expect(submitted).rejects.toMatchObject({ code: 'bad_manifest' })
})

test('verify claims nothing about a batch whose challenge cannot be judged', async () => {
  const challenge = await opened({ tag: 'PerUnit', values: [{ rate: 5_000_000n, max_units: 50 }] })
  const solver = await world.fixture.person()
  const batch = {
    solver: solver.publicKey(),
    challenge,
    attempt: 1,
    cid: cidOf(9),
    commitment: new Uint8Array(32),
    units: 5,
    carry: 0n,
  }
  await invoke(world.client.chain, submit(batch), solver, { pollMs: 20 })
  const result = await verify(world.client, { challenge, number: 1 })
  expect(result.verified).toBe(false)
  expect(result.checks.find(({ id }) => id === 'manifest')).toMatchObject({ state: 'failed' })
})
