/** Records, badges, makers, days and best scores out of a told history; what is not followed or not compared is said, never guessed. */
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rebuild } from '../sync/rebuild.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain, type EventChain } from '../testing/chain.ts'
import { contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import type * as Api from './types.ts'

let chain: EventChain
let api: TestApi
beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  tellRecords(chain)
  api = await createTestApi(chain)
})
afterAll(() => api?.close())

/** Alice's win and Bob's rejection are counted; Alice takes a badge, and destroys it a day later. */
function tellRecords({ emit, pass }: EventChain): void {
  const token = contractOf('usd')
  const alice = {
    challenge: 1,
    number: 1,
    attempt: 1,
    solver: STORY.alice,
    score: 9_500_000n,
    prize: 10_000_000n,
    token,
  }
  const bob = { challenge: 1, number: 2, attempt: 1, solver: STORY.bob, score: 0n, prize: 0n, token }
  pass(5)
  emit({ type: 'submission_folded', ...alice, verdict: 'scored' })
  emit({ type: 'submission_folded', ...bob, verdict: 'rejected' })
  emit({ type: 'mint', to: STORY.alice, badge: 1 }, { type: 'badge_minted', ...alice, badge: 1 })
  pass(86_400)
  emit({ type: 'burn', from: STORY.alice, badge: 1 })
}

const answerOf = async (path: string) => {
  const response = await api.request(path)
  const { code } = (await response.json()) as { code?: string }
  return code ?? response.status
}

test('an index that follows no records contract says so, and keeps what it has of makers', async () => {
  for (const path of ['/v1/solvers', '/v1/records', '/v1/badges', '/v1/badges/1', `/v1/solvers/${STORY.alice}`])
    expect([path, await answerOf(path)]).toEqual([path, 'no_records'])
  const { data } = await api.get<Api.MakerPage>('/v1/makers')
  expect(data).toMatchObject([{ address: STORY.maker, record: { challenges: 5, cancelled: 1 }, lowerBound: false }])
  await withClient(api.database.url, (client) =>
    client.query('update sync set records = $1, records_since = first_ledger', [chain.records]),
  )
})

test('before records were compared with their contract nothing is denied, and numbers are lower bounds', async () => {
  expect((await api.get<Api.SolverDetail>(`/v1/solvers/${STORY.alice}`)).lowerBound).toBe(true)
  expect(await answerOf('/v1/badges/2')).toBe('not_known')
  await withClient(api.database.url, (client) => client.query('update sync set records_verified = ledger'))
  expect(await answerOf('/v1/badges/2')).toBe('not_found')
})

test('a record is what the contract counts', async () => {
  const { data } = await api.get<Api.SolverPage>('/v1/solvers')
  expect(data.map(({ address }) => address)).toEqual([STORY.alice, STORY.bob])
  const none = { submissions: 1, scored: 0, rejected: 0, unavailable: 0, unsettled: 0, void: 0, wins: 0 }
  expect(data[0]).toMatchObject({
    record: { ...none, scored: 1, wins: 1 },
    badges: 0,
    withoutEvent: 0,
    lowerBound: false,
  })
  expect(data[1]).toMatchObject({ record: { ...none, rejected: 1 }, first: data[0]!.first, last: data[0]!.last })
  const carol = await api.get<Api.SolverDetail>(`/v1/solvers/${STORY.carol}`)
  expect(carol).toMatchObject({ record: { ...none, submissions: 0 }, first: null, last: null })

  const counted = await api.get<Api.RecordPage>(`/v1/records?solver=${STORY.bob}`)
  expect(counted.data).toMatchObject([{ challenge: 1, number: 2, verdict: 'rejected', score: null, prize: '0' }])
})

