/** The same question of the same state is answered once; no answer outlives its state. */
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../store/database.ts'
import { checked, createTestApi, type TestApi } from '../testing/api.ts'
import { type Statements, statements } from '../testing/buffers.ts'
import { createEventChain, type EventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { createApp } from './app.ts'
import { createAnswers } from './kept.ts'

let chain: EventChain
let api: TestApi
let logged: Statements
let ask: TestApi['request']
let db: Kysely<Database>
beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
  logged = statements(api.database.url)
  db = logged.db
  ask = checked(createApp({ ...api.deps, db, keepsAnswersMs: 60_000 }))
})
afterAll(async () => {
  await db?.destroy()
  await api?.close()
})

const ofRows = () => logged.take().filter(({ sql }) => sql.includes('from "challenges"'))

test('is sent again with its headers, other forms are other answers, and what a client has is not sent', async () => {
  const first = await ask('/v1/challenges?limit=1')
  expect(ofRows().length).toBeGreaterThan(0)
  const second = await ask('/v1/challenges?limit=1')
  expect(ofRows()).toEqual([])
  expect(await second.json()).toEqual(await first.json())
  const compared = ['content-type', 'etag', 'link', 'vary', 'cache-control', 'access-control-allow-origin']
  for (const name of compared) expect([name, second.headers.get(name)]).toEqual([name, first.headers.get(name)])
  expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
  const known = await ask('/v1/challenges?limit=1', { headers: { 'if-none-match': first.headers.get('etag')! } })
  expect([known.status, await known.text(), known.headers.get('content-type')]).toEqual([304, '', null])
  const csv = await ask('/v1/challenges?limit=1', { headers: { accept: 'text/csv' } })
  expect(csv.headers.get('content-type')).toContain('text/csv')
  await csv.text()
  expect((await ask('/v1/challenges/99')).status).toBe(404)
  expect((await ask('/v1/challenges/99')).status).toBe(404)
})

test('is not sent once the tables have changed', async () => {
  const money = async () =>
    ((await (await ask('/v1/challenges/1')).json()) as { oracles: unknown; _meta: { ledger: number } })._meta.ledger
  const before = await money()
  const from = chain.raw.length
  chain.pass(5)
  chain.emit({ type: 'topped_up', challenge: 1, from: STORY.maker, escrow: 0n, fees: 5n })
  await api.commit(from)
  expect(await money()).toBeGreaterThan(before)
})

test('is not sent after a second, nor of another state', () => {
  let now = 0
  const answers = createAnswers(1_000, () => now)
  const answer = { body: '{}', tag: 'W/"1"', headers: {} }
  answers.keep('1', 'a', answer)
  expect(answers.find('1', 'a')).toMatchObject(answer)
  expect(answers.find('2', 'a')).toBeNull()
  now = 1_000
  expect(answers.find('1', 'a')).toBeNull()
  answers.keep('2', 'b', answer)
  expect(answers.has('a')).toBe(false)
  answers.keep('2', 'c', { ...answer, body: 'x'.repeat(300_000) })
  expect(answers.has('c')).toBe(false)
})
