/** What becomes of good, bad, copied and missing submissions, on a real network with the real contract and a real IPFS node. */

import { Asset, Operation } from '@stellar/stellar-sdk'
import { deployAssetContract, sendOperations, Verdict } from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { cidFromChain, computeCid, fetchCid, parseReport } from '@stellartrain/ipfs-content'
import { createLog } from '@stellartrain/service'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueueLine } from '../api/queue-view.ts'
import type { RunningOracle } from '../oracle.ts'
import { startRpcProxy } from './rpc-proxy.ts'
import { predictions, startWorld, TRUTH, type World } from './world.ts'

let world: World
let oracle: RunningOracle
const lines: string[] = []

beforeAll(async () => {
  world = await startWorld({ log: createLog('debug', { write: (line) => lines.push(line) }) })
  oracle = await world.oracle()
})
afterAll(() => world?.close())

const queueOf = async ({ url }: RunningOracle) => (await (await fetch(`${url}/v1/queue`)).json()) as QueueLine[]

async function open(terms: Partial<Parameters<World['challenge']>[0]> = {}): Promise<number> {
  const id = await world.challenge({ oracles: [oracle.address], ...terms })
  await world.accepted(id)
  return id
}

test('a good submission is graded and paid in one transaction, with a report that says how', async () => {
  const id = await open()
  const solver = await world.person()
  const cid = await world.seal(id, solver, predictions(2))
  await world.enter(id, solver, cid)
  await world.finalized(id, 1)
  const { verdict, score, flags } = await world.submission(id, solver)
  expect({ verdict, score, flags }).toEqual({ verdict: Verdict.Scored, score: 9_333_000n, flags: 4 })

  const scored = (await world.events()).find((event) => event.type === 'scored' && event.challenge === id)
  if (scored?.type !== 'scored') throw new Error('no scored event')
  expect(scored.settled).toMatchObject([{ number: 1, amount: 10_000_000n }])
  const report = parseReport(
    await fetchCid(cidFromChain(scored.report), { gateways: [world.ipfs.url], maxBytes: 300_000 }),
  )
  expect(report).toMatchObject({
    ...world.place,
    challenge: id,
    oracle: oracle.address,
    metric: { id: 'accuracy' },
    submissions: [{ number: 1, solver: solver.publicKey(), cid, verdict: 'scored', score: '9333000', rows: 30 }],
  })
})

test('a malformed file, a copied envelope, noise and a copy of the content each get their own answer', async () => {
  const id = await open()
  const people = await Promise.all([1, 2, 3, 4, 5].map(() => world.person()))
  const [first, malformed, copier, noisy, repeater] = people as [(typeof people)[0], ...typeof people]
  const original = await world.seal(id, first, predictions(2))
  const reordered = predictions(2).trimEnd().split('\n')
  const same = `${[reordered[0], ...reordered.slice(1).reverse()].join('\r\n')}\r\n`
  const noise = await world.publisher(noisy!)(crypto.getRandomValues(new Uint8Array(5_000)))
  await world.enter(id, first, original)
  await world.enter(id, malformed!, await world.seal(id, malformed!, 'id,label\nr0,a\nr0,b\n'))
  await world.enter(id, copier!, original)
  await world.enter(id, noisy!, noise)
  await world.enter(id, repeater!, await world.seal(id, repeater!, same))
  await world.finalized(id, 5)
  const verdicts = await Promise.all(people.map((solver) => world.submission(id, solver)))
  expect(verdicts.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    [Verdict.Scored, 0],
    [Verdict.Rejected, 70],
    [Verdict.Rejected, 7],
    [Verdict.Rejected, 2],
    [Verdict.Duplicate, 0],
  ])
})

