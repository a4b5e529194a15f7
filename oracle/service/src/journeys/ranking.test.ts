/** A ranking on private rows, end to end: it differs from the running table, is paid soon after, and survives who is missing. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Asset, type Keypair, Operation } from '@stellar/stellar-sdk'
import {
  type ContractEvent,
  deployAssetContract,
  invoke,
  Ranking,
  releasePayment,
  sendOperations,
  view,
  views,
} from '@stellartrain/contracts-client'
import { until } from '@stellartrain/contracts-client/testing/until'
import { cidFromChain, type Manifest, parseRanking, RANKING_MAX_BYTES } from '@stellartrain/ipfs-content'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunningOracle } from '../oracle.ts'
import { PARTED_TRUTH, PARTS, wrongIn } from './data.ts'
import { startWorld, statusOf, untilDone, untilRefused, type World } from './world.ts'

let world: World
let oracle: RunningOracle

beforeAll(async () => {
  world = await startWorld()
  oracle = await world.oracle()
})
afterAll(() => world?.close())

const PRIZES = [60_000_000n, 40_000_000n]

async function challenge(oracles: string[], more: object = {}): Promise<number> {
  const id = await world.challenge({
    oracles,
    csv: PARTED_TRUTH,
    payout: { tag: 'Ranked', values: [{ prizes: PRIZES }] },
    threshold: 5_000_000n,
    edit: (manifest: Manifest) => ({ ...manifest, truth: { ...manifest.truth!, parts: PARTS } }),
    ...more,
  })
  await world.accepted(id)
  return id
}

const enter = async (id: number, solver: Keypair, csv: string, attempt = 1) =>
  world.enter(id, solver, await world.seal(id, solver, csv), { attempt })

/** Publicly A leads B and C; privately B leads C and A. */
async function compete(id: number): Promise<{ a: Keypair; b: Keypair; c: Keypair }> {
  const [a, b, c] = (await Promise.all([1, 2, 3].map(() => world.person()))) as [Keypair, Keypair, Keypair]
  await enter(id, a, wrongIn(10, 11, 12, 13, 14, 15))
  await enter(id, b, wrongIn(0))
  await enter(id, c, wrongIn(0, 1, 20, 21))
  await world.concluded(id, 3)
  return { a, b, c }
}

const board = (id: number) => view(world.chain, views.board({ challenge: id }))
/** Ranked, and every prize sent. */
const paidOut = (id: number) =>
  until(
    async () => {
      const { ranking, purse } = await world.state(id)
      return ranking !== Ranking.Open && purse.prizes === 0n
    },
    { what: `the prizes of challenge ${id}` },
  )

async function eventsOf<Type extends ContractEvent['type']>(id: number, type: Type) {
  const all = (await world.events()).filter((event) => event.type === type)
  return (all as Extract<ContractEvent, { type: Type }>[]).filter(
    (event) => 'challenge' in event && event.challenge === id,
  )
}

async function releases(id: number): Promise<[string, bigint][]> {
  return (await eventsOf(id, 'payment_released')).map(({ solver, prize }) => [solver, prize])
}

const after = (seconds: number) => world.devnet.warp(seconds)

test('the prizes go by the private rows, each solver by its best submission, and are paid soon after', async () => {
  const id = await challenge([oracle.address])
  const { a, b, c } = await compete(id)
  // Better in public, worse in private: the first attempt goes on to count.
  await enter(id, b, wrongIn(25, 26, 27), 2)
  await world.concluded(id, 4)
  expect((await board(id)).map(({ solver }) => solver)).toEqual([a.publicKey(), b.publicKey()])
  expect(await eventsOf(id, 'ranking_posted')).toEqual([])

  await after(3_700)
  await paidOut(id)
  const [posted] = await eventsOf(id, 'ranking_posted')
  expect(posted).toMatchObject({ by: oracle.address, quorum: true })
  expect(posted!.rows).toEqual([
    { solver: b.publicKey(), attempt: 1, score: 10_000_000n },
    { solver: c.publicKey(), attempt: 1, score: 9_000_000n },
  ])
  expect((await releases(id)).sort()).toEqual(
    [
      [b.publicKey(), PRIZES[0]],
      [c.publicKey(), PRIZES[1]],
    ].sort(),
  )
  const report = parseRanking(await world.document(cidFromChain(posted!.report), RANKING_MAX_BYTES))
  expect(report).toMatchObject({ ...world.place, challenge: id, scored: 4, places: 2, leftOut: [] })
  expect(report.table.map(({ number, score }) => [number, score])).toEqual([
    [2, '10000000'],
    [3, '9000000'],
    [1, '7000000'],
  ])
})

