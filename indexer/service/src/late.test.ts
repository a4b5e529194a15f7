/**
 * What an index says that began late, beside one that saw everything, on the real local network: each field of each answer is the same,
 * or null, or counts under a mark that says so; all of it as the OpenAPI document has it.
 */
import type { Keypair } from '@stellar/stellar-sdk/base'
import { claimEarnings, postEarnings, topUp } from '@stellartrain/contracts-client'
import { cidOf, scoredVote } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Indexer, startIndexer } from './indexer.ts'
import { readCompleteness } from './store/completeness.ts'
import { type BadProxy, startBadProxy } from './testing/bad-proxy.ts'
import { createIndexerDatabase, type IndexerDatabase } from './testing/database.ts'
import { createDocumentCheck } from './testing/document.ts'
import { leafOf, treeOf } from './testing/merkle.ts'
import { type Network, startNetwork } from './testing/network.ts'
import { createChance } from './testing/random.ts'
import { withClient } from './testing/tables.ts'

let network: Network
let proxy: BadProxy
let database: IndexerDatabase
let late: Indexer
let people: Record<'maker' | 'ana' | 'ben' | 'cem' | 'oracle' | 'idle', Keypair>
let ids: Record<'bounty' | 'open' | 'earnings', number>

beforeAll(async () => {
  network = await startNetwork()
  const [maker, ana, ben, cem] = (await network.people(4)) as [Keypair, Keypair, Keypair, Keypair]
  const [oracle, ...others] = [await network.oracle(), await network.oracle(), await network.oracle()]
  // Registered, and named by no challenge.
  const idle = await network.oracle()
  people = { maker, ana, ben, cem, oracle, idle }
  // Ana has won; of Cem, whose work missed the threshold, the contract keeps nothing that names him.
  const bounty = await network.challenge(maker, [oracle])
  await network.submit(bounty, ana)
  await network.vote(bounty, oracle, [scoredVote(ana, 9_500_000n, 1)])
  await network.submit(bounty, cem)
  await network.vote(bounty, oracle, [scoredVote(cem, 1_000_000n, 2)])
  // Two of three votes on Ana's work differ: nothing is decided.
  const open = await network.challenge(maker, [oracle, ...others])
  await network.submit(open, ana)
  await network.vote(open, oracle, [scoredVote(ana, 9_700_000n, 3)], false)
  await network.vote(open, others[0]!, [scoredVote(ana, 9_200_000n, 3)], false)
  const earnings = await network.challenge(
    maker,
    [oracle],
    { payout: { tag: 'Earnings', values: undefined }, deposit: 0n },
    { prize: 100_000n },
  )
  await network.act(topUp({ challenge: earnings, from: maker.publicKey(), escrow: 50_000n, fees: 10n }), maker)
  const { contract } = network.chain.network
  const earning = { labeler: ana.publicKey(), cumulative: 700n }
  const spare = { labeler: ben.publicKey(), cumulative: 300n }
  const { left, right, proofs } = treeOf([earning, spare].map((one) => leafOf(contract, earnings, 1, one)))
  const call = { oracle: oracle.publicKey(), challenge: earnings, epoch: 1, left, right, report: cidOf(6) }
  await network.act(postEarnings(call), oracle)
  await network.act(claimEarnings({ challenge: earnings, epoch: 1, ...earning, proof: proofs[0]! }), ana)
  ids = { bounty, open, earnings }

  await network.net.warp(0)
  proxy = await startBadProxy(network.net.rpcUrl, createChance(1))
  proxy.oldest = network.net.ledger().sequence
  database = await createIndexerDatabase()
  late = await startIndexer({
    ...{ dbUrl: database.url, rpcUrls: [proxy.url], network: network.net.passphrase, contract },
    ...{ idleMs: 20, watch: { sweepMs: 20, lookMs: 20 } },
  })
  await until(
    async () => {
      const known = await readCompleteness(database.db)
      const keys = await database.db.selectFrom('oracle_keys').select('oracle').execute()
      return known.verifiedLedger !== null && known.partial + known.absent === 0 && keys.length === 3
    },
    { what: 'the contract to be read' },
  )
  await network.caughtUp()
  // The one that saw everything has nobody who compares it; here it is what is right.
  await withClient(network.dbUrl, (client) =>
    client.query('update sync set verified_ledger = ledger, challenges = (select count(*) from challenges)'),
  )
}, 300_000)

