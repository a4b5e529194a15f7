/** What oracles leave undecided, with every real part: kept places, turns that never came, missing files, the judge, and the end. */
import type { Challenge, SubmissionPage } from '@stellartrain/indexer-api'
import { readSubmission } from '@stellartrain/sdk/submission-status'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePeople, type People } from '../world/people.ts'
import { judging, keptPlace, leftUndecided, neverItsTurn, noFile, twoHands } from '../world/undecided.ts'
import type { Hands } from './hands.ts'
import { type Parts, startParts } from './parts.ts'

let parts: Parts
let people: People
let beside: Hands
beforeAll(async () => {
  parts = await startParts()
  people = await makePeople(parts.fixture)
  beside = await twoHands(parts)
})
afterAll(() => parts?.close())

const XLM = 10_000_000n
const story = async (challenge: number, number: number) =>
  (await readSubmission(parts.sdk, { challenge, number })).story
const challengeOf = (challenge: number) => parts.api<Challenge>(`/v1/challenges/${challenge}`)
const rows = async (challenge: number) =>
  (await parts.api<SubmissionPage>(`/v1/challenges/${challenge}/submissions`)).data

test('after the end: the judge’s ruling pays, what no one decided comes back, rankings fall to judge or running table', async () => {
  const { ruled, unsettled, byTable, byJudge } = await leftUndecided(parts, people, beside)
  expect(await story(ruled, 1)).toMatchObject({ status: 'scored', amounts: { prize: 5n * XLM } })
  expect((await rows(ruled))[0]).toMatchObject({ standing: 'scored', decision: { by: 'judge' } })
  expect(await story(unsettled, 1)).toMatchObject({ status: 'unsettled', amounts: { prize: 0n, back: 1n * XLM } })
  expect((await rows(unsettled))[0]).toMatchObject({ standing: 'unsettled', decision: null })
  expect(await story(byTable, 1)).toMatchObject({
    place: { rank: 1, by: 'running_table' },
    amounts: { prize: 60n * XLM },
  })
  expect(await challengeOf(byTable)).toMatchObject({ phase: 'over', ranking: 'running_table' })
  expect(await story(byJudge, 2)).toMatchObject({ place: { rank: 1, by: 'judge' }, amounts: { prize: 60n * XLM } })
  expect(await challengeOf(byJudge)).toMatchObject({ phase: 'over', ranking: 'judge' })
})

test('the judge’s time: both submissions wait for a ruling', async () => {
  const { challenge } = await judging(parts, people, beside)
  expect(await challengeOf(challenge)).toMatchObject({ phase: 'judging' })
  for (const number of [1, 2])
    expect(await story(challenge, number)).toMatchObject({ status: 'pending', can: expect.arrayContaining(['rule']) })
})

test('a place is kept for who waits for a silent oracle, and the next one is paid meanwhile', async () => {
  const { challenge } = await keptPlace(parts, people, beside)
  expect(await story(challenge, 1)).toMatchObject({ status: 'pending', phase: 'open' })
  expect(await story(challenge, 2)).toMatchObject({ status: 'scored', amounts: { earned: 5n * XLM } })
  expect(await challengeOf(challenge)).toMatchObject({ kept: 1, keptPlaces: [{ number: 1 }], winners: 1 })
})

test('whose turn never came gets its own money back', async () => {
  const { challenge } = await neverItsTurn(parts, people, beside)
  expect(await story(challenge, 2)).toMatchObject({ status: 'void', amounts: { prize: 0n, back: 1n * XLM } })
  expect(await challengeOf(challenge)).toMatchObject({ phase: 'ended', winners: 1 })
})

test('a file that no one holds earns nothing and pays for its grading', async () => {
  const { challenge } = await noFile(parts, people)
  expect(await story(challenge, 1)).toMatchObject({ status: 'unavailable', amounts: { prize: 0n, earned: 0n } })
  expect((await rows(challenge))[0]).toMatchObject({ standing: 'unavailable' })
})