test('a badge names its submission, and stays when it was destroyed', async () => {
  const badge = await api.get<Api.BadgeDetail>('/v1/badges/1')
  expect(badge).toMatchObject({ id: 1, challenge: 1, number: 1, solver: STORY.alice, prize: '10000000' })
  expect(Date.parse(badge.burned!.at) - Date.parse(badge.at)).toBe(86_400_000)
  expect((await api.get<Api.BadgePage>('/v1/badges?challenge=1&count=true')).count).toBe(1)
  const events = await api.get<Api.EventPage>('/v1/events?type=badge_minted')
  expect(events.data).toMatchObject([{ challenge: 1, data: { badge: 1, solver: STORY.alice } }])
})

test('what a record counts and no event says is in its numbers, and named', async () => {
  const change = (sql: string) =>
    withClient(api.database.url, (client) => client.query(`${sql}; update sync set revision = revision + 1`))
  await change(`insert into lost_folds (solver, ledger, submissions, scored, wins, first, last)
    values ('${STORY.bob}', 1, 2, 2, 1, 1000, 1790000000)`)
  const bob = await api.get<Api.SolverDetail>(`/v1/solvers/${STORY.bob}`)
  expect(bob).toMatchObject({ record: { submissions: 3, scored: 2, rejected: 1, wins: 1 }, withoutEvent: 2 })
  expect(bob.first).toBe('1970-01-01T00:16:40.000Z')
  await change('delete from lost_folds')
  const again = await api.get<Api.SolverDetail>(`/v1/solvers/${STORY.bob}`)
  expect(again).toMatchObject({ record: { submissions: 1, scored: 0 }, withoutEvent: 0 })
})

test('what counts and badges stand for themselves: a rebuild keeps them where the challenge lacks an event', async () => {
  const before = await api.get<Api.RecordPage>('/v1/records')
  expect(before.data.length).toBe(2)
  const removed = await withClient(api.database.url, async (client) => {
    const { rows } = await client.query(
      `delete from events where id = (select min(id) from events where type = 'submitted' and challenge = 1) returning *`,
    )
    await rebuild(client)
    return rows[0]
  })
  expect((await api.get<Api.RecordPage>('/v1/records')).data).toEqual(before.data)
  expect(await api.get<Api.BadgeDetail>('/v1/badges/1')).toMatchObject({ id: 1, solver: STORY.alice })
  // Nobody who may have submitted unseen is said to have no record.
  const stranger = Keypair.random().publicKey()
  expect(await api.get<Api.SolverDetail>(`/v1/solvers/${stranger}`)).toMatchObject({ lowerBound: true })
  expect(await api.get<Api.SolverDetail>(`/v1/solvers/${STORY.alice}`)).toMatchObject({ lowerBound: false })
  await withClient(api.database.url, async (client) => {
    await client.query('insert into events select (jsonb_populate_record(null::events, $1::jsonb)).*', [removed])
    await client.query('delete from incomplete')
    await rebuild(client)
  })
})

