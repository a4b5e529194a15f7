/** Streams from many clients over one database: HEAD holds none, all read one tail, and those who leave are forgotten. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Database } from '../../store/database.ts'
import { createTestApi, type TestApi } from '../../testing/api.ts'
import { createEventChain, type EventChain } from '../../testing/chain.ts'
import { contractOf } from '../../testing/random.ts'
import { STORY, tellStory } from '../../testing/story.ts'
import { createApp } from '../app.ts'

let chain: EventChain
let api: TestApi
let db: Kysely<Database>
let queries: string[]
beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
  queries = []
  db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: api.database.url, max: 4 }) }),
    log: ({ query }) => void queries.push(query.sql),
  })
})
afterAll(async () => {
  await db?.destroy()
  await api?.close()
})

const STREAM = { headers: { accept: 'text/event-stream' } }
const emit = async (amount: bigint) => {
  const before = chain.raw.length
  chain.pass(5)
  chain.emit({ type: 'topped_up', challenge: 1, from: STORY.maker, escrow: 0n, fees: amount })
  await api.commit(before)
}

test('HEAD requests and readers who leave take no place', async () => {
  const app = createApp({ ...api.deps, db, streams: { most: 5, perClient: 5 } })
  for (let round = 0; round < 60; round++) {
    const head = await app.request('/v1/events', { ...STREAM, method: 'HEAD' })
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
    if (round % 5 > 0) continue
    const left = await app.request('/v1/events', STREAM)
    expect(left.status).toBe(200)
    await left.body!.cancel()
  }
  const open = await Promise.all(Array.from({ length: 5 }, () => app.request('/v1/events', STREAM)))
  expect(open.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  const full = await app.request('/v1/events', STREAM)
  expect([full.status, full.headers.get('retry-after')]).toEqual([503, '30'])
  for (const { body } of open) await body!.cancel()
  expect((await app.request('/v1/events', STREAM)).status).toBe(200)
})

const reading = () => queries.filter((sql) => sql.includes('from "events"')).length

test('streams whose filter finds nothing come up to the tail, and then cost no query', async () => {
  const app = createApp({ ...api.deps, db, streams: { most: 1_000, perClient: 1_000 } })
  const began = reading()
  const cursor = '0000000000000000000-0000000000'
  let beats = 0
  const readers = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const response = await app.request(`/v1/events?challenge=999999&cursor=${cursor}`, STREAM)
      const reader = response.body!.getReader()
      void (async () => {
        for (let next = await reader.read(); !next.done; next = await reader.read()) beats += 1
      })().catch(() => {})
      return reader
    }),
  )
  const witness = (await app.request('/v1/events', STREAM)).body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  void (async () => {
    for (let next = await witness.read(); !next.done; next = await witness.read()) text += next.value
  })().catch(() => {})
  await vi.waitUntil(() => beats === 100 && reading() - began >= 100, 240_000)
  // What a stream had read before the tail began, it reads once more.
  await emit(101n)
  await vi.waitUntil(() => text.includes('"fees":"101"'), 240_000)
  const before = reading()
  for (let fees = 102; fees <= 105; fees++) {
    await emit(BigInt(fees))
    await vi.waitUntil(() => text.includes(`"fees":"${fees}"`), 240_000)
  }
  expect(reading() - before).toBeLessThanOrEqual(4 + 1)
  await Promise.all([...readers, witness].map((reader) => reader.cancel()))
})

test('a crowd of streams costs one query a ledger, and each gets what it asked for', async () => {
  const app = createApp({ ...api.deps, db, streams: { most: 1_000, perClient: 1_000 } })
  const texts: string[] = []
  const readers = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const response = await app.request(`/v1/events${index % 2 ? '?challenge=2' : ''}`, STREAM)
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      texts[index] = ''
      void (async () => {
        for (let next = await reader.read(); !next.done; next = await reader.read()) texts[index] += next.value
      })().catch(() => {})
      return reader
    }),
  )
  const seen = (amount: number) => texts.filter((text) => text.includes(`"fees":"${amount}"`)).length
  await emit(1n)
  await vi.waitUntil(() => seen(1) === 30, 240_000)
  const before = reading()
  for (let ledger = 2; ledger <= 6; ledger++) {
    await emit(BigInt(ledger))
    await vi.waitUntil(() => seen(ledger) === 30, 240_000)
  }
  // One more where nothing happened for a while.
  expect(reading() - before).toBeLessThanOrEqual(5 + 1)
  const ids = [...texts[0]!.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)
  expect(ids).toEqual(chain.events.slice(-6).map(({ place }) => place.id))
  expect(texts[1]).not.toContain('id: ')
  await Promise.all(readers.map((reader) => reader.cancel()))
})
