/** Pages of lists: nothing twice and nothing lost while rows arrive, forwards and backwards; tokens that no other list takes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain } from '../testing/chain.ts'
import { FIRST_MADE, makeRows } from '../testing/made.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import type * as Api from './types.ts'

let api: TestApi
const SOLVERS = 60
beforeAll(async () => {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
  await withClient(api.database.url, (client) =>
    makeRows(client, { challenges: 6, submissions: 2 * SOLVERS, solvers: SOLVERS }),
  )
})
afterAll(() => api?.close())

type Page = { data: Record<string, unknown>[]; next: string | null; prev: string | null }
const address = 'GCP67YOO65K4XLBY47YLKISYFCWU3WJAM5JAEM7RKP7TN2NKKYU3MJWS'

const LISTS = [
  '/v1/challenges',
  '/v1/challenges?sort=deadline',
  '/v1/challenges?sort=prize',
  '/v1/challenges?q=island',
  `/v1/challenges/${FIRST_MADE}/submissions`,
  `/v1/challenges/${FIRST_MADE}/submissions?order=oldest`,
  `/v1/challenges/${FIRST_MADE}/leaderboard`,
  `/v1/challenges/${FIRST_MADE + 1}/leaderboard`,
  '/v1/challenges/1/leaderboard',
  '/v1/submissions',
  '/v1/submissions?order=oldest',
  '/v1/votes',
  `/v1/votes?challenge=${FIRST_MADE}&order=oldest`,
  '/v1/payments',
  `/v1/payments?challenge=${FIRST_MADE}`,
  '/v1/holds',
  '/v1/claims',
  '/v1/rankings',
  '/v1/oracles',
  '/v1/events',
  '/v1/events?order=newest&challenge=1',
  `/v1/accounts/${address}/submissions`,
  `/v1/accounts/${address}/claims`,
  `/v1/accounts/${address}/scores`,
  '/v1/challenges/1/epochs',
  '/v1/challenges/1/claims',
  '/v1/solvers',
  '/v1/solvers?sort=submissions',
  '/v1/records',
  `/v1/records?challenge=${FIRST_MADE}`,
  '/v1/badges',
  '/v1/badges?order=oldest',
  '/v1/makers',
  '/v1/statistics',
  '/v1/statistics?order=newest',
  '/v1/statistics/paid',
  '/v1/statistics/paid?order=newest',
  `/v1/challenges/${FIRST_MADE}/statistics`,
  `/v1/challenges/${FIRST_MADE}/scores`,
]

const withQuery = (path: string, query: string) => `${path}${path.includes('?') ? '&' : '?'}${query}`
const key = (row: Record<string, unknown>) => JSON.stringify(row)

async function walk(path: string, limit: number, between: (page: number) => Promise<void> = async () => {}) {
  const rows: Record<string, unknown>[] = []
  let last: Page
  let cursor: string | null = null
  let pages = 0
  do {
    last = await api.get<Page>(withQuery(path, `limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`))
    rows.push(...last.data)
    cursor = last.next
    await between(++pages)
  } while (cursor !== null)
  return { rows, last, pages }
}

test.each(LISTS)('%s: pages forwards and backwards are the whole list, and count says how long it is', async (path) => {
  const whole = (await walk(path, 200)).rows
  const { rows, last } = await walk(path, 7)
  expect(rows.map(key)).toEqual(whole.map(key))
  const counted = await api.get<{ count: number }>(withQuery(path, 'limit=1&count=true'))
  expect(counted.count).toBe(whole.length)
  const back = [...last.data]
  for (let at = last.prev; at !== null; ) {
    const page: Page = await api.get<Page>(withQuery(path, `limit=7&cursor=${at}`))
    expect(page.next, 'the page behind it').not.toBeNull()
    back.unshift(...page.data)
    at = page.prev
  }
  expect(back.map(key)).toEqual(whole.map(key))
})

test('no cursor is taken by another list, order or filter, and none can be made', async () => {
  const cursors = new Map<string, string>()
  for (const path of LISTS) {
    const { next } = await api.get<Page>(withQuery(path, 'limit=1'))
    if (next !== null) cursors.set(path, next)
  }
  expect(cursors.size).toBeGreaterThan(14)
  const statusOf = async (path: string, cursor: string) =>
    (await api.request(withQuery(path, `cursor=${encodeURIComponent(cursor)}`))).status
  // The id of an event is a place among all events; every other token belongs to one list alone.
  const plain = (path: string) => path.startsWith('/v1/events')
  const given = [...cursors]
  for (const [index, path] of LISTS.entries()) {
    // Its own, and some others: all pairs would take a minute.
    const tried = [0, 1, 2, 5, 9].map((step) => given[(index + step) % given.length]!)
    for (const [from, cursor] of new Map([...tried, ...given.filter(([one]) => one === path)])) {
      const own = from === path || (plain(from) && plain(path))
      expect([path, from, await statusOf(path, cursor)]).toEqual([path, from, own ? 200 : 400])
    }
  }
  const huge = Buffer.from('9'.repeat(39)).toString('base64url')
  const bent = (cursor: string) => `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`
  for (const path of LISTS) {
    for (const cursor of [
      huge,
      'MX4yfjM',
      'A'.repeat(60),
      'x',
      '%00',
      ...(plain(path) ? [] : [bent(cursors.get(path) ?? 'AAAAAAAAAAAAAAAAAAAAAAAA')]),
    ]) {
      expect([path, cursor, await statusOf(path, cursor)]).toEqual([path, cursor, 400])
    }
  }
})

test('a leaderboard repeats no one and skips no one while better scores arrive', async () => {
  const id = FIRST_MADE + 2
  const path = `/v1/challenges/${id}/leaderboard`
  const before = (await walk(path, 200)).rows as Api.LeaderboardRow[]
  expect(before).toHaveLength(SOLVERS)
  const better = (page: number) =>
    withClient(api.database.url, async (client) => {
      // A newcomer that is better than all, and one who was behind and now leads.
      const row = (number: number, solver: string) =>
        client.query(
          `insert into submissions select (jsonb_populate_record(s, jsonb_build_object('number', $2::int, 'solver', $3::text, 'score',
            20000000 + $2::int))).* from submissions s where challenge = $1 and number = 1`,
          [id, number, solver],
        )
      await row(10_000 + 2 * page, `G${'N'.repeat(54)}${'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[page]}`)
      await row(10_001 + 2 * page, before.at(-1)!.solver)
      await client.query('update challenges set events = events + 2, submitted = submitted + 2 where id = $1', [id])
    })
  const { rows, pages } = await walk(path, 10, (page) => (page <= 3 ? better(page) : Promise.resolve()))
  expect(pages).toBeGreaterThan(5)
  const solvers = (rows as Api.LeaderboardRow[]).map(({ solver }) => solver)
  expect(new Set(solvers).size, 'each solver once').toBe(solvers.length)
  expect(
    before.map(({ solver }) => solver).filter((solver) => !solvers.includes(solver)),
    'but who moved to the front',
  ).toEqual([before.at(-1)!.solver])
  // A rank says how many are better now, on whichever page it stands: three newcomers and the one who moved up came before these.
  // Asked in other words than before: rows written by hand are no new state, and the same question is answered once for each.
  const now = new Map(((await walk(path, 199)).rows as Api.LeaderboardRow[]).map((row) => [row.solver, row.rank]))
  const last = (rows as Api.LeaderboardRow[]).at(-1)!
  expect(last.rank).toBe(now.get(last.solver))
})

test('ties go to the earlier submission, in both directions', async () => {
  for (const id of [FIRST_MADE + 4, FIRST_MADE + 5]) {
    await withClient(api.database.url, (client) =>
      client.query('update submissions set score = 5000000 where challenge = $1 and number % 3 = 0', [id]),
    )
    const { direction } = await api.get<Api.Challenge>(`/v1/challenges/${id}`)
    const rows = (await walk(`/v1/challenges/${id}/leaderboard`, 7)).rows as Api.LeaderboardRow[]
    const sign = direction === 'maximize' ? -1 : 1
    const sorted = rows.toSorted(
      (one, other) => sign * (Number(one.score.units) - Number(other.score.units)) || one.number - other.number,
    )
    expect(rows.map(({ number }) => number)).toEqual(sorted.map(({ number }) => number))
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => index + 1))
  }
})

test('an export is of one state, however much arrives while it is read', async () => {
  const id = FIRST_MADE + 3
  await withClient(api.database.url, (client) =>
    client.query(
      `insert into submissions select copy.* from submissions s, generate_series(1001, 1700) n,
         jsonb_populate_record(s, jsonb_build_object('number', n, 'solver', 'G' || lpad(n::text, 55, 'A'))) copy
       where s.challenge = $1 and s.number = 1`,
      [id],
    ),
  )
  const response = await api.request(`/v1/challenges/${id}/leaderboard.csv`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    text += chunk.value
    await withClient(api.database.url, (client) =>
      client.query(
        `insert into submissions select (jsonb_populate_record(s, jsonb_build_object('number', (select max(number) + 1 from submissions
          where challenge = $1), 'solver', 'G' || lpad((select max(number) + 1 from submissions where challenge = $1)::text, 55, 'B'),
          'score', s.score - 1))).* from submissions s where challenge = $1 and number = 1`,
        [id],
      ),
    )
  }
  const lines = text.trimEnd().split('\r\n').slice(1)
  expect(lines).toHaveLength(SOLVERS + 700)
  expect(new Set(lines.map((line) => line.split(',')[5])).size).toBe(SOLVERS + 700)
})

test('links lead from page to page', async () => {
  const first = await api.request(`/v1/challenges?limit=2&maker=${STORY.maker}`)
  const link = first.headers.get('link')!
  expect(link).toMatch(/^<\/v1\/challenges\?limit=2&maker=G\w+&cursor=[\w-]+>; rel="next"$/)
  const second = await api.request(link.slice(1, link.indexOf('>')))
  expect(second.headers.get('link')).toMatch(/rel="next", <\/v1\/challenges\?[^>]+>; rel="prev"$/)
})

test('votes whose events are lost are on some page each, once', async () => {
  // As `recover` writes them: nothing tells when they were cast.
  await withClient(api.database.url, (client) =>
    client.query("update votes set event_id = '0~' where challenge >= $1 and number <= 3", [FIRST_MADE]),
  )
  for (const order of ['newest', 'oldest']) {
    const path = `/v1/votes?order=${order}`
    const rows = (await walk(path, 4)).rows.map(key)
    expect(rows).toHaveLength((await api.get<{ count: number }>(withQuery(path, 'limit=1&count=true'))).count)
    expect(new Set(rows).size).toBe(rows.length)
  }
})
