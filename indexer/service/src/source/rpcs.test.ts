/** Several RPCs as one source: who fails is stood in for, who leaves out is made up for, who serves another network is refused. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { type BadProxy, startBadProxy } from '../testing/bad-proxy.ts'
import { createEventChain } from '../testing/chain.ts'
import { contractOf, createChance } from '../testing/random.ts'
import { PASSPHRASE, type ReplayServer, startReplay } from '../testing/replay-server.ts'
import { tellStory } from '../testing/story.ts'
import { readSource } from './pages.ts'
import { createRpcs } from './rpcs.ts'

const chain = createEventChain(contractOf('stellartrain'))
tellStory(chain)
const ids = chain.raw.map(({ id }) => id)

let replay: ReplayServer
let one: BadProxy
let other: BadProxy

beforeAll(async () => {
  replay = await startReplay(chain, createChance(1))
  one = await startBadProxy(replay.url, createChance(1))
  other = await startBadProxy(replay.url, createChance(2))
})

beforeEach(() => {
  for (const proxy of [one, other]) Object.assign(proxy, { trouble: 0, hides: null, changes: null, oldest: 0 })
  replay.passphrase = PASSPHRASE
})

afterAll(async () => {
  await one?.close()
  await other?.close()
  await replay?.close()
})

/** Everything up to the latest ledger. */
async function readAll(window = 10_000, urls: readonly string[] = [one.url, other.url]) {
  const ending = new AbortController()
  const disagreed: string[] = []
  const events = new Set<string>()
  const gaps: { from: number; to: number }[] = []
  const source = readSource({
    ...{ rpcs: createRpcs(urls, { network: PASSPHRASE }), contract: chain.contract, window, limit: 3 },
    ...{ cursor: '', startLedger: 990, signal: ending.signal, disagreed: (found) => disagreed.push(...found) },
  })
  for await (const item of source) {
    if (item.type === 'gap') {
      gaps.push({ from: item.from, to: item.to })
      continue
    }
    for (const { id } of item.events) events.add(id)
    if (item.through >= chain.ledger()) break
  }
  ending.abort()
  return { events: [...events], disagreed: new Set(disagreed), gaps }
}

test.each([10_000, 2])(
  'windows of %i ledgers, read at once, come to the same events in their order',
  async (window) => {
    expect(await readAll(window)).toEqual({ events: ids, disagreed: new Set(), gaps: [] })
  },
)

test('an event that one leaves out is taken from the other, and told', async () => {
  one.hides = ({ id }) => id === ids[4] || id === ids.at(-1)
  other.hides = ({ id }) => id === ids[7]
  expect(await readAll()).toEqual({ events: ids, disagreed: new Set([ids[4], ids[7], ids.at(-1)]), gaps: [] })
})

test('one that fails is stood in for, and ledgers that only one has are asked of that one', async () => {
  Object.assign(one, { trouble: 1, accidents: ['broken'] })
  expect((await readAll()).events).toEqual(ids)
  one.trouble = 0
  one.oldest = chain.ledger()
  expect(await readAll()).toMatchObject({ events: ids, gaps: [] })
  other.oldest = chain.ledger()
  expect((await readAll()).gaps).toEqual([{ from: 990, to: chain.ledger() - 1 }])
})

test('one that answers and has stopped is stood in for, wherever it is named', async () => {
  const stopped = await startReplay(chain, createChance(4))
  onTestFinished(() => stopped.close())
  stopped.latest = chain.ledger() - 5
  expect((await readAll(10_000, [stopped.url, one.url])).events).toEqual(ids)
  expect((await readAll(10_000, [stopped.url, stopped.url, one.url])).events).toEqual(ids)
})

test.each([
  ['a value that is no XDR', { value: 'a\0b' }],
  ['a ledger beyond all', { id: '9223372036854775807-0000000000', ledger: 2_147_483_648 }],
  ['no transaction', { txHash: 'x' }],
])('one whose pages hold %s is stood in for', async (_, wrong) => {
  one.changes = ({ id }) => (id === ids[4] ? wrong : {})
  expect((await readAll()).events).toEqual(ids)
})

test('an event that two report differently is taken as most report it, and not at all where nobody knows', async () => {
  const lie = ({ id }: { id: string }) => (id === ids[4] ? { value: chain.raw[3]!.value } : {})
  one.changes = lie
  const failures: Error[] = []
  const ending = new AbortController()
  const source = (urls: readonly string[]) =>
    readSource({
      ...{ rpcs: createRpcs(urls), contract: chain.contract, limit: 100, cursor: '', startLedger: 990 },
      ...{ signal: ending.signal, patience: 0.01 },
      failed(error, count) {
        failures.push(error)
        if (count > 3) throw error
      },
    })
  const firstOf = async (urls: readonly string[]) => {
    for await (const item of source(urls)) return item.type === 'page' ? item.events : []
    return []
  }
  for (const urls of [
    [one.url, other.url],
    [other.url, one.url],
  ])
    await expect(firstOf(urls)).rejects.toMatchObject({
      code: 'rpcs_differ',
      message: expect.stringContaining(ids[4]!),
    })
  expect(failures.length).toBeGreaterThan(3)
  for (const urls of [
    [one.url, other.url, replay.url],
    [other.url, one.url, replay.url],
  ])
    expect((await firstOf(urls)).find(({ id }) => id === ids[4])?.value).toBe(chain.raw[4]!.value)
  ending.abort()
})

test('one that refuses everything, or sends without end, is stood in for', async () => {
  const unpaid = JSON.stringify({ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'no such key' } })
  for (const [status, body] of [[401, unpaid] as const, [200, ' '.repeat(5_000)] as const]) {
    const bad = createServer((_, response) => response.writeHead(status).end(body))
    await new Promise<void>((done) => bad.listen(0, '127.0.0.1', done))
    onTestFinished(() => void bad.close())
    const url = `http://127.0.0.1:${(bad.address() as AddressInfo).port}`
    const health = createRpcs([url, replay.url], { maxBytes: 1_000 }).request('getHealth')
    await expect(health).resolves.toMatchObject({ status: 'healthy' })
  }
})

test('one that serves another network is refused with a sentence', async () => {
  replay.passphrase = 'Other Network'
  await expect(readAll()).rejects.toMatchObject({
    code: 'wrong_network',
    message: expect.stringContaining('Other Network'),
  })
})

test('RPCs that rest are asked again in time, though the clock of the machine is set back meanwhile', async () => {
  for (const proxy of [one, other]) Object.assign(proxy, { trouble: 1, accidents: ['broken'] })
  const rpcs = createRpcs([one.url, other.url])
  await expect(rpcs.request('getHealth')).rejects.toThrow()
  for (const proxy of [one, other]) proxy.trouble = 0
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
  onTestFinished(() => void vi.useRealTimers())
  await vi.waitUntil(() => rpcs.request('getHealth').catch(() => false), { timeout: 240_000, interval: 100 })
})
