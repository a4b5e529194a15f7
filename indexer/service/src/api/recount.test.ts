/** What a judge that grades was shown and computed, out of a told history: of a challenge and of a submission, now and as of a ledger. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rebuild } from '../sync/rebuild.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { createEventChain, type EventChain } from '../testing/chain.ts'
import { contractOf, hashOf } from '../testing/random.ts'
import { STORY, TERMS, tellStory } from '../testing/story.ts'
import { withClient } from '../testing/tables.ts'
import type * as Api from './types.ts'

let chain: EventChain
let api: TestApi
let before: number
const CONTENT = hashOf('a recounted work')
const [FOLLOWED, OTHER] = [6, 7]

beforeAll(async () => {
  chain = createEventChain(contractOf('stellartrain'))
  tellStory(chain)
  const of = { challenge: 1, solver: STORY.alice, attempt: 1 }
  const rules = {
    ...{ metric: 1, classes: ['61', '62'], numbers: false, positive: 0 },
    ...{ least: 'ffefffffffffffff', most: '7fefffffffffffff', whole: false },
  }
  chain.pass(5)
  chain.emit({ type: 'recount_configured', challenge: 1, maker: STORY.maker, rules })
  chain.emit({ type: 'truth_opened', challenge: 1, place: 0, rows: 100, complete: false })
  before = chain.ledger()
  chain.pass(5)
  chain.emit({ type: 'truth_opened', challenge: 1, place: 1, rows: 150, complete: true })
  chain.emit(
    { type: 'work_opened', ...of, place: 0, rows: 150 },
    { type: 'recounted', ...of, score: 9_500_000n, private: 0n, contentHash: CONTENT, copied: false },
  )
  for (const [challenge, address] of [
    [FOLLOWED, chain.recount],
    [OTHER, contractOf('another judge that grades')],
  ] as const) {
    const terms = { ...TERMS, judge: { address, by: TERMS.gradeBy + 86_400 } }
    const { maker } = STORY
    chain.emit({
      ...{ type: 'challenge_created', challenge, maker, token: terms.token, terms },
      ...{ prize: 20_000_000n, feeBudget: 0n },
    })
  }
  api = await createTestApi(chain)
})
afterAll(() => api?.close())

async function shown() {
  const [challenge, submission, other] = await Promise.all([
    api.get<Api.Challenge>('/v1/challenges/1'),
    api.get<Api.SubmissionDetail>('/v1/challenges/1/submissions/1'),
    api.get<Api.Challenge>('/v1/challenges/2'),
  ])
  return { challenge: challenge.recount, submission: submission.recount, other: other.recount }
}

test('how far the judge is, and what it computed; null where it has no rules', async () => {
  const { challenge, submission, other } = await shown()
  expect(challenge).toMatchObject({ recounted: 1, truth: { chunks: 2, rows: 150, complete: true } })
  expect(submission).toMatchObject({
    ...{ chunks: 1, rows: 150, result: { score: { value: 0.95 }, contentHash: CONTENT, copied: false } },
  })
  expect(other).toBeNull()
})

test('as of a ledger it is what it was then, and a rebuild makes the same', async () => {
  const then = await api.get<Api.Challenge>(`/v1/challenges/1?at_ledger=${before}`)
  expect(then.recount).toMatchObject({ recounted: 0, truth: { chunks: 1, complete: false } })
  const now = await shown()
  await withClient(api.database.url, (client) => rebuild(client))
  expect(await shown()).toEqual(now)
})

test('its events are in the list, with their fields', async () => {
  const { data } = await api.get<Api.EventPage>('/v1/events?challenge=1&type=recounted')
  expect(data).toMatchObject([{ type: 'recounted', data: { solver: STORY.alice, copied: false } }])
})

test('a judge that this index does not follow is marked, so that what is missing is no claim that nothing was opened', async () => {
  const followed = async (challenge: number) =>
    (await api.get<Api.Challenge>(`/v1/challenges/${challenge}`)).recountFollowed
  expect(await Promise.all([FOLLOWED, OTHER, 1].map(followed))).toEqual([true, false, false])
})