afterAll(async () => {
  await late?.stop()
  await database?.drop()
  await proxy?.close()
  await network?.close()
})

const check = createDocumentCheck()

async function ask(base: string, path: string): Promise<unknown> {
  const response = await fetch(`${base}${path}`)
  const body = await response.text()
  const type = response.headers.get('content-type')
  const answer = { method: 'GET', path: path.split('?')[0]!, status: response.status, type, body }
  expect(check(answer), `${base}${path}`).toBeNull()
  expect(response.status, path).toBe(200)
  return JSON.parse(body)
}

/** How far an answer is known; everything else has to be the same or null. */
const MARKS = new Set(['_meta', 'completeness', 'lowerBound', 'votesWhole', 'next', 'prev'])

type Found = { nulls: string[]; others: string[] }

/** @returns fields that the late index has as null, and those that it has otherwise */
function compare(whole: unknown, lateOne: unknown, at: string, found: Found): Found {
  if (typeof whole !== 'object' || whole === null || typeof lateOne !== 'object' || lateOne === null) {
    if (whole !== lateOne) (lateOne === null ? found.nulls : found.others).push(at)
    return found
  }
  if (Array.isArray(whole) && Array.isArray(lateOne) && whole.length !== lateOne.length) {
    found.others.push(`${at}[]`)
    return found
  }
  const [mine, theirs] = [whole as Record<string, unknown>, lateOne as Record<string, unknown>]
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    if (!MARKS.has(key)) compare(mine[key], theirs[key], Array.isArray(whole) ? at : `${at}.${key}`, found)
  }
  return found
}

async function both(path: string): Promise<{ nulls: string[]; others: string[]; late: Record<string, never> }> {
  const [whole, lateOne] = await Promise.all([ask(network.apiUrl, path), ask(late.url, path)])
  const { nulls, others } = compare(whole, lateOne, '', { nulls: [], others: [] })
  const sorted = (list: string[]) => [...new Set(list)].sort()
  return { nulls: sorted(nulls), others: sorted(others), late: lateOne as Record<string, never> }
}

/** Nothing that is not known passes for text, a moment or an event. */
async function frankly(path: string): Promise<void> {
  const text = JSON.stringify(await ask(late.url, path))
  for (const claim of ['"1970-', '""', '~']) expect(text.includes(claim) && claim, path).toBe(false)
}

const CREATION = ['.createdLedger', '.createdTx', '.events', '.money.feesAdded', '.money.refunded']
const SEATS = ['.oracles.acceptTx', '.oracles.acceptedAt', '.oracles.feesEarned', '.oracles.feesWithdrawn']
const VERDICT = [
  '.decision.at',
  '.decision.oracles',
  '.decision.report',
  '.heardAt',
  '.payment.at',
  '.payment.tx',
  '.report',
]
const VERDICT_AT = ['.verdictAt', '.verdictLedger', '.verdictTx']
const VOTE = ['at', 'improved', 'report', 'tx']

