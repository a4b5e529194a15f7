/** What becomes of good, bad, copied and missing submissions, on a real network with the real contract and a real IPFS node. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encode } from '@ipld/dag-pb'
import { Asset, type Keypair, Operation } from '@stellar/stellar-sdk'
import { deployAssetContract, sendOperations, Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import {
  CONTENT_REASONS,
  cidFromChain,
  computeCid,
  generateAgeKey,
  parseReport,
  type SubmissionFile,
} from '@stellartrain/ipfs-content'
import { createLog } from '@stellartrain/service'
import { UnixFS } from 'ipfs-unixfs'
import { CID } from 'multiformats/cid'
import { sha256 } from 'multiformats/hashes/sha2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QueueLine } from '../api/queue-view.ts'
import type { RunningOracle } from '../oracle.ts'
import { predictions, TRUTH } from './data.ts'
import { startRpcProxy } from './rpc-proxy.ts'
import { startWorld, type World } from './world.ts'

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
  const { cid, ...file } = await world.seal(id, solver, predictions(2))
  await world.enter(id, solver, { cid, ...file })
  await world.concluded(id, 1)
  const { verdict, score, flags } = await world.submission(id, solver)
  expect({ verdict, score, flags }).toEqual({ verdict: Verdict.Scored, score: 9_333_000n, flags: FLAG.prizePaid })

  const scored = (await world.events()).find((event) => event.type === 'scored' && event.challenge === id)
  if (scored?.type !== 'scored') throw new Error('no scored event')
  expect(scored).toMatchObject({ settle: true, rows: [{ number: 1, status: 'scored', amount: 10_000_000n }] })
  const report = parseReport(await world.document(cidFromChain(scored.report), 300_000))
  expect(report).toMatchObject({
    ...world.place,
    challenge: id,
    oracle: oracle.address,
    metric: { id: 'accuracy' },
    submissions: [{ number: 1, solver: solver.publicKey(), cid, verdict: 'scored', score: '9333000', rows: 30 }],
  })
})

test('what is wrong with a sealed file is told apart, each with its own reason', async () => {
  const id = await open()
  const people = await Promise.all(Array.from({ length: 8 }, () => world.person()))
  const [first, malformed, copier, noisy, stranger, liar, careless, large] = people as [Keypair, ...Keypair[]] &
    Keypair[]
  const original = await world.seal(id, first, predictions(2))
  const sealed = crypto.getRandomValues(new Uint8Array(5_000))
  const foreign = await world.seal(id, stranger!, predictions(1), { key: (await generateAgeKey()).key })
  const promised = await world.seal(id, liar!, predictions(1))
  const uncommitted = await world.seal(id, careless!, predictions(3))
  await world.enter(id, first, original)
  await world.enter(id, malformed!, await world.seal(id, malformed!, 'id,label\nr0,a\nr0,b\n'))
  await world.enter(id, copier!, original)
  await world.enter(id, noisy!, { cid: await computeCid(sealed), sealed })
  await world.enter(id, stranger!, foreign)
  await world.enter(id, liar!, { ...promised, commitment: new Uint8Array(32).fill(1) })
  await world.enter(id, careless!, { ...uncommitted, commitment: new Uint8Array(32) })
  await world.enter(id, large!, await world.seal(id, large!, `id,label\n${'x'.repeat(40_000)}`))
  await world.concluded(id, people.length)
  const verdicts = await Promise.all(people.map((solver) => world.submission(id, solver)))
  expect(verdicts.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    [Verdict.Scored, 0],
    [Verdict.Rejected, 70],
    [Verdict.Rejected, CONTENT_REASONS.other_solver.code],
    [Verdict.Rejected, CONTENT_REASONS.not_sealed.code],
    [Verdict.Rejected, CONTENT_REASONS.other_key.code],
    [Verdict.Rejected, CONTENT_REASONS.commitment_mismatch.code],
    [Verdict.Scored, 0],
    [Verdict.Rejected, CONTENT_REASONS.too_large.code],
  ])
})

test('a CID of another layout is rejected on its first block, and so is one that states too many bytes', async () => {
  const id = await open()
  const [odd, vast] = await Promise.all([world.person(), world.person()])
  // One block of a few bytes as a node with a leaf, where the profile has the leaf alone.
  const leaf = new TextEncoder().encode('age-encryption.org/v1\n')
  const leafCid = CID.createV1(0x55, await sha256.digest(leaf))
  const node = (count: number, size: number) => {
    const file = new UnixFS({ type: 'file', blockSizes: Array.from({ length: count }, () => BigInt(size)) })
    return encode({
      Data: file.marshal(),
      Links: file.blockSizes.map(() => ({ Name: '', Tsize: size, Hash: leafCid })),
    })
  }
  const named = async (block: Uint8Array) => CID.createV1(0x70, await sha256.digest(block)).toString()
  const [small, huge] = [node(1, leaf.length), node(20, 1_048_576)]
  const blocks = new Map([
    [await named(small), small],
    [await named(huge), huge],
  ])
  const gateway = createServer((request, response) => {
    const block = [...blocks].find(([cid]) => request.url?.includes(cid))?.[1]
    response.writeHead(block ? 200 : 404).end(block)
  })
  gateway.listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  const { port } = gateway.address() as AddressInfo
  const other = await world.oracle(undefined, { ipfsUrls: [world.ipfs.url, `http://127.0.0.1:${port}`] })
  const second = await world.challenge({ oracles: [other.address] })
  await world.accepted(second)
  await world.enter(second, odd, { cid: await named(small) })
  await world.enter(second, vast, { cid: await named(huge) })
  await world.concluded(second, 2)
  gateway.close()
  expect(await world.submission(second, odd)).toMatchObject({ reason: CONTENT_REASONS.not_a_file.code })
  expect(await world.submission(second, vast)).toMatchObject({ reason: CONTENT_REASONS.too_large.code })
  // What it was rejected on can be had from the oracle.
  const served = await fetch(`${other.url}/ipfs/${await named(small)}?format=raw`)
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(new Uint8Array(small))
  expect((await world.state(id)).submitted).toBe(0)
})

test('content that cannot be fetched holds up no vote, and the queue of payments for one patience', async () => {
  const id = await open({ patience: 60n })
  const [lost, next] = await Promise.all([world.person(), world.person()])
  const nowhere = await computeCid(crypto.getRandomValues(new Uint8Array(100)))
  await world.enter(id, lost!, { cid: nowhere })
  await world.enter(id, next!, await world.seal(id, next!, predictions(1)))
  await until(async () => (await world.submission(id, next!)).votes.length === 1, { what: 'the second vote' })
  const stuck = async () => (await queueOf(oracle)).find((line) => line.challenge === id)
  await until(async () => (await stuck())?.state === 'failed_retrying', { what: 'the failure to show' })
  expect(await stuck()).toMatchObject({ number: 1, position: 1, voted: null, lastError: { code: expect.any(String) } })
  expect((await world.state(id)).concluded).toBe(0)
  await world.devnet.warp(61)
  await world.concluded(id, 2)
  expect((await world.submission(id, lost!)).verdict).toBe(Verdict.Unavailable)
  expect(await world.submission(id, next!)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
})

test('content that arrives late is graded as if it had always been there', async () => {
  // Patience enough for a busy machine: what is given up is voted on.
  const id = await open({ patience: 200n })
  const solver = await world.person()
  const sealed = crypto.getRandomValues(new Uint8Array(5_000))
  const file = { cid: await computeCid(sealed), sealed }
  await world.enter(id, solver, file, { to: [] })
  const attempts = async () => (await queueOf(oracle)).find((line) => line.challenge === id)?.attempts ?? 0
  await until(async () => (await attempts()) > 0, { what: 'a first attempt' })
  await world.handOut(world.ipfs.url, solver, file)
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Rejected, reason: 2 })
})

test('what arrives together is posted in few batches, and everybody who earned it is paid', async () => {
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
  const files: SubmissionFile[] = []
  for (const [index, solver] of people.entries())
    files.push(await world.seal(id, solver, predictions(1 + (index % 2), Math.floor(index / 2))))
  await Promise.all(people.map((solver, index) => world.enter(id, solver, files[index]!, { to: [] })))
  for (const [index, solver] of people.entries()) await world.handOut(world.ipfs.url, solver, files[index]!)
  const graded = async () => (await queueOf(busy)).filter(({ state }) => state === 'voting').length === 45
  await until(graded, { what: '45 graded submissions' })
  away = false
  await world.concluded(id, 45)
  const events = (await world.events()).filter((event) => event.type === 'scored' && event.challenge === id)
  const numbers = events.flatMap((event) => (event.type === 'scored' ? event.rows.map((row) => row.number) : []))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1))
  // What was ready first, then forty, then the rest.
  expect(events.length).toBeLessThanOrEqual(4)
  const { tallies } = await world.state(id)
  expect(tallies[0]).toMatchObject({ votes: 45, agreed: 45, disagreed: 0, missing: 0 })
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
  await world.concluded(id, 2)
  expect(await world.submission(id, without)).toMatchObject({ verdict: Verdict.Scored, flags: 0 })
  expect(await world.submission(id, trusting)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
})

test('no log line carries a row, a label or a key', () => {
  const text = lines.join('')
  expect(text).toContain('"event":"voted"')
  for (const row of TRUTH.trim().split('\n')) expect(text).not.toContain(row)
  expect(text).not.toMatch(/AGE-SECRET|\bS[A-Z2-7]{55}\b/)
})
