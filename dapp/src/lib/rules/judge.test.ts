import { describe, expect, it } from 'vitest'
import {
  address,
  bounty,
  DEADLINE,
  GRADE_BY,
  judged,
  NOW,
  oracles,
  pending,
  placeOf,
  ranked,
  score,
  scoreVote,
} from '../../testing/facts.ts'
import { judgesNow, rankingProblem, ranksNow, tableOf, undecidedOf } from './judge.ts'

const [first, second] = oracles.map((oracle) => oracle.address) as [string, string]

describe('what a judge may decide', () => {
  it('only in its time, and only where there is one', () => {
    const times = [NOW, DEADLINE, GRADE_BY, GRADE_BY + 2 * 86_400_000]
    expect(times.map((now) => judgesNow(judged(), now))).toEqual([false, false, true, false])
    expect(judgesNow(bounty, GRADE_BY)).toBe(false)
  })
  it('is free where fewer than a quorum graded, and chooses among their votes elsewhere', () => {
    const split = { ...pending, votes: [scoreVote(first, 0.95), scoreVote(second, 0.2)] }
    const one = { ...pending, number: 2, votes: [scoreVote(first, 0.95)] }
    const [bound, free] = undecidedOf(judged(), [one, split], GRADE_BY)
    expect(bound).toMatchObject({ amongVotes: true, submission: { number: 1 } })
    expect(bound?.votes.map(({ oracles }) => oracles)).toEqual([[first], [second]])
    expect(free).toMatchObject({ amongVotes: false, submission: { number: 2 } })
  })
  it('leaves out what has its verdict, and in a bounty that has ended all but the kept places', () => {
    const kept = { ...pending, number: 3, flags: { ...pending.flags, passed: true, kept: true } }
    const ended = { ...judged(), endedAt: new Date(NOW).toISOString() }
    const numbers = (challenge: typeof ended) =>
      undecidedOf(challenge, [pending, kept], GRADE_BY).map(({ submission }) => submission.number)
    expect(numbers(ended)).toEqual([3])
    expect(numbers({ ...ended, endedAt: null } as unknown as typeof ended)).toEqual([1, 3])
  })
  it('ranks where the oracles did not, best first and above the threshold', () => {
    const board = [placeOf(1, 'S'), placeOf(2, 'B', { place: 2, score: score(0.92) })]
    const challenge = { ...judged(ranked), board }
    expect(ranksNow(challenge, GRADE_BY)).toBe(true)
    expect(ranksNow({ ...challenge, ranking: 'oracles' }, GRADE_BY)).toBe(false)
    const [best, next] = tableOf(challenge) as [ReturnType<typeof tableOf>[number], ReturnType<typeof tableOf>[number]]
    expect(rankingProblem(challenge, [best, next])).toBeNull()
    expect(rankingProblem(challenge, [next, best])).not.toBeNull()
    expect(rankingProblem(challenge, [best, { ...next, score: 1n }])).not.toBeNull()
    expect(rankingProblem(challenge, [best, { ...next, solver: address('S') }])).not.toBeNull()
  })
})