test('of each challenge what storage tells is the same, and what it does not tell is null', async () => {
  const { bounty, open, earnings } = ids
  const sums = ['.best', '.money.paid', '.paid', '.solvers']
  const found = await both(`/v1/challenges/${bounty}`)
  expect(found).toMatchObject({ nulls: [...CREATION, ...SEATS, ...sums].sort(), others: [] })
  expect(found.late).toMatchObject({ completeness: { state: 'recovered', unknownSubmissions: 1 } })
  expect(await both(`/v1/challenges/${open}`)).toMatchObject({ nulls: [...CREATION, ...SEATS].sort(), others: [] })
  expect(await both(`/v1/challenges/${earnings}`)).toMatchObject({
    ...{ nulls: [...CREATION, ...SEATS, '.added', '.money.added', '.prize'].sort(), others: [] },
  })
  const since = network.net.ledger().sequence
  const { late: page } = await both('/v1/challenges')
  expect(page).toMatchObject({ _meta: { whole: false, completeSince: expect.any(Number) } })
  const past = await fetch(`${late.url}/v1/challenges/${open}?at_ledger=${since}`)
  expect([past.status, await past.text()], 'a past that is not whole').toMatchObject([
    503,
    expect.stringMatching(/missing/),
  ])
})

test('what exists and is not known is never denied', async () => {
  const { bounty, open } = ids
  const created = ((await ask(network.apiUrl, `/v1/challenges/${open}`)) as { createdLedger: number }).createdLedger
  const statuses = async (base: string, paths: string[]) =>
    Promise.all(
      paths.map(async (path) => {
        const response = await fetch(`${base}${path}`)
        const { code } = (await response.json()) as { code?: string }
        return code ?? response.status
      }),
    )
  const there = [
    `/v1/challenges/${bounty}/submissions/2`,
    `/v1/challenges/${open}?at_ledger=${created}`,
    `/v1/challenges/${open}/leaderboard?at_ledger=${created}`,
    `/v1/challenges/${open}/submissions?at_ledger=${created}`,
    `/v1/oracles/${people.idle.publicKey()}`,
  ]
  expect(await statuses(network.apiUrl, there)).toEqual([200, 200, 200, 200, 200])
  expect(await statuses(late.url, there)).toEqual(there.map(() => 'not_known'))
  const nowhere = [
    `/v1/challenges/${bounty}/submissions/3`,
    `/v1/challenges/${open}/submissions/2`,
    '/v1/challenges/99',
  ]
  expect(await statuses(late.url, nowhere)).toEqual(nowhere.map(() => 'not_found'))
})

test('submissions, votes and epochs have no transaction, time or report that nobody knows', async () => {
  const { bounty, open, earnings } = ids
  const SUBMITTED = ['.submitLedger', '.submitTx']
  const won = await both(`/v1/challenges/${bounty}/submissions/1`)
  expect(won.nulls).toEqual([...VERDICT, ...SUBMITTED, ...VERDICT_AT].sort())
  expect(won.others).toEqual(['.votes[]'])
  expect(won.late).toMatchObject({ votesWhole: false, payment: { amount: '505000000' }, decision: { by: 'oracles' } })
  const waits = await both(`/v1/challenges/${open}/submissions/1`)
  expect(waits).toMatchObject({ nulls: [...SUBMITTED, ...VOTE.map((name) => `.votes.${name}`)].sort(), others: [] })
  expect(waits.late).toMatchObject({ votesWhole: true })
  expect(await both(`/v1/votes?challenge=${open}`)).toMatchObject({
    ...{ nulls: [...VOTE, 'id', 'ledger'].map((name) => `.data.${name}`).sort(), others: [] },
  })
  expect(await both(`/v1/challenges/${earnings}/epochs`)).toMatchObject({
    nulls: ['fees', 'report', 'tx', 'votes.oracle', 'votes.report', 'votes.tx'].map((name) => `.data.${name}`),
    others: [],
  })
  expect(await both(`/v1/oracles/${people.oracle.publicKey()}`)).toMatchObject({
    ...{ nulls: ['.keys.tx', '.medianSecondsToVote'], others: [], late: { lowerBound: true } },
  })
})

