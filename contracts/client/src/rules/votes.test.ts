/** Votes, ballots and decisions as the model has them. */
import { expect, test } from 'vitest'
import type { Decision, Verdict, Votes } from './facts.ts'
import { vectors } from './vectors.fixture.ts'
import { castBallot, castVote, decide, noVotes, refusesBallot, refusesVote, someMeets, type Vote } from './votes.ts'

type Case = {
  oracles: number
  votes: (Vote & { now: number; refused: string | null })[]
  state: Votes
  someMeets: boolean
  ballot: Verdict
  refused: string | null
  decision: Decision | null
}

/** Of the model's samples. */
const SUBMITTED = 30
const SCALE = { patience: 10, threshold: 90n, direction: 'maximize' } as const

test.each(vectors<Case>('votes'))('$oracles oracles, $votes.length votes', (it) => {
  const terms = { ...SCALE, oracles: Array.from({ length: it.oracles }, (_, place) => `G${place}`) }
  let votes = noVotes(terms)
  for (const vote of it.votes) {
    expect(refusesVote(terms, SUBMITTED, votes, vote, vote.now) ?? null).toBe(vote.refused)
    if (vote.refused === null) votes = castVote(terms, votes, vote, vote.now)
  }
  expect(votes).toEqual(it.state)
  expect(someMeets(votes, terms)).toBe(it.someMeets)

  expect(refusesBallot(terms, votes, it.ballot) ?? null).toBe(it.refused)
  if (it.refused === null) votes = castBallot(votes, it.ballot)
  expect(votes.decision).toEqual(it.decision)

  const taken = it.votes.filter(({ refused }) => refused === null)
  expect(decide(terms, taken)).toEqual(it.state.decision)
  expect(decide(terms, taken, it.refused === null ? it.ballot : undefined)).toEqual(it.decision)
})
