/** A thousand labelers in one root: posted by oracles, claimed one by one, and only what is new the second time. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Keypair, StrKey } from '@stellar/stellar-sdk/base'
import { createChallenge, invoke, readBalance, readToken } from '@stellartrain/contracts-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from '../challenge/history.ts'
import { startWorld, type World } from '../testing/world.ts'
import { claim, readLeaves, readReport } from './earnings.ts'

let world: World
let maker: Keypair
beforeAll(async () => {
  world = await startWorld()
  maker = await world.fixture.person()
})
afterAll(() => world.close())

const open = (oracles: Keypair[]) =>
  world.fixture.challenge(maker, oracles, { payout: { tag: 'Earnings', values: undefined } }, { feeBudget: 0n })

const strangers = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    StrKey.encodeEd25519PublicKey(Uint8Array.from({ length: 32 }, (_, at) => (index >> (8 * (at % 3))) & 0xff)),
  )

async function write(name: string, amounts: [string, string][]): Promise<void> {
  const lines = amounts.map(([labeler, amount]) => `${labeler},${amount}`)
  await writeFile(join(world.folder, name), `labeler,cumulative\n${lines.join('\n')}\n`)
}

test('oracles post the amounts of a thousand labelers, and each is sent exactly what is new', async () => {
  const { client, fixture } = world
  const oracles = [await fixture.oracle(), await fixture.oracle(), await fixture.oracle()]
  const challenge = await open(oracles)
  const id = String(challenge)
  const [alice, bob, stranger] = (await fixture.people(3)) as [Keypair, Keypair, Keypair]
  const others = strangers(998).map((labeler, index): [string, string] => [
    labeler,
    `0.${String(index + 1).padStart(7, '0')}`,
  ])
  await write('first.csv', [[alice.publicKey(), '12.5'], ...others, [bob.publicKey(), '3']])
  // Another order of lines is the same tree.
  await write('again.csv', [...others.toReversed(), [bob.publicKey(), '3.0'], [alice.publicKey(), '12.50']])

  const looked = await world.run(oracles[0]!, 'earnings', 'post', id, '--file', 'first.csv', '--check')
  expect(looked.out).toMatch(/Epoch 1: 1,000 labelers, 15\.5498501 XLM in total/)
  expect((await world.run(oracles[0]!, 'earnings', 'post', id, '--file', 'first.csv')).out).toContain(
    'once the quorum agrees',
  )
  expect(await world.run(alice, 'claim', id)).toMatchObject({
    code: 1,
    out: expect.stringContaining('is posted yet: there is nothing to claim'),
  })
  expect((await world.run(oracles[1]!, 'earnings', 'post', id, '--file', 'again.csv')).out).toContain(
    'This was the quorum',
  )
  const late = await world.run(oracles[2]!, 'earnings', 'post', id, '--file', 'first.csv')
  expect(late).toMatchObject({ code: 1, out: expect.stringContaining('add nothing') })

  const token = await readToken(client.chain, fixture.xlm)
  const had = (await readBalance(client.chain, token, alice.publicKey()))!
  const sent = await world.run(stranger, 'claim', id, '--labeler', alice.publicKey())
  expect(sent).toMatchObject({ code: 0, out: expect.stringContaining('12.5 XLM sent to') })
  expect((await readBalance(client.chain, token, alice.publicKey()))! - had).toBe(12_5000000n)
  expect(await world.run(alice, 'claim', id)).toMatchObject({ code: 0, out: expect.stringContaining('was sent all') })
  expect(await world.run(stranger, 'claim', id)).toMatchObject({
    code: 1,
    out: expect.stringContaining('earned nothing'),
  })

  await write('less.csv', [[alice.publicKey(), '20'], ...others])
  const less = await world.run(oracles[0]!, 'earnings', 'post', id, '--file', 'less.csv')
  expect(less).toMatchObject({ code: 1, out: expect.stringContaining('Amounts are cumulative') })
  await write('second.csv', [[alice.publicKey(), '20'], ...others, [bob.publicKey(), '3']])
  for (const oracle of oracles.slice(1)) await world.run(oracle, 'earnings', 'post', id, '--file', 'second.csv')
  expect(await claim(client, { challenge, labeler: alice.publicKey() }, stranger)).toMatchObject({
    epoch: 2,
    amount: 7_5000000n,
  })
  expect(await claim(client, { challenge, labeler: bob.publicKey(), epoch: 1 }, bob)).toMatchObject({
    amount: 3_0000000n,
  })
  expect(await world.run(alice, 'earnings', id)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/2 epochs, 23\.0498501 XLM earned, 23 XLM of it claimed; 976\.9501499 XLM free/),
  })
  expect(await readLeaves(client, challenge, 1)).toHaveLength(1_000)

  // Whoever reads many epochs reads the events that name their reports once.
  const history = await readHistory(client, challenge)
  const asked: string[] = []
  const request: typeof client.chain.rpc.request = (method, ...of) => {
    asked.push(method)
    return client.chain.rpc.request(method, ...of)
  }
  const counting = {
    ...client,
    chain: { ...client.chain, rpc: Object.assign(Object.create(client.chain.rpc), { request }) },
  }
  for (const epoch of [1, 2])
    expect((await readReport(counting, challenge, epoch, { history })).leaves).toHaveLength(1_000)
  expect(asked.length).toBeGreaterThan(0)
  expect(asked).not.toContain('getEvents')
})

test('a report that is not the epoch’s is not believed, whoever gives it', async () => {
  const { client, fixture } = world
  const oracle = await fixture.oracle()
  const terms = await fixture.terms([oracle], { payout: { tag: 'Earnings', values: undefined } })
  const call = createChallenge({ maker: maker.publicKey(), terms, prize: 10_0000000n, fee_budget: 0n })
  const { returnValue: challenge } = await invoke(client.chain, call, maker, { pollMs: 20 })
  expect(await world.run(oracle, 'earnings', 'accept', String(challenge))).toMatchObject({ code: 0 })
  const [alice] = (await fixture.people(1)) as [Keypair]
  await write('one.csv', [[alice.publicKey(), '1']])
  await world.run(oracle, 'earnings', 'post', String(challenge), '--file', 'one.csv')
  const forged = {
    ...{ format: 'stellartrain/earnings-report', version: 1, network: '0'.repeat(64), contract: world.config.contract },
    ...{ challenge, epoch: 1, total: '20000000', leaves: [{ labeler: alice.publicKey(), cumulative: '20000000' }] },
  }
  await writeFile(join(world.folder, 'forged.json'), JSON.stringify(forged))
  const refused = await world.run(alice, 'claim', String(challenge), '--report', 'forged.json')
  expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('another root') })
  expect(await world.run(alice, 'claim', String(challenge))).toMatchObject({ code: 0 })
})

test('amounts that cannot be meant are refused with their line, before anything is sent', async () => {
  const oracle = await world.fixture.oracle()
  const challenge = await open([oracle])
  const [a, b] = strangers(2) as [string, string]
  const post = async (amounts: [string, string][]) => {
    await write('bad.csv', amounts)
    return world.run(oracle, 'earnings', 'post', String(challenge), '--file', 'bad.csv')
  }
  expect(
    (
      await post([
        [a, '1'],
        ['nobody', '1'],
      ])
    ).out,
  ).toContain('line 3: "nobody" is not a Stellar address')
  expect(
    (
      await post([
        [a, '1'],
        [b, '1'],
        [a, '2'],
      ])
    ).out,
  ).toContain('line 4: this labeler is on an earlier line')
  expect((await post([[a, '-1']])).out).toContain('line 2: the amount')
  expect((await post([[a, '1000.0000001']])).out).toContain('only 1000 XLM was paid in')
  const bounty = await world.fixture.challenge(maker, [oracle])
  expect(await world.run(oracle, 'earnings', 'post', String(bounty), '--file', 'bad.csv')).toMatchObject({
    code: 1,
    out: expect.stringContaining('pays the first solvers that reach its threshold: it has no earnings'),
  })
})