test('days add up to the totals, by asset and by challenge', async () => {
  const { data } = await api.get<Api.DayTotalsPage>('/v1/statistics')
  const totals = await api.get<Api.Totals>('/v1/totals')
  const sum = (of: (row: Api.DayTotals) => number) => data.reduce((all, row) => all + of(row), 0)
  expect(sum(({ submissions }) => submissions)).toBe(totals.submissions)
  expect(sum(({ challenges }) => challenges)).toBe(totals.challenges)
  const paid = data.flatMap((row) => row.paid).reduce((all, { amount }) => all + BigInt(amount), 0n)
  expect(paid.toString()).toBe(totals.paid[0]!.amount)
  // The same as rows, which have a column for everything.
  const rows = await api.get<Api.DayPaymentsPage>('/v1/statistics/paid')
  const flat = data.flatMap(({ day, paid, lowerBound }) => paid.map((part) => ({ day, ...part, lowerBound })))
  expect(rows.data).toEqual(flat)
  const lines = async (path: string) => (await (await api.request(path)).text()).trim().split('\r\n')
  const [names, first] = await lines('/v1/statistics/paid.csv')
  expect(names).toBe('day,asset,asset_contract,decimals,payments,amount,lower_bound')
  const { day: at, asset, payments, amount } = flat[0]!
  expect(first!.split(',')).toEqual([
    at,
    asset.code ?? '',
    asset.contract,
    String(asset.decimals ?? ''),
    String(payments),
    amount,
    'false',
  ])
  expect((await lines('/v1/statistics.csv')).join()).not.toMatch(/[{["]/)
  const one = await api.get<Api.ChallengeDayPage>('/v1/challenges/1/statistics')
  expect(one.data).toMatchObject([{ submissions: 4, verdicts: 3, payments: 1, paid: '10000000', lowerBound: false }])
  const day = one.data[0]!.day
  expect((await api.get<Api.DayTotalsPage>(`/v1/statistics?from=${day}&to=${day}`)).data.length).toBe(1)
  expect((await api.get<Api.DayTotalsPage>('/v1/statistics?to=2020-01-01')).data).toEqual([])
  expect(await answerOf('/v1/statistics?from=yesterday')).toBe('bad_request')
  // A day that no calendar has.
  expect(await answerOf('/v1/statistics?from=2026-02-30')).toBe('bad_request')
})

test('the best score of a challenge, as it fell, also as of a ledger', async () => {
  const { data } = await api.get<Api.BestScorePage>('/v1/challenges/3/scores')
  expect(data.map(({ number, score }) => [number, score.units])).toEqual([
    [1, '40000'],
    [2, '20000'],
  ])
  const { createdLedger } = await api.get<Api.Challenge>('/v1/challenges/3')
  expect((await api.get<Api.BestScorePage>(`/v1/challenges/3/scores?at_ledger=${createdLedger}`)).data).toEqual([])
  const change = (sql: string) => withClient(api.database.url, (client) => client.query(sql))
  await change(
    `insert into incomplete (challenge, state, reason, detail, since) select 3, 'partial', 'gap', '', ${createdLedger! + 1}`,
  )
  await change('update sync set revision = revision + 1')
  expect(await answerOf('/v1/challenges/3/scores')).toBe('not_known')
  expect(await answerOf(`/v1/challenges/3/scores?at_ledger=${createdLedger}`)).toBe(200)
  const days = await api.get<Api.ChallengeDayPage>('/v1/challenges/3/statistics')
  expect(days.data.every(({ lowerBound }) => lowerBound)).toBe(true)
})

test('the scores of an account are those of its scored submissions, as they came', async () => {
  const path = `/v1/accounts/${STORY.alice}`
  const { data } = await api.get<Api.SolverScorePage>(`${path}/scores`)
  const submissions = await api.get<Api.SubmissionPage>(`${path}/submissions?order=oldest`)
  const scored = submissions.data.filter(({ status }) => status === 'scored')
  expect(data.length).toBeGreaterThan(1)
  expect(data.map(({ challenge, number, score, verdictAt }) => [challenge, number, score, verdictAt])).toEqual(
    scored.map(({ challenge, number, score, verdictAt }) => [challenge, number, score, verdictAt]),
  )
  const one = await api.get<Api.SolverScorePage>(`${path}/scores?challenge=3&order=newest`)
  expect(one.data).toEqual(data.filter(({ challenge }) => challenge === 3).reverse())
  const [names] = (await (await api.request(`${path}/scores.csv`)).text()).split('\r\n')
  expect(names).toBe('challenge,number,attempt,score,direction,threshold,submitted_at,verdict_at')
})

test('a submission as it was', async () => {
  const now = await api.get<Api.SubmissionDetail>('/v1/challenges/1/submissions/1')
  const then = await api.get<Api.SubmissionDetail>(`/v1/challenges/1/submissions/1?at_ledger=${now.submitLedger}`)
  expect([now.status, then.status]).toEqual(['scored', 'pending'])
  expect(await answerOf(`/v1/challenges/1/submissions/1?at_ledger=${now.submitLedger! - 1}`)).toBe('not_found')
})
