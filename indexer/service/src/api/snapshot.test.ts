/** Answers are begun on the state of the one before, and are of the state that their `_meta` names all the same. */
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SET_APART } from '../store/commit.ts'
import type { Database } from '../store/database.ts'
import { checked, createTestApi, type TestApi } from '../testing/api.ts'
import { type Statements, statements } from '../testing/buffers.ts'
import { createEventChain, type EventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import { createApp } from './app.ts'

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
  ask = checked(createApp({ ...api.deps, db, keepsAnswersMs: 0 }))
})
afterAll(async () => {
  await db?.destroy()
  await api?.close()
})

type Answer = { data: { id: number; added: string | null }[]; _meta: { ledger: number } }

const addedIn = ({ data }: Answer) => data.find(({ id }) => id === 1)?.added

const lists = () => logged.take().filter(({ sql }) => /from "challenges" as "c"/.test(sql)).length

test('rows are read once while the state stays, and again where it has changed; the second ones are sent', async () => {
  const get = async () => {
    const response = await ask('/v1/challenges?sort=newest')
    return { tag: response.headers.get('etag'), body: (await response.json()) as Answer }
  }
  await get()
  lists()
  const first = await get()
  expect(lists()).toBe(1)
  const from = chain.raw.length
  chain.pass(5)
  chain.emit({ type: 'topped_up', challenge: 1, from: STORY.maker, escrow: 7n, fees: 0n })
  await api.commit(from)
  const second = await get()
  expect(lists()).toBe(2)
  expect(second.body._meta.ledger).toBeGreaterThan(first.body._meta.ledger)
  expect(second.tag).not.toBe(first.tag)
  expect(BigInt(addedIn(second.body)!)).toBe(BigInt(addedIn(first.body)!) + 7n)
  expect((await get()).body.data).toEqual(second.body.data)
  expect(lists()).toBe(1)
})

test('a refusal that another state would not have said is not said', async () => {
  const from = chain.raw.length
  chain.pass(60)
  chain.emit({ type: 'topped_up', challenge: 1, from: STORY.maker, escrow: 0n, fees: 5n })
  // The ledger before the last event's is whole.
  const next = chain.events.at(-1)!.place.ledger - 1
  expect((await ask(`/v1/challenges/1?at_ledger=${next}`)).status).toBe(400)
  await api.commit(from)
  expect((await ask(`/v1/challenges/1?at_ledger=${next}`)).status).toBe(200)
})

test('what is not valid is refused without the database, and what nobody has read is not tagged', async () => {
  logged.take()
  const refused = await ask('/v1/challenges?limit=0')
  expect([refused.status, refused.headers.get('etag'), logged.take()]).toEqual([400, null, []])
  const missing = await ask('/v1/challenges/99')
  expect([missing.status, missing.headers.get('etag')]).toEqual([404, null])
})

test('lists that are asked for at once share their snapshots, and what fails for one of them fails for it alone', async () => {
  const paths = [
    '/v1/challenges',
    '/v1/events',
    '/v1/votes',
    '/v1/payments',
    '/v1/challenges/1/submissions',
    '/v1/holds',
  ]
  const all = () => Promise.all(paths.map((path) => ask(path)))
  const data = (answers: Response[]) => Promise.all(answers.map(async (one) => ((await one.json()) as Answer).data))
  const apart: unknown[] = []
  for (const path of paths) apart.push(...(await data([await ask(path)])))
  logged.take()
  expect(await data(await all())).toEqual(apart)
  expect(logged.take().filter(({ sql }) => sql.includes('"sync"'))).toHaveLength(1)
  const rename = (from: string, to: string) =>
    withClient(api.database.url, (client) => client.query(`alter table ${from} rename to ${to}`))
  await rename('payments', 'away')
  const answers = await all()
  await rename('away', 'payments')
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 503, 200, 200])
  expect(await data(answers.filter(({ ok }) => ok))).toEqual(apart.toSpliced(3, 1))
})

test('a challenge that is marked by a page within a ledger is not whole in the next answer', async () => {
  const meta = async () => ((await (await ask('/v1/challenges')).json()) as { _meta: { whole: boolean } })._meta
  const verified = 'update sync set verified_ledger = ledger, challenges = (select count(*) from challenges)'
  await withClient(api.database.url, (client) => client.query(verified))
  expect(await meta()).toMatchObject({ whole: true })
  // As commitPage does where it accepts that events are missing, and the page ends before its ledger does.
  await withClient(api.database.url, async (client) => {
    await client.query(SET_APART, [1, 'missing_events', '', 1_000])
    await client.query('update sync set events = events + 1')
  })
  expect(await meta()).toMatchObject({ whole: false })
})