test('content that cannot be fetched holds up those behind it for one patience, visibly, and no longer', async () => {
  const id = await open({ patience: 60n })
  const [lost, next] = await Promise.all([world.person(), world.person()])
  const nowhere = await computeCid(crypto.getRandomValues(new Uint8Array(100)))
  await world.enter(id, lost!, nowhere)
  await world.enter(id, next!, await world.seal(id, next!, predictions(1)))
  const stuck = async () => {
    const queue = await queueOf(oracle)
    return queue[0]?.state === 'failed_retrying' && queue[1]?.state === 'voting' && queue
  }
  expect(await until(stuck, { what: 'the second to wait for the first' })).toMatchObject([
    { challenge: id, number: 1, position: 1, lastError: { code: expect.any(String) } },
    { challenge: id, number: 2, position: 2, lastError: null },
  ])
  expect((await world.state(id)).finalized).toBe(0)
  await world.devnet.warp(61)
  await world.finalized(id, 2)
  expect((await world.submission(id, lost!)).verdict).toBe(Verdict.Unsettled)
  expect(await world.submission(id, next!)).toMatchObject({ verdict: Verdict.Scored, flags: 4 })
})

test('content that arrives late is graded as if it had always been there', async () => {
  // Patience enough for a busy machine: what is given up is voted on.
  const id = await open({ patience: 200n })
  const solver = await world.person()
  const sealed = crypto.getRandomValues(new Uint8Array(5_000))
  await world.enter(id, solver, await computeCid(sealed))
  await until(async () => ((await queueOf(oracle))[0]?.attempts ?? 0) > 0, { what: 'a first attempt' })
  await world.publisher(solver)(sealed)
  await world.finalized(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Rejected, reason: 2 })
})

test('what arrives together is posted in few batches, in order, and everybody who earned it is paid', async () => {
  // No transaction arrives until all is graded: how many come together does not depend on the machine.
  let away = false
  const proxy = await startRpcProxy(world.devnet.rpcUrl, (method) =>
    away && method === 'sendTransaction' ? 'fail' : 'pass',
  )
  const busy = await world.oracle(undefined, { rpcUrl: proxy.url })
  const id = await world.challenge({
    oracles: [busy.address],
    payout: { tag: 'Bounty', values: [{ reward: 1_000n, winners: 50 }] },
  })
  await world.accepted(id)
  away = true
  const people = await Promise.all(Array.from({ length: 45 }, () => world.person()))
  const cids: string[] = []
  for (const [index, solver] of people.entries())
    cids.push(await world.seal(id, solver, predictions(1 + (index % 2), Math.floor(index / 2))))
  await Promise.all(people.map((solver, index) => world.enter(id, solver, cids[index]!)))
  const graded = async () => (await queueOf(busy)).filter(({ state }) => state === 'voting').length === 45
  await until(graded, { what: '45 graded submissions' })
  away = false
  await world.finalized(id, 45)
  const events = (await world.events()).filter((event) => event.type === 'scored' && event.challenge === id)
  const numbers = events.flatMap((event) => (event.type === 'scored' ? event.votes.map((vote) => vote.number) : []))
  expect(numbers).toEqual(Array.from({ length: 45 }, (_, index) => index + 1))
  // What was ready first, then forty, then the rest.
  expect(events.length).toBeLessThanOrEqual(4)
  const { tallies } = await world.state(id)
  expect(tallies[0]).toMatchObject({ votes: 45, agreed: 45, disagreed: 0, missed: 0 })
  await busy.close()
  await proxy.close()
})

test('a winner who cannot receive the token has the prize held, and nobody else waits for it', async () => {
  const asset = new Asset('PRIZE', world.maker.publicKey())
  const token = await deployAssetContract(world.chain, asset, world.maker, { pollMs: 50 })
  // The issuer pays in its own asset; one winner trusts it, the other does not.
  const id = await open({ token })
  const [without, trusting] = await Promise.all([world.person(), world.person()])
  await sendOperations(world.chain, [Operation.changeTrust({ asset })], trusting, { pollMs: 50 })
  await world.enter(id, without, await world.seal(id, without, predictions(1, 3)))
  await world.enter(id, trusting, await world.seal(id, trusting, predictions(2, 3)))
  await world.finalized(id, 2)
  expect(await world.submission(id, without)).toMatchObject({ verdict: Verdict.Scored, flags: 1 })
  expect(await world.submission(id, trusting)).toMatchObject({ verdict: Verdict.Scored, flags: 4 })
})

test('no log line carries a row, a label or a key', () => {
  const text = lines.join('')
  expect(text).toContain('"event":"voted"')
  for (const row of TRUTH.trim().split('\n')) expect(text).not.toContain(row)
  expect(text).not.toMatch(/AGE-SECRET|\bS[A-Z2-7]{55}\b/)
})
