/** Receivers that answer late and wallets that take places: neither costs an honest account its messages or its webhook. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from '@stellartrain/contracts-client/testing/until'
import { silentLog } from '@stellartrain/service'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain, type EventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { runDeliveries } from './deliver.ts'
import { addEndpoint, changeEndpoint, findEndpoint } from './endpoints.ts'
import type { Places } from './places.ts'

let chain: EventChain
let api: TestApi
beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
})
beforeEach(async () => {
  await api.database.db.deleteFrom('webhooks.endpoints').execute()
})
afterAll(() => api?.close())

const START = '0000000000000000000-0000000000'
const FACTS = { url: 'https://example.org/', description: '', types: [], challenges: [], about: null }

const add = (account: string, url = FACTS.url, places?: Places) =>
  addEndpoint(api.database.db, account, { ...FACTS, url }, START, places)

const set = (account: string, values: { proven?: boolean; pace?: number; state?: 'disabled' }) =>
  api.database.db.updateTable('webhooks.endpoints').set(values).where('account', 'like', account).execute()

async function receiver(answers: boolean) {
  let asked = 0
  const server = createServer((incoming, outgoing) => {
    asked += 1
    incoming.resume()
    if (answers) outgoing.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked: () => asked }
}

function send(timeoutMs: number, atOnce: { quick: number; slow: number; new: number }) {
  const ended = new AbortController()
  const { url: dbUrl } = api.database
  const running = runDeliveries({
    ...{ dbUrl, feed: api.deps.feed, signal: ended.signal, log: silentLog, allowPrivate: true, now: Date.now },
    ...{ idleMs: 10, timeoutMs, atOnce, schedule: [0, 0, 0, 0, 0, 0, 0], random: () => 0 },
  })
  onTestFinished(async () => {
    ended.abort()
    await running
  })
}

test('receivers that answer late hold the senders of late ones, and those that never answered their own', async () => {
  const [late, quick, fresh] = [await receiver(false), await receiver(true), await receiver(true)]
  for (let n = 0; n < 12; n++) await add(`GLATE${n >> 2}`, late.url)
  await set('GLATE%', { proven: true, pace: 15_000 })
  await add('GQUICK', quick.url)
  await set('GQUICK', { proven: true })
  send(600_000, { quick: 1, slow: 2, new: 1 })
  await until(() => late.asked() === 2, { what: 'the senders of late ones to wait' })
  await until(() => quick.asked() === chain.events.length + 1, { what: 'all of the quick one' })
  // One that comes now is proven by its ping, and is sent the rest as a quick one.
  await add('GFRESH', fresh.url)
  await until(() => fresh.asked() === chain.events.length + 1, { what: 'all of the new one' })
  expect(late.asked()).toBe(2)
})

test('one that was quick and is late has to be quick for long before it is again', async () => {
  const late = await receiver(false)
  const { id } = await add('GLATE', late.url)
  await set('GLATE', { proven: true })
  send(1_100, { quick: 1, slow: 0, new: 0 })
  await until(async () => (await findEndpoint(api.database.db, 'GLATE', id)).attempts > 0, { what: 'a late answer' })
  const { pace } = await findEndpoint(api.database.db, 'GLATE', id)
  expect(pace).toBeGreaterThan(1_000)
  expect(late.asked()).toBe(1)
})

test('of accounts with as many waiting, none has a second sender before each has one', async () => {
  const [many, one] = [await receiver(false), await receiver(false)]
  for (let n = 0; n < 10; n++) await add('GMANY', many.url)
  await add('GONE', one.url)
  await set('G%', { proven: true })
  send(600_000, { quick: 2, slow: 0, new: 0 })
  await until(() => many.asked() + one.asked() === 2, { what: 'both senders' })
  expect([many.asked(), one.asked()]).toEqual([1, 1])
})

const accounts = async () =>
  (await api.database.db.selectFrom('webhooks.endpoints').select('account').orderBy('account').execute()).map(
    ({ account }) => account,
  )

test('what answered once keeps its place, disabled or not; of the rest the account with the most gives way', async () => {
  const places = { strangers: 6, all: 8 }
  await add('GHONEST', FACTS.url, places)
  await set('GHONEST', { proven: true, state: 'disabled' })
  await add('GSINGLE', FACTS.url, places)
  for (let n = 0; n < 4; n++) await add('GMANY', FACTS.url, places)
  await add('GNEXT', FACTS.url, places)
  expect(await accounts()).toEqual(['GHONEST', 'GMANY', 'GMANY', 'GMANY', 'GNEXT', 'GSINGLE'])
  await set('G%', { proven: true })
  await expect(add('GLATER', FACTS.url, places)).rejects.toThrow('take part in one')
  expect(await accounts()).toHaveLength(6)
})

test.each(['maker', 'carol'] as const)(
  '%s has a part in a challenge, and a place that strangers cannot take',
  async (who) => {
    const places = { strangers: 4, all: 5 }
    for (let n = 0; n < 4; n++) await add(`GTAKEN${n}`, FACTS.url, places)
    await set('G%', { proven: true })
    await expect(add('GMORE', FACTS.url, places)).rejects.toMatchObject({ code: 'too_many_webhooks' })
    await add(STORY[who], FACTS.url, places)
    await set('G%', { proven: true })
    await expect(add(STORY[who], FACTS.url, places)).rejects.toMatchObject({ code: 'too_many_webhooks' })
    expect(await accounts()).toHaveLength(5)
  },
)

test('one that is old and gets another URL has a week to answer, as a new one has', async () => {
  const { db } = api.database
  const { id } = await add('GOLD')
  const long = new Date(Date.now() - 30 * 86_400_000)
  await db.updateTable('webhooks.endpoints').set({ proven: true, created_at: long, unproven_since: long }).execute()
  await changeEndpoint(db, 'GOLD', id, { url: 'https://example.org/other' })
  await add('GNEW')
  expect(await accounts()).toEqual(['GNEW', 'GOLD'])
  await db.updateTable('webhooks.endpoints').set({ unproven_since: long }).where('id', '=', id).execute()
  await add('GNEW')
  expect(await accounts()).toEqual(['GNEW', 'GNEW'])
})
