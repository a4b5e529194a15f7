/** What an RPC that lags behind, or an event that was lost, may not change. */
import { expect, test } from 'vitest'
import { BAD, challengeOf, entryOf, GOOD, submissionOf, TERMS, UNAVAILABLE } from '../voting/challenge.fixture.ts'
import { isStale, isStaleSubmission, lacksEntries, missingEntries, noteVoted } from './challenge.ts'

const one = entryOf(1, 1, 50)
const stands = (more: Parameters<typeof submissionOf>[2]) => submissionOf(TERMS, one, more)

test('an own vote counts from the moment its transaction succeeded', () => {
  const challenge = challengeOf(1, [[one, { votes: [undefined, GOOD] }]], { terms: TERMS })
  noteVoted(challenge, [{ number: 1, verdict: GOOD }], 60)
  expect(challenge.submissions[0]?.votes).toMatchObject({ cast: [GOOD, GOOD, null], mth: 60, decision: { by: [0, 1] } })
})

test('votes only come, unavailable only improves, and what is concluded stays so', () => {
  const known = stands({ votes: [GOOD, UNAVAILABLE] })
  expect(isStaleSubmission(stands({ votes: [GOOD] }), known)).toBe(true)
  expect(isStaleSubmission(stands({ votes: [GOOD, BAD] }), known)).toBe(false)
  expect(isStaleSubmission(stands({ votes: [GOOD, UNAVAILABLE] }), stands({ votes: [GOOD, BAD] }))).toBe(true)
  expect(isStaleSubmission(stands({ votes: [GOOD, GOOD] }), stands({ status: GOOD }))).toBe(true)
  expect(isStaleSubmission(stands({ status: GOOD }), known)).toBe(false)
  expect(isStaleSubmission(known, undefined)).toBe(false)
  expect(isStaleSubmission(stands({}), stands({ passed: true }))).toBe(true)
})

test('counters never fall, except in an answer from before', () => {
  const read = (counters: object, accepted = [1]) => ({ ...challengeOf(1, [], { counters }), accepted })
  expect(isStale(read({ submitted: 2 }), read({ submitted: 3 }))).toBe(true)
  expect(isStale(read({ submitted: 3, concluded: 1 }), read({ submitted: 3 }))).toBe(false)
  expect(isStale(read({}), read({ ended: true }))).toBe(true)
  expect(isStale(read({}, [0]), read({}))).toBe(true)
})

test('a submission that is not known matters while it may be open, or where content is unique', () => {
  const concluded = [one, { status: GOOD }] as const
  const counters = { submitted: 2, concluded: 2 }
  expect(lacksEntries(challengeOf(1, [concluded], { counters }))).toBe(false)
  expect(lacksEntries(challengeOf(1, [concluded], { counters: { ...counters, concluded: 1 } }))).toBe(true)
  const unique = challengeOf(1, [concluded], { terms: { ...TERMS, uniqueContent: true }, counters })
  expect([lacksEntries(unique), missingEntries(unique)]).toEqual([true, [2]])
})