test('two of three oracles are enough, their reports are the same, and the third finds it done', async () => {
  const [second, secret] = [await world.oracle(), (await world.person()).secret()]
  const third = await world.oracle(secret)
  const id = await challenge([oracle.address, second.address, third.address])
  const { b, c } = await compete(id)
  await third.close()
  await after(3_700)
  await paidOut(id)
  const posted = await eventsOf(id, 'ranking_posted')
  expect(posted.map((event) => event.by).sort()).toEqual([oracle.address, second.address].sort())
  expect(new Set(posted.map((event) => cidFromChain(event.report))).size).toBe(1)
  expect((await board(id)).map(({ solver }) => solver)).toEqual([b.publicKey(), c.publicKey()])
  expect(await releases(id)).toHaveLength(2)
  const back = await world.oracle(secret)
  await untilDone(back, id)
  expect((await statusOf(back)).retrying).toEqual([])
  expect(await eventsOf(id, 'ranking_posted')).toHaveLength(2)
})

test('an oracle that was killed before the deadline computes everything again and posts once', async () => {
  const secret = (await world.person()).secret()
  const first = await world.oracle(secret)
  const id = await challenge([first.address])
  const { b, c } = await compete(id)
  await first.close()
  await after(3_700)
  const again = await world.oracle(secret)
  await paidOut(id)
  expect((await board(id)).map(({ solver }) => solver)).toEqual([b.publicKey(), c.publicKey()])
  await untilDone(again, id)
  await again.close()
  const once = await world.oracle(secret)
  await untilDone(once, id)
  expect(await eventsOf(id, 'ranking_posted')).toHaveLength(1)
  expect(await releases(id)).toHaveLength(2)
})

test('when nobody ranked in time, the prizes go by the running table', async () => {
  const secret = (await world.person()).secret()
  const only = await world.oracle(secret)
  const id = await challenge([only.address])
  const { a, b } = await compete(id)
  await only.close()
  await after(4_300)
  await world.oracle(secret)
  await paidOut(id)
  expect((await world.state(id)).ranking).toBe(Ranking.Table)
  expect((await releases(id)).sort()).toEqual(
    [
      [a.publicKey(), PRIZES[0]],
      [b.publicKey(), PRIZES[1]],
    ].sort(),
  )
})

test('whoever withdraws the content after it was scored, from everybody, loses the place when only rankings are taken any more', async () => {
  const secret = (await world.person()).secret()
  const first = await world.oracle(secret)
  const id = await challenge([first.address], { patience: 60n })
  const { a, c } = await compete(id)
  await first.close()
  const gone = cidFromChain((await eventsOf(id, 'submitted'))[1]!.cid)
  const proxy = await hiding(gone)
  await after(3_590)
  const again = await world.oracle(secret, { ipfsUrls: [proxy.url] })
  await until(async () => (await statusOf(again)).retrying.some(({ code }) => code === 'ranking_incomplete'), {
    what: 'the ranking to lack a file',
  })
  expect(await eventsOf(id, 'ranking_posted')).toEqual([])
  await after(555)
  await paidOut(id)
  expect((await board(id)).map(({ solver }) => solver)).toEqual([c.publicKey(), a.publicKey()])
  proxy.close()
})

