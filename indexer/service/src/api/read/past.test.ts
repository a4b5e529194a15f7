/** A challenge at an earlier ledger, replayed from its events, is what an index that ended there would say of it now. */
import { afterEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/api.ts'
import { statements } from '../../testing/buffers.ts'
import { randomHistory } from '../../testing/history.ts'
import { withClient } from '../../testing/tables.ts'
import { createApp } from '../app.ts'
import type { Challenge, LeaderboardPage, SubmissionPage } from '../types.ts'
import { createPastEvents } from './past-events.ts'

const open: TestApi[] = []
afterEach(async () => {
  for (const api of open.splice(0)) await api.close()
})

const CHALLENGES = 8

test.each([0.4, 0.95])('with %d of a random history told', async (part) => {
  const chain = randomHistory({ challenges: CHALLENGES, submissions: 20, seed: 21 })
  const { ledger, closedAt } = chain.events[Math.floor((chain.events.length - 1) * part)]!.place
  const [whole, ended] = [await createTestApi(chain), await createTestApi(chain, ledger)]
  open.push(whole, ended)
  // The past is judged by the clock of its last ledger.
  ended.clock = closedAt * 1_000
  const then = async <T>(path: string) => (await whole.request(`${path}?at_ledger=${ledger}`)).json() as Promise<T>
  let compared = 0
  for (let id = 1; id <= CHALLENGES; id++) {
    const path = `/v1/challenges/${id}`
    const now = await ended.request(path)
    expect((await whole.request(`${path}?at_ledger=${ledger}`)).status, path).toBe(now.status)
    if (now.status !== 200) continue
    compared++
    const told = (await now.json()) as Challenge
    expect({ ...(await then<Challenge>(path)), atLedger: null, _meta: null }, path).toEqual({ ...told, _meta: null })
    const board = await ended.get<LeaderboardPage>(`${path}/leaderboard`)
    expect((await then<LeaderboardPage>(`${path}/leaderboard`)).data, path).toEqual(board.data)
  }
  expect(compared).toBeGreaterThanOrEqual(Math.floor(CHALLENGES * part))
})

const END = '9999999999999999999-0000000000'

test('a past that was asked for is not decoded again, at an earlier ledger neither, and is the same', async () => {
  const chain = randomHistory({ challenges: 1, submissions: 20, seed: 4 })
  const api = await createTestApi(chain)
  open.push(api)
  const { db, take } = statements(api.database.url)
  const app = createApp({ ...api.deps, db, keepsAnswersMs: 0 })
  const decodes = () => take().filter(({ sql }) => sql.includes('"topics"')).length
  const get = async (path: string, from = app) => {
    const response = await from.request(path)
    expect(response.status, path).toBe(200)
    return (await response.json()) as SubmissionPage
  }
  const ledgers = chain.events.map(({ place }) => place.ledger)
  const [first, last] = [ledgers[Math.floor(ledgers.length / 2)]!, ledgers.at(-1)! - 1]
  const path = (ledger: number) => `/v1/challenges/1/submissions?at_ledger=${ledger}`
  const before = await get(path(last))
  expect(decodes()).toBe(1)
  expect((await get(path(last))).data).toEqual(before.data)
  const earlier = await get(path(first))
  await get(`/v1/challenges/1/leaderboard?at_ledger=${last}`)
  expect(decodes()).toBe(0)
  // Another process finds the same.
  const other = createApp({ ...api.deps, db, keepsAnswersMs: 0 })
  expect((await get(path(first), other)).data).toEqual(earlier.data)
  await db.destroy()
})

test('an event that came late is in the past, and of many histories those that were asked for last are kept', async () => {
  const chain = randomHistory({ challenges: 3, submissions: 10, seed: 5 })
  const api = await createTestApi(chain)
  open.push(api)
  const { db, take } = statements(api.database.url)
  const own = (id: number) => chain.events.filter(({ event }) => 'challenge' in event && event.challenge === id)
  const pastEvents = createPastEvents(own(1).length + own(2).length)
  const ids = async (id: number) => (await pastEvents(db, String(id), END))!.map(({ place }) => place.id)
  const decoded = () => take().some(({ sql }) => sql.includes('"topics"'))
  const late = own(1)[3]!.place.id
  const remove = 'with gone as (delete from events where id = $1 returning *) insert into later select * from gone'
  await withClient(api.database.url, async (client) => {
    await client.query('create table later (like events)')
    await client.query(remove, [late])
  })
  expect(await ids(1)).toEqual(own(1).flatMap(({ place: { id } }) => (id === late ? [] : [id])))
  await withClient(api.database.url, (client) => client.query('insert into events select * from later'))
  expect(await ids(1)).toEqual(own(1).map(({ place }) => place.id))
  await ids(2)
  await ids(1)
  decoded()
  await ids(2)
  await ids(1)
  expect(decoded()).toBe(false)
  await ids(3)
  decoded()
  await ids(2)
  expect(decoded()).toBe(true)
  await db.destroy()
})
