/** What is refused, and how: paths, methods, parameters; and answers in the form that was asked for. */
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { createApp } from './app.ts'
import { cell } from './export/csv.ts'
import type * as Api from './types.ts'

let api: TestApi
let ledger: number
beforeAll(async () => {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  ledger = chain.ledger()
  api = await createTestApi(chain)
})
afterAll(() => api?.close())

test.each([['1e0'], ['0x1'], ['%201'], ['+1'], ['01'], ['1.0'], ['4294967296'], ['0']])(
  '%s is no number of a challenge',
  async (id) => {
    const response = await api.request(`/v1/challenges/${id}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'bad_request',
      errors: [{ path: 'id', message: expect.stringMatching(/^must be /) }],
    })
  },
)

test.each([
  ['/v1/challenges?bogus=1', 'bogus', 'is not a parameter of this path'],
  ['/v1/totals?at_ledger=3', 'at_ledger', 'is not a parameter of this path'],
  ['/v1/challenges?limit=1e1', 'limit', 'must be a whole number in decimal digits'],
  ['/v1/challenges?limit=0', 'limit', 'must be 1 or more'],
  ['/v1/challenges?limit=201', 'limit', 'must be 200 or less'],
  ['/v1/challenges?limit=1&limit=2', 'limit', 'is given more than once'],
  ['/v1/challenges?sort=old', 'sort', 'must be one of "newest", "deadline", "prize", "relevance"'],
  ['/v1/challenges?maker=GABC', 'maker', 'must be a Stellar account (G…) or contract (C…)'],
  ['/v1/challenges?cursor=!', 'cursor', 'must be a cursor from `next` or `prev` of a page'],
  [`/v1/challenges?q=${'a'.repeat(101)}`, 'q', 'must have at most 100 characters'],
  ['/v1/votes?number=1', 'number', 'needs challenge'],
  ['/v1/statistics?from=2026-13-45', 'from', 'must be a day, YYYY-MM-DD'],
  ['/v1/statistics?from=2026-02-30', 'from', 'must be a day of the calendar'],
])('%s names what is wrong', async (path, parameter, message) => {
  const response = await api.request(path)
  expect(response.status).toBe(400)
  expect(((await response.json()) as Api.Problem).errors).toEqual([{ path: parameter, message }])
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])(
  '%s is refused as a method, with those that are taken',
  async (method) => {
    for (const path of ['/v1/challenges', '/v1/challenges/1', '/v1/events', '/v1/challenges/1/leaderboard.csv']) {
      const response = await api.request(path, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
      expect(await response.json()).toMatchObject({ code: 'method_not_allowed' })
    }
    for (const path of ['/openapi.json', '/llms.txt', '/docs', '/docs/swagger-ui.css', '/health', '/metrics'])
      expect([path, (await api.request(path, { method })).status]).toEqual([path, 405])
    expect((await api.request('/v1/nonsense', { method })).status).toBe(404)
  },
)

test('304 is for what is there and has not changed, and for nothing else', async () => {
  const tag = (await api.request('/v1/challenges')).headers.get('etag')!
  const ask = (path: string, value: string) => api.request(path, { headers: { 'if-none-match': value } })
  for (const value of [tag, tag.replace('W/', ''), '*', `"x", ${tag}`]) {
    const response = await ask('/v1/challenges', value)
    expect([value, response.status, await response.text(), response.headers.get('etag')]).toEqual([value, 304, '', tag])
    expect(response.headers.get('content-type')).toBeNull()
  }
  for (const [path, status] of [
    ['/v1/challenges/9999', 404],
    ['/v1/nonsense', 404],
    ['/v1/challenges?limit=0', 400],
    ['/v1/challenges/9999/leaderboard.csv', 404],
  ] as const) {
    for (const value of [tag, '*']) expect([path, (await ask(path, value)).status]).toEqual([path, status])
  }
  // Of another form it is another tag.
  const csv = await api.request('/v1/challenges', { headers: { accept: 'text/csv' } })
  await csv.body!.cancel()
  expect(csv.headers.get('etag')).not.toBe(tag)
  const again = await api.request('/v1/challenges', {
    headers: { accept: 'text/csv', 'if-none-match': csv.headers.get('etag')! },
  })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['text/html', 'application/json'],
  ['text/csv', 'text/csv; charset=utf-8'],
  ['application/json, text/csv;q=0.1', 'application/json'],
  ['text/csv;q=0', 'application/json'],
  ['text/csv;q=0, */*', 'application/json'],
  ['text/csv, application/json;q=0.5', 'text/csv; charset=utf-8'],
  ['application/vnd.apache.parquet', 'application/vnd.apache.parquet'],
  ['application/json, text/event-stream;q=0.1', 'application/json'],
])('Accept: %s gets %s', async (accept, type) => {
  for (const path of ['/v1/challenges/1/submissions', '/v1/events']) {
    const response = await api.request(path, accept === undefined ? {} : { headers: { accept } })
    expect([response.headers.get('content-type'), response.headers.get('vary')?.toLowerCase()]).toEqual([
      type,
      expect.stringContaining('accept'),
    ])
    await response.body?.cancel()
  }
})

async function csv(path: string): Promise<string[][]> {
  const response = await api.request(path, { headers: { accept: 'text/csv' } })
  expect(response.status, path).toBe(200)
  return (await response.text())
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
}

test('CSV has the rows that were asked for', async () => {
  const path = '/v1/challenges/1/submissions'
  expect(await csv(`${path}?solver=${STORY.bob}`)).toHaveLength(2)
  expect(await csv(`${path}?limit=2`)).toHaveLength(3)
  const { next } = await api.get<Api.SubmissionPage>(`${path}?limit=1`)
  expect((await csv(`${path}?limit=1&cursor=${next}`))[1]![0]).toBe('3')
  // Before anything was graded nobody leads, and there were already four submissions.
  const early = ledger - 1
  expect(await csv(`/v1/challenges/1/leaderboard?at_ledger=${early}`)).toHaveLength(1)
  expect(await csv(`${path}?at_ledger=${early}`)).toHaveLength(5)
  const before = await api.get<Api.SubmissionPage>(`${path}?at_ledger=${early}&solver=${STORY.alice}&order=oldest`)
  expect(before.data.map(({ number, status }) => [number, status])).toEqual([
    [1, 'pending'],
    [4, 'pending'],
  ])
  const now = await api.request(`/v1/challenges/1/leaderboard?at_ledger=${ledger + 9}`, {
    headers: { accept: 'text/csv' },
  })
  expect(now.status).toBe(400)
})

test.each([
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['@sum', `"'@sum"`],
  ['\tx', `"'\tx"`],
  ['-cmd', `"'-cmd"`],
  ['＝1+1', `"'＝1+1"`],
  ['＋1', `"'＋1"`],
  ['－1', `"'－1"`],
  ['＠sum', `"'＠sum"`],
  [';=1+1', `";'=1+1"`],
  ['a;"=1+1"', `"a;""'=1+1"""`],
  ['a\n@sum', `"a\n'@sum"`],
  ['a; b', '"a; b"'],
  ['1-2', '1-2'],
  ['-0.5000000', '-0.5000000'],
  ['a,"b"', '"a,""b"""'],
  ['\r=1', `"\r'=1"`],
  [null, ''],
  [false, 'false'],
])('a cell with %j is written %s', (value, written) => {
  expect(cell(value)).toBe(written)
})

test('Parquet has the rows of the CSV, typed', async () => {
  const response = await api.request('/v1/challenges/1/submissions.parquet')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="submissions.parquet"')
  const rows = await parquetReadObjects({ file: await response.arrayBuffer() })
  const { data } = await api.get<Api.SubmissionPage>('/v1/challenges/1/submissions?order=oldest')
  expect(rows).toHaveLength(4)
  expect(rows[0]).toMatchObject({
    ...{ number: 1n, solver: STORY.alice, score: '0.9500000', passed: false, verdict_tx: data[0]!.verdictTx },
    submitted_at: new Date(data[0]!.submittedAt),
  })
  expect(rows[3]).toMatchObject({ number: 4n, score: null, verdict_at: null })
})

test('HEAD says what GET would, and holds nothing for a body that no one reads', async () => {
  const paths = [
    '/v1/challenges',
    '/v1/challenges/1/leaderboard.csv',
    '/v1/challenges/1/leaderboard.parquet',
    '/v1/totals',
  ]
  // Far more than there are places for exports, or connections.
  for (let round = 0; round < 5; round++) {
    for (const path of paths) {
      const head = await api.request(path, { method: 'HEAD' })
      expect([head.status, await head.text()]).toEqual([200, ''])
    }
  }
  for (const path of paths) {
    const [head, whole] = [await api.request(path, { method: 'HEAD' }), await api.request(path)]
    await whole.body?.cancel()
    for (const name of ['content-type', 'etag', 'vary', 'content-disposition']) {
      expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)])
    }
  }
  // Nor do readers who leave after the first byte.
  for (let round = 0; round < 12; round++) {
    const left = await api.request('/v1/challenges/1/leaderboard.csv')
    expect(left.status).toBe(200)
    await left.body!.cancel()
  }
})

test('who reads three files at once gives one up to who reads none', async () => {
  const clients = { perMinute: 0, proxies: 1, remoteOf: () => '10.0.0.1' }
  const app = createApp({ ...api.deps, clients })
  const read = (from: string) =>
    app.request('/v1/challenges/1/leaderboard.csv', { headers: { 'x-forwarded-for': from } })
  const first = [await read('203.0.113.1'), await read('203.0.113.1'), await read('203.0.113.1')]
  const last = await read('198.51.100.1')
  expect([...first, last].map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(await last.text()).toMatch(/^rank,/)
  expect((await read('203.0.113.1')).status).toBe(200)
  const ended = await Promise.allSettled(first.map((one) => one.text()))
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(1)
})

test('a search without a word finds nothing, and one with a letter wrong what was meant', async () => {
  const { manifest } = await api.get<Api.Challenge>('/v1/challenges/5')
  const known = {
    state: 'known',
    title: 'Which penguin is it?',
    summary: 'Three species on an island',
    metric: 'accuracy',
  }
  await api.database.db.updateTable('manifests').set(known).where('cid', '=', manifest).execute()
  const find = async (q: string) =>
    (await api.get<Api.ChallengePage>(`/v1/challenges?q=${encodeURIComponent(q)}`)).data.map(({ id }) => id)
  for (const q of ['!!!', '🐧', ' ', '&', '']) expect([q, await find(q)]).toEqual([q, []])
  expect(await find('pengiun')).toEqual([5, 4, 3, 2, 1])
  expect(await find('speceis island')).toEqual([5, 4, 3, 2, 1])
  expect(await find('whale')).toEqual([])
  expect(await find('#2')).toEqual([2])
})

test('what is not known whole is marked, and what may exist is not denied', async () => {
  const { db } = api.database
  expect(await api.get<Api.Challenge>('/v1/challenges/3')).toMatchObject({ completeness: null, _meta: { whole: true } })
  const since = {
    challenge: '3',
    state: 'recovered' as const,
    reason: 'gap',
    since: 1_001,
    as_of: 1_002,
    unknown: ['created_tx', 'paid'],
  }
  await db
    .insertInto('incomplete')
    .values({ ...since, unknown_submissions: '2' })
    .execute()
  await db.updateTable('sync').set({ challenges: 7, revision: '1' }).execute()
  const mark = {
    state: 'recovered',
    reason: 'gap',
    since: 1_001,
    asOf: 1_002,
    unknown: ['createdTx', 'paid'],
    unknownSubmissions: 2,
  }
  mark.unknown.push('solvers', 'best', 'units')
  expect(await api.get<Api.Challenge>('/v1/challenges/3')).toMatchObject({
    ...{ completeness: mark, createdTx: expect.any(String), paid: null, solvers: null, best: null },
    _meta: { whole: false },
  })
  const list = await api.get<Api.ChallengePage>('/v1/challenges')
  expect(list.data.map(({ completeness }) => completeness?.state ?? null)).toEqual([
    null,
    null,
    'recovered',
    null,
    null,
  ])
  const unknown = await api.request('/v1/challenges/7')
  expect([unknown.status, await unknown.json()]).toMatchObject([503, { code: 'not_known' }])
  expect((await api.request('/v1/challenges/8')).status).toBe(404)
  await db.updateTable('sync').set({ challenges: null, verified_ledger: null, revision: '2' }).execute()
  expect((await api.request('/v1/challenges/8')).status, 'nobody has asked the contract').toBe(503)
  expect((await api.get<Api.Totals>('/v1/totals'))._meta).toMatchObject({ whole: false, verifiedLedger: null })
})

test('what is left of the limit is told with every answer', async () => {
  const busy = createApp({ ...api.deps, clients: { perMinute: 60, proxies: 0, remoteOf: () => '10.0.0.1' } })
  const { headers } = await busy.request('/v1/totals')
  expect([headers.get('ratelimit-policy'), headers.get('ratelimit')]).toEqual([
    '"requests";q=60;w=60',
    '"requests";r=59;t=1',
  ])
})
