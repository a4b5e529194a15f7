/** What a page reads does not grow with its table: the buffers of each statement of each list, over few rows and over ten times as many. */
import { PHASES } from '@stellartrain/contracts-client/rules'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { buffersOf, statements } from '../testing/buffers.ts'
import { createEventChain } from '../testing/chain.ts'
import { BUSY, FIRST_MADE, type MadeOptions, makeRows } from '../testing/made.ts'
import { accountOf, contractOf } from '../testing/random.ts'
import { STORY, tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import { createApp } from './app.ts'

type Measured = { api: TestApi; buffers(path: string): Promise<number>; close(): Promise<void> }

async function measured(made: MadeOptions): Promise<Measured> {
  const chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  const api = await createTestApi(chain)
  await withClient(api.database.url, (client) => makeRows(client, made))
  const { db, take } = statements(api.database.url)
  const app = createApp({ ...api.deps, db })
  return {
    api,
    async buffers(path) {
      take()
      const response = await app.request(path)
      expect(response.status, path).toBe(200)
      await response.text()
      return withClient(api.database.url, (client) => buffersOf(client, take()))
    },
    async close() {
      await db.destroy()
      await api.close()
    },
  }
}

let few: Measured
let many: Measured
beforeAll(async () => {
  // The same solvers in every challenge; attempts of each stay two.
  few = await measured({ challenges: 5, submissions: 100, solvers: 50, old: 40, parts: 2 })
  many = await measured({ challenges: 8, submissions: 800, solvers: 400, old: 4_000, parts: 40 })
})
afterAll(async () => {
  await few?.close()
  await many?.close()
})

const CHALLENGE = `/v1/challenges/${FIRST_MADE}`
/** Of whom or of what there is nothing: no list may look for it in all that there is. */
const NOBODY = accountOf('nobody')
const NOTHING = contractOf('nothing')

/** What is in a phase that ends is few among all that went through it, and so is what a rule seldom is. */
const FILTERS = [
  ...PHASES.map((phase) => `phase=${phase}`),
  ...['rule=earnings', 'rule=ranked&phase=open', `asset=${NOTHING}`, `maker=${NOBODY}`],
  ...[`oracle=${NOBODY}`, `oracle=${STORY.oracle}`, 'q=zebra'],
  // In every title.
  ...['q=island', 'q=penguins+islnd'],
]

test.each([
  ...FILTERS.flatMap((filter) =>
    ['newest', 'prize', 'deadline', ...(filter.startsWith('q=') ? ['relevance'] : [])].map(
      (sort) => `/v1/challenges?${filter}&sort=${sort}`,
    ),
  ),
  ...[BUSY, NOBODY].flatMap((account) => [
    `/v1/accounts/${account}`,
    ...['submissions', 'scores', 'claims'].map((list) => `/v1/accounts/${account}/${list}`),
    ...['submissions', 'holds', 'payments', 'records', 'badges'].map((list) => `/v1/${list}?solver=${account}`),
    `/v1/holds?challenge=${FIRST_MADE}&solver=${account}`,
    `/v1/payments?challenge=${FIRST_MADE}&solver=${account}`,
    `/v1/submissions?challenge=${FIRST_MADE}&solver=${account}`,
    `/v1/claims?labeler=${account}`,
    `/v1/solvers/${account}`,
  ]),
  CHALLENGE,
  `/v1/holds?challenge=${FIRST_MADE}`,
  `/v1/payments?challenge=${FIRST_MADE}`,
  `/v1/votes?challenge=${FIRST_MADE}&oracle=${STORY.oracle}`,
  `/v1/votes?challenge=${FIRST_MADE}&oracle=${NOBODY}`,
  `/v1/events?challenge=${FIRST_MADE}&type=scored`,
  '/status',
  '/v1/challenges',
  '/v1/challenges?sort=prize',
  '/v1/challenges?sort=deadline',
  '/v1/challenges?phase=open',
  `/v1/challenges?maker=${STORY.maker}`,
  `${CHALLENGE}/submissions`,
  `${CHALLENGE}/submissions?order=oldest`,
  `${CHALLENGE}/leaderboard`,
  `/v1/challenges/${FIRST_MADE + 1}/leaderboard`,
  '/v1/submissions',
  '/v1/holds',
  '/v1/votes',
  `/v1/votes?challenge=${FIRST_MADE}`,
  '/v1/payments',
  `/v1/payments?solver=${STORY.alice}`,
  '/v1/claims',
  '/v1/rankings',
  '/v1/events',
  '/v1/events?order=newest',
  `/v1/events?challenge=${FIRST_MADE}`,
  // Never occurred, and occurred long ago.
  '/v1/events?type=earnings_claimed',
  '/v1/events?type=oracle_registered&order=newest',
  `/v1/accounts/${STORY.alice}`,
  `/v1/accounts/${STORY.alice}/submissions`,
  `/v1/accounts/${STORY.alice}/scores`,
  `${CHALLENGE}/submissions/7`,
  '/v1/solvers',
  '/v1/solvers?sort=submissions',
  `/v1/solvers/${STORY.alice}`,
  '/v1/records',
  `/v1/records?solver=${STORY.alice}`,
  `/v1/records?challenge=${FIRST_MADE}`,
  '/v1/badges',
  `/v1/badges?solver=${STORY.alice}`,
  `/v1/badges?challenge=${FIRST_MADE}`,
  '/v1/makers',
  '/v1/statistics',
  '/v1/statistics/paid',
  `${CHALLENGE}/statistics`,
  `${CHALLENGE}/scores`,
])('%s', async (path) => {
  const [small, large] = [await few.buffers(path), await many.buffers(path)]
  // Trees are a level deeper over more rows, and what a page's rows belong to is looked up where of little all is read.
  expect(large, `${small} buffers over few rows`).toBeLessThanOrEqual(1.2 * small + 300)
})

test.each([
  '/v1/events?challenge=1',
  '/v1/events?challenge=1&order=newest',
  '/v1/events?challenge=1&type=scored',
  '/v1/events?challenge=1&type=earnings_claimed',
  '/v1/events?type=oracle_registered',
  '/v1/events?type=oracle_registered&order=newest',
  '/v1/events?type=earnings_claimed',
])('%s looks into no partition of the archive without such events', async (path) => {
  expect(await many.buffers(path)).toBeLessThanOrEqual((await few.buffers(path)) + 10)
})

test('what a search ranks has a bound', async () => {
  // In a thousand titles: as many as are ranked.
  expect(await many.buffers('/v1/challenges?q=1')).toBeLessThan(2_000)
})

test('totals are kept, and how long people wait is over the last submissions, not all', async () => {
  expect(await many.buffers('/v1/totals')).toBeLessThan(4_000)
})

test("oracles' numbers are kept, and their speed is over so many submissions, not all", async () => {
  for (const path of ['/v1/oracles', `/v1/oracles/${STORY.oracle}`]) {
    // Seats of the challenges of these submissions are looked up: there are thousands of others.
    expect(await many.buffers(path), path).toBeLessThanOrEqual((await few.buffers(path)) + 100)
  }
})
