/** The API over real tables: every resource, its pages, its freshness, its refusals. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checked, createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain, type EventChain, START_TIME } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { createApp } from './app.ts'
import type * as Api from './types.ts'

let chain: EventChain
let api: TestApi

beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  api = await createTestApi(chain)
})

afterAll(() => api.close())

test('a challenge tells its rules, its money and what happens if nobody acts', async () => {
  const challenge = await api.get<Api.Challenge>('/v1/challenges/1')
  expect(challenge).toMatchObject({
    ...{ id: 1, phase: 'open', submissions: 4, concluded: 3, scored: 1, head: 3, solvers: 3, winners: 1, quorum: 1 },
    ...{ due: 1, kept: 0, verdictFee: '100000', uniqueContent: true, judge: null, gate: null, folded: false },
    payout: { rule: 'bounty', reward: '10000000', winners: 2 },
    prize: '20000000',
    left: '10000000',
    paid: '10000000',
    best: { units: '9500000', value: 0.95 },
    money: {
      ...{ escrow: '10000000', prizes: '0', deposits: '500000', budget: '800000', heldFees: '100000', owed: '0' },
      ...{ fees: '300000', refunded: '0' },
    },
    oracles: [{ address: STORY.oracle, accepted: true, votes: 3, agreed: 3, open: 0, feesEarned: '300000' }],
    shares: 'c0ffee',
    board: [{ place: 1, solver: STORY.alice, number: 1, prize: '10000000', due: true, waiting: false, paid: true }],
    keptPlaces: [],
    closing: null,
    info: null,
  })
  expect(challenge.key).toMatch(/^[0-9a-f]{64}$/)
  expect(challenge.defaults.map(({ code }) => code)).toEqual([
    ...['submissions_close', 'votes_end', 'unsettled', 'refund_rest'],
  ])
  expect(challenge._meta).toMatchObject({ completeSince: 1000, contract: chain.contract, network: 'net' })
})

test('a submission tells its path from the queue to the payment', async () => {
  const [won, rejected, copy, waiting] = await Promise.all(
    [1, 2, 3, 4].map((number) => api.get<Api.SubmissionDetail>(`/v1/challenges/1/submissions/${number}`)),
  )
  expect(won).toMatchObject({
    ...{ status: 'scored', standing: 'scored', won: true, due: true, prize: '10000000', meetsThreshold: true },
    ...{ owed: { total: '0' }, flags: { prizePaid: true, held: false }, next: null },
    score: { units: '9500000' },
    decision: { verdict: 'scored', by: 'oracles', oracles: [STORY.oracle] },
    payment: { amount: '10500000' },
    votes: [{ oracle: STORY.oracle, verdict: 'scored', late: false, improved: false }],
    queuePosition: null,
  })
  expect(won!.payment!.tx).toBe(won!.verdictTx)
  expect(won!.decision!.report).toBe(won!.report)
  expect(rejected).toMatchObject({
    standing: 'rejected',
    reason: { code: 40, name: 'missing_column' },
    score: null,
    payment: { amount: '400000' },
  })
  expect(copy).toMatchObject({ standing: 'rejected', reason: { code: 100 }, won: false })
  expect(waiting).toMatchObject({
    ...{ status: 'pending', standing: 'pending', queuePosition: 1, verdictAt: null, votes: [], decision: null },
    next: { does: 'conclude', why: 'votes', at: new Date((START_TIME + 200_000) * 1000).toISOString() },
  })
})

test('phases, standings and what is owed follow the clock, before any call has written them', async () => {
  const before = api.clock
  const at = async (seconds: number) => {
    api.clock = (START_TIME + seconds) * 1000
    return api.get<Api.Challenge>('/v1/challenges/1')
  }
  expect((await at(90_000)).phase).toBe('open')
  expect(await at(100_001)).toMatchObject({
    ...{ phase: 'grading', closing: { prize: '0', budget: '800000', keptPrize: '10000000', folds: false } },
  })
  const over = await at(200_001)
  expect(over).toMatchObject({
    ...{
      phase: 'over',
      nextPhaseAt: null,
      closing: { prize: '10000000', budget: '800000', total: '10800000', folds: true },
    },
  })
  const waiting = await api.get<Api.SubmissionDetail>('/v1/challenges/1/submissions/4')
  expect(waiting).toMatchObject({
    ...{ status: 'pending', standing: 'unsettled', owed: { deposit: '500000', total: '500000' }, next: { why: null } },
  })
  api.clock = before
})

test('lists are filtered, sorted and paged without loss', async () => {
  const all = await api.get<Api.ChallengePage>('/v1/challenges?limit=200')
  expect(all.data.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1])
  for (const sort of ['newest', 'deadline', 'prize']) {
    const whole = await api.get<Api.ChallengePage>(`/v1/challenges?sort=${sort}`)
    const ids: number[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Api.ChallengePage = await api.get(
        `/v1/challenges?sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      )
      ids.push(...page.data.map(({ id }) => id))
      cursor = page.next
    }
    expect(ids, sort).toEqual(whole.data.map(({ id }) => id))
  }
  expect((await api.get<Api.ChallengePage>('/v1/challenges?sort=deadline')).data.map(({ id }) => id)).toEqual([
    3, 1, 5, 4, 2,
  ])
  expect((await api.get<Api.ChallengePage>('/v1/challenges?phase=cancelled')).data.map(({ id }) => id)).toEqual([2])
  expect((await api.get<Api.ChallengePage>('/v1/challenges?phase=accepting')).data.map(({ id }) => id)).toEqual([5, 4])
  expect(
    (await api.get<Api.ChallengePage>(`/v1/challenges?oracle=${STORY.oracle}&phase=open`)).data.map(({ id }) => id),
  ).toEqual([3, 1])
  expect((await api.get<Api.ChallengePage>('/v1/challenges?q=%231')).data.map(({ id }) => id)).toEqual([1])

  const first = await api.get<Api.SubmissionPage>('/v1/challenges/1/submissions?limit=3')
  const second = await api.get<Api.SubmissionPage>(`/v1/challenges/1/submissions?limit=3&cursor=${first.next}`)
  expect([...first.data, ...second.data].map(({ number }) => number)).toEqual([4, 3, 2, 1])
  expect(second.next).toBeNull()
})

test('the leaderboard ranks the best of each solver', async () => {
  const { data } = await api.get<Api.LeaderboardPage>('/v1/challenges/3/leaderboard')
  expect(data.map((row) => [row.rank, row.solver, row.number, row.attempts])).toEqual([
    [1, STORY.bob, 2, 1],
    [2, STORY.alice, 3, 2],
  ])
  const second = await api.get<Api.LeaderboardPage>('/v1/challenges/3/leaderboard?limit=1')
  expect((await api.get<Api.LeaderboardPage>(`/v1/challenges/3/leaderboard?cursor=${second.next}`)).data[0]?.rank).toBe(
    2,
  )
})

test('an account shows all its roles, and an unknown one shows zeros', async () => {
  const alice = await api.get<Api.Account>(`/v1/accounts/${STORY.alice}`)
  expect(alice).toMatchObject({ submissionCount: 4, wins: 1, maker: null, oracle: null })
  expect(alice.earned).toMatchObject([{ amount: '10000000', payments: 1 }])
  const maker = await api.get<Api.Account>(`/v1/accounts/${STORY.maker}`)
  expect(maker).toMatchObject({ challengeCount: 5, maker: { challenges: 5, cancelled: 1 } })
  const nobody = await api.get<Api.Account>(`/v1/accounts/${contractOf('nobody')}`)
  expect(nobody).toMatchObject({ earned: [], submissions: [], challenges: [], submissionCount: 0 })
  const { data } = await api.get<Api.OraclePage>('/v1/oracles')
  expect(data).toMatchObject([
    {
      address: STORY.oracle,
      keyVersion: 2,
      votes: 6,
      missing: 0,
      record: { accepted: 2, folded: 0 },
      medianSecondsToVote: expect.any(Number),
    },
  ])
  expect((await api.get<Api.OracleDetail>(`/v1/oracles/${STORY.oracle}`)).keys).toHaveLength(2)
})

test('totals add up what is locked and paid', async () => {
  const totals = await api.get<Api.Totals>('/v1/totals')
  expect(totals).toMatchObject({
    challenges: 5,
    open: 2,
    submissions: 7,
    oracles: 1,
    medianSecondsToPayment: expect.any(Number),
  })
  expect(totals.paid).toMatchObject([{ amount: '10000000' }])
  expect(BigInt(totals.locked[0]!.amount)).toBeGreaterThan(0n)
})

test('events come back as they were, by page, by kind, by transaction', async () => {
  const types: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Api.EventPage = await api.get(`/v1/events?limit=7${cursor ? `&cursor=${cursor}` : ''}`)
    types.push(...page.data.map(({ type }) => type))
    cursor = page.next
  }
  expect(types).toEqual(chain.events.map(({ event }) => event.type))
  const scored = await api.get<Api.EventPage>('/v1/events?type=scored&challenge=1')
  expect(scored.data[0]).toMatchObject({
    data: { settle: true, rows: [{ number: 1, by: 0, says: { status: 'scored', score: '9500000' } }, {}, {}] },
  })
  const { txHash } = chain.events.at(-1)!.place
  expect(await api.get<Api.Transaction>(`/v1/transactions/${txHash}`)).toMatchObject({
    hash: txHash,
    events: [{ txHash }],
  })
})

test('leaderboard and submissions come as CSV, whole and with exact figures', async () => {
  const rows = async (path: string, accept?: string) => {
    const response = await api.request(path, accept ? { headers: { accept } } : {})
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = (await response.text()).split('\r\n')
    expect(lines.pop()).toBe('')
    return lines.map((line) => line.split(','))
  }
  const [names, first] = await rows('/v1/challenges/3/leaderboard.csv')
  expect(Object.fromEntries(names!.map((name, index) => [name, first![index]]))).toMatchObject({
    ...{ rank: '1', solver: STORY.bob, score: '0.0020000', meets_threshold: 'false', place: '' },
    submitted_at: new Date((START_TIME + 15) * 1000).toISOString(),
  })
  const all = await rows('/v1/challenges/1/submissions.csv')
  const columns = ['number', 'standing', 'reason', 'score', 'prize', 'decided_by'].map((name) => all[0]!.indexOf(name))
  expect(all.slice(1).map((row) => columns.map((column) => row[column]))).toEqual([
    ['1', 'scored', '', '0.9500000', '10000000', 'oracles'],
    ['2', 'rejected', 'missing_column', '', '0', 'oracles'],
    ['3', 'rejected', expect.any(String), '', '0', 'oracles'],
    ['4', 'pending', '', '', '0', ''],
  ])
  expect(await rows('/v1/challenges/1/submissions?order=oldest', 'text/csv')).toEqual(all)
  expect((await api.request('/v1/challenges/9/leaderboard.csv')).status).toBe(404)
})

test('a client that sends too many requests is told when to retry, and only that client', async () => {
  let remote = '10.0.0.1'
  const clients = { perMinute: 3, proxies: 1, remoteOf: () => remote }
  const busy = checked(createApp({ ...api.deps, clients }))
  const ask = (forwarded?: string) => busy('/v1/totals', forwarded ? { headers: { 'x-forwarded-for': forwarded } } : {})
  for (const status of [200, 200, 200]) expect((await ask()).status).toBe(status)
  const refused = await ask()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20'])
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests', detail: expect.stringContaining('20 s') })
  // Our proxy appends the address that it sees; what the client itself wrote before it is not believed.
  expect((await ask('10.0.0.1, 10.0.0.2')).status).toBe(200)
  remote = '2001:db8::1'
  for (const status of [200, 200, 200]) expect((await ask()).status).toBe(status)
  remote = '2001:db8::2:1'
  expect((await ask()).status).toBe(429)
  expect((await busy('/health')).status).toBe(200)

  // What collects the metrics has an address, and so a share, of its own.
  remote = '10.0.0.3'
  const metrics = await (await busy('/metrics')).text()
  expect(metrics).toContain('stellartrain_indexer_http_requests_total{status="429"} 2')
  expect(metrics).toContain('stellartrain_indexer_state{state="following"} 1')
  for (const state of ['partial', 'archived', 'recovered'])
    expect(metrics).toContain(`stellartrain_indexer_incomplete_challenges{state="${state}"} 0`)
  expect(metrics).toMatch(/^stellartrain_indexer_ledger 1\d{3}$/m)
  expect(metrics).toContain('process_cpu_seconds_total')
})

test('what did not change is not sent again', async () => {
  const first = await api.request('/v1/challenges')
  const tag = first.headers.get('etag')!
  const again = await api.request('/v1/challenges', { headers: { 'if-none-match': tag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const other = await api.request('/v1/challenges', { headers: { 'if-none-match': 'W/"1-0-0"' } })
  expect(other.status).toBe(200)
})

test.each([
  ['/v1/challenges/99', 404, 'not_found'],
  ['/v1/challenges/0', 400, 'bad_request'],
  ['/v1/challenges/x', 400, 'bad_request'],
  ['/v1/challenges/1/submissions/9', 404, 'not_found'],
  ['/v1/challenges?limit=201', 400, 'bad_request'],
  ['/v1/challenges?phase=lost', 400, 'bad_request'],
  ['/v1/challenges?cursor=J3sr', 400, 'bad_request'],
  ['/v1/events?cursor=1', 400, 'bad_request'],
  ['/v1/accounts/GABC', 400, 'bad_request'],
  ['/v1/transactions/ff', 400, 'bad_request'],
  ['/nowhere', 404, 'not_found'],
])('%s is refused with %i %s', async (path, status, code) => {
  const response = await api.request(path)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.json()).toMatchObject({
    ...{ status, code, detail: expect.any(String), requestId: response.headers.get('x-request-id') },
  })
})

test('a search finds the beginnings of words in titles and tags, once they are known', async () => {
  const find = async (q: string) =>
    (await api.get<Api.ChallengePage>(`/v1/challenges?q=${encodeURIComponent(q)}`)).data.map(({ id }) => id)
  expect(await find('penguin')).toEqual([])
  const { manifest } = await api.get<Api.Challenge>('/v1/challenges/5')
  const words = sql<string>`to_tsvector('simple', 'Which penguin is it? Antarctica small-data')`
  const known = { state: 'known', title: 'Which penguin is it?', metric: 'accuracy', words }
  await api.database.db.updateTable('manifests').set(known).where('cid', '=', manifest).execute()
  expect(await find('peng ANTARC')).toEqual([5, 4, 3, 2, 1])
  expect(await find('peng whale')).toEqual([])
  expect((await api.get<Api.Challenge>('/v1/challenges/1')).info).toMatchObject({
    title: 'Which penguin is it?',
    metric: 'accuracy',
  })
})

test('hostile searches find nothing and break nothing', async () => {
  for (const q of ["'; drop table events; --", ':*', '%', '& | !', '\u0000', '💥', 'a'.repeat(100)]) {
    await api.get(`/v1/challenges?q=${encodeURIComponent(q)}`)
  }
})

test('a stream resumes behind the last event that the client saw, and brings new ones as they come', async () => {
  const seen = chain.events.at(-3)!.place.id
  const response = await api.request('/v1/events', { headers: { accept: 'text/event-stream', 'last-event-id': seen } })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const readUntil = async (count: number) => {
    while ((text.match(/^id: /gm) ?? []).length < count) text += (await reader.read()).value ?? ''
  }
  await readUntil(2)
  const before = chain.raw.length
  chain.pass(5)
  chain.emit({ type: 'fees_withdrawn', challenge: 1, oracle: STORY.oracle, amount: 300_000n })
  await api.commit(before)
  await readUntil(3)
  await reader.cancel()
  const ids = [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id)
  expect(ids).toEqual(chain.events.slice(-3).map(({ place }) => place.id))
  expect(text).toContain('event: fees_withdrawn')
})

test('the documentation is served by us alone', async () => {
  const page = await (await api.request('/docs')).text()
  expect(page).not.toMatch(/https?:\/\//)
  for (const [, path] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect((await api.request(path!)).status, path).toBe(200)
  }
  expect((await api.request('/docs/..%2fpackage.json')).status).toBe(404)
})
