/** When a ranking is computed again, and when it may be posted. */
import { expect, test } from 'vitest'
import type { RankingVote } from '../chain/challenge.ts'
import { challengeOf, RANKED } from '../voting/challenge.fixture.ts'
import { rankingBasis } from './owed.ts'

const basis = (rankings: RankingVote[], scored = 3) =>
  rankingBasis(challengeOf(1, [], { terms: RANKED, rankings, counters: { scored } }))
const posted = (...hashes: string[]): RankingVote[] => hashes.map((hash, oracle) => ({ oracle, hash }))

test('it is computed again when more is scored, or when others speak against the own one, once for each of theirs', () => {
  expect(basis([], 4)).not.toBe(basis([]))
  // Its own one, and others that fewer posted, change nothing.
  expect(new Set([basis([]), basis(posted('aa')), basis(posted('aa', 'aa', 'bb'))]).size).toBe(1)
  const against = basis(posted('aa', 'bb'))
  expect(against).not.toBe(basis([]))
  expect(basis(posted('aa', 'bb', 'bb'))).toBe(against)
  expect(basis(posted('aa', 'cc', 'cc'))).not.toBe(against)
})

test('others alone are no reason: this oracle has not said anything yet', () => {
  expect(basis([{ oracle: 1, hash: 'bb' }])).toBe(basis([]))
})