test('counts and sums that may be too low say so', async () => {
  const { bounty } = ids
  const ana = people.ana.publicKey()
  const account = await both(`/v1/accounts/${ana}`)
  expect(account.others).toEqual(['.earned[]', '.earnings[]', '.submissions.votes[]'])
  expect(account.late).toMatchObject({ lowerBound: true, submissionCount: 2, wins: 1 })
  const totals = await both('/v1/totals')
  expect(totals.others).toEqual(['.oracles', '.solvers'])
  expect(totals.nulls).toEqual(['.medianSecondsToPayment', '.medianSecondsToVerdict'])
  expect(totals.late).toMatchObject({ lowerBound: true, challenges: 3, submissions: 3 })
  const leaders = (await ask(late.url, `/v1/challenges/${bounty}/leaderboard`)) as { data: unknown[] }
  expect(leaders.data).toMatchObject([{ solver: ana, attempts: null, paid: null, lowerBound: true }])
  for (const path of ['/v1/totals', `/v1/accounts/${ana}`, `/v1/challenges/${bounty}/leaderboard`])
    expect(JSON.stringify(await ask(network.apiUrl, path)), path).not.toContain('"lowerBound":true')
})

test('no answer has empty text, 1970 or the key of a row for what is not known', async () => {
  const { bounty, open, earnings } = ids
  const challenges = [bounty, open, earnings].flatMap((id) => [
    `/v1/challenges/${id}`,
    ...['submissions', 'leaderboard', 'epochs', 'claims'].map((part) => `/v1/challenges/${id}/${part}`),
  ])
  const lists = ['challenges', 'submissions', 'votes', 'payments', 'claims', 'rankings', 'holds', 'oracles', 'events']
  const accounts = Object.values(people).map((who) => `/v1/accounts/${who.publicKey()}`)
  const rest = ['/v1/totals', '/status', `/v1/oracles/${people.oracle.publicKey()}`]
  for (const path of [...challenges, ...lists.map((name) => `/v1/${name}`), ...accounts, ...rest]) await frankly(path)
})

test('pages of votes without events follow each other', async () => {
  type Page = { data: { by: string }[]; next: string | null; prev: string | null }
  const all = (await ask(late.url, '/v1/votes')) as Page
  expect(all.data).toHaveLength(2)
  const first = (await ask(late.url, '/v1/votes?limit=1')) as Page
  const second = (await ask(late.url, `/v1/votes?limit=1&cursor=${first.next}`)) as Page
  expect([...first.data, ...second.data]).toEqual(all.data)
  expect(((await ask(late.url, `/v1/votes?limit=1&cursor=${second.prev}`)) as Page).data).toEqual(first.data)
})

test('files have empty cells and nulls for the same', async () => {
  const { bounty, open } = ids
  const csv = async (path: string) => {
    const [head, ...lines] = (await (await fetch(`${late.url}${path}`)).text()).trim().split('\r\n')
    return lines.map((line) => {
      const cells = line.split(',')
      return Object.fromEntries(head!.split(',').map((name, at) => [name, cells[at]]))
    })
  }
  const parquet = async (path: string) =>
    parquetReadObjects({ file: await (await fetch(`${late.url}${path}`)).arrayBuffer() })
  const submissions = `/v1/challenges/${bounty}/submissions`
  expect(await csv(`${submissions}.csv`)).toMatchObject([
    { number: '1', submit_tx: '', verdict_at: '', verdict_tx: '', paid: '505000000' },
  ])
  expect(await parquet(`${submissions}.parquet`)).toMatchObject([
    { number: 1n, submit_tx: null, verdict_at: null, verdict_tx: null, paid: '505000000' },
  ])
  const unknown = { id: null, improved: null, report: null, at: null, tx: null }
  expect(await parquet(`/v1/votes.parquet?challenge=${open}`)).toMatchObject([unknown, unknown])
  expect(await csv(`/v1/votes.csv?challenge=${open}`)).toMatchObject([
    { id: '', at: '' },
    { id: '', at: '' },
  ])
  const board = `/v1/challenges/${bounty}/leaderboard`
  expect(await csv(`${board}.csv`)).toMatchObject([{ paid: '', attempts: '', lower_bound: 'true' }])
  const [first] = (await parquet('/v1/challenges.parquet')).filter(({ id }) => id === BigInt(bounty))
  expect(first).toMatchObject({ paid: null, best: null, solvers: null, added: '0' })
})