test('an oracle that had to leave a file out ranks again when another one brings it, and so they agree', async () => {
  const secrets = await Promise.all([1, 2, 3].map(async () => (await world.person()).secret()))
  const home = await mkdtemp(join(tmpdir(), 'oracle-ranking-'))
  const first = await world.oracle(secrets[0])
  const second = await world.oracle(secrets[1], { home })
  const third = await world.oracle(secrets[2])
  const id = await challenge([first.address, second.address, third.address], { patience: 600n })
  const { a, b, c } = await compete(id)
  const gone = cidFromChain((await eventsOf(id, 'submitted'))[1]!.cid)
  // The second one has the file on its disk: it fetched it even if the others voted first.
  await until(async () => (await fetch(`${second.url}/ipfs/${gone}`)).ok, { what: 'the file to be kept' })
  for (const one of [first, second, third]) await one.close()
  const proxy = await hiding(gone)
  await after(3_590)
  await world.oracle(secrets[0], { ipfsUrls: [proxy.url] })
  // Into the last patience before `grade_by`.
  await after(5_430)
  await until(async () => (await eventsOf(id, 'ranking_posted')).length === 1, { what: 'a ranking without the file' })
  const rows = async () => (await eventsOf(id, 'ranking_posted')).map((event) => event.rows.map((row) => row.solver))
  expect(await rows()).toEqual([[c.publicKey(), a.publicKey()]])
  await world.oracle(secrets[1], { home, port: Number(new URL(second.url).port), ipfsUrls: [proxy.url] })
  await paidOut(id)
  expect((await world.state(id)).ranking).toBe(Ranking.Oracles)
  const best = [b.publicKey(), c.publicKey()]
  expect(await rows()).toEqual([[c.publicKey(), a.publicKey()], best, best])
  proxy.close()
  await rm(home, { recursive: true, force: true })
})

test('a winner who cannot receive the token keeps the prize due, and nobody else waits for it', async () => {
  const asset = new Asset('PRIZE', world.maker.publicKey())
  const token = await deployAssetContract(world.chain, asset, world.maker, { pollMs: 50 })
  const id = await challenge([oracle.address], { token })
  const { b, c } = await compete(id)
  const trust = (who: Keypair) => sendOperations(world.chain, [Operation.changeTrust({ asset })], who, { pollMs: 50 })
  await trust(c)
  await after(3_700)
  await until(async () => (await releases(id)).length === 1, { what: 'the second prize' })
  // The first place is tried a few times, then left to whoever calls when it can arrive.
  await untilDone(oracle, id)
  expect(await releases(id)).toEqual([[c.publicKey(), PRIZES[1]]])
  expect((await world.state(id)).purse.prizes).toBe(PRIZES[0])
  await trust(b)
  const call = releasePayment({ challenge: id, solver: b.publicKey(), attempt: 1 })
  expect((await invoke(world.chain, call, c, { pollMs: 50 })).returnValue).toBe(PRIZES[0])
})

test.each([
  ['truth_part_empty', { csv: undefined }],
  ['bad_manifest', { edit: undefined }],
  ['parts_differ', { edit: (m: Manifest) => ({ ...m, truth: { ...m.truth, parts: { public: 20, private: 10 } } }) }],
  ['threshold_unreachable', { threshold: 10_000_001n }],
])('%s: a ranking that could not be made is not accepted', async (code, more) => {
  const id = await world.challenge({
    oracles: [oracle.address],
    csv: PARTED_TRUTH,
    payout: { tag: 'Ranked', values: [{ prizes: PRIZES }] },
    edit: (manifest: Manifest) => ({ ...manifest, truth: { ...manifest.truth!, parts: PARTS } }),
    ...(more as object),
  })
  expect(await untilRefused(oracle, id)).toMatchObject({ code })
  expect((await world.state(id)).accepted[0]).toBe(0)
})

/** The IPFS node without one file. */
async function hiding(cid: string): Promise<{ url: string; close(): void }> {
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const pieces: Uint8Array[] = []
    for await (const piece of request) pieces.push(piece as Uint8Array)
    const dropped = ['host', 'connection', 'content-length', 'content-encoding']
    const kept = (all: Iterable<[string, unknown]>) =>
      [...all].filter(([name]) => !dropped.includes(name)) as [string, string][]
    const answer = await fetch(`${world.ipfs.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: kept(Object.entries(request.headers)),
      ...(pieces.length > 0 && { body: Buffer.concat(pieces) }),
    })
    response.writeHead(answer.status, Object.fromEntries(kept(answer.headers)))
    response.end(Buffer.from(await answer.arrayBuffer()))
  }
  const server = createServer((request, response) => {
    if (request.url?.includes(cid)) return void response.writeHead(404).end()
    pass(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
