/** Records of oracles as the model counts them. */
import { expect, test } from 'vitest'
import type { Verdict } from './facts.ts'
import type { Ending } from './queue.ts'
import { countConclusion, countLateVote, countVote, missingOf, NO_TALLY, type Tally, undecided } from './records.ts'
import { vectors } from './vectors.fixture.ts'

type Move =
  | { does: 'improve' }
  | { does: 'vote'; vote: Verdict }
  | { does: 'late'; vote: Verdict; quorum: Verdict | null }
  | { does: 'conclude'; vote: Verdict | null; ending: Ending }

const GOOD: Verdict = { status: 'scored', score: 95n, content: '01', units: 0 }

function after(tally: Tally, move: Move): Tally {
  switch (move.does) {
    case 'improve':
      return countVote(tally, GOOD, true)
    case 'vote':
      return countVote(tally, move.vote, false)
    case 'late':
      return countLateVote(tally, move.vote, move.quorum)
    case 'conclude':
      return countConclusion(tally, 0, { cast: [move.vote] }, move.ending)
  }
}

type Case = { moves: (Move & { tally: Tally })[]; undecided: number; missing: number }

test.each(vectors<Case>('records'))('a record with $missing missing', ({ moves, undecided, missing }) => {
  let tally = NO_TALLY
  for (const move of moves) {
    tally = after(tally, move)
    expect(tally, move.does).toEqual(move.tally)
  }
  expect(missingOf(tally, undecided)).toBe(missing)
})

test('what is open when the records are folded stays undecided, but for what is void', () => {
  const counts = { submitted: 7, concluded: 5 }
  expect([false, true].map((ended) => undecided({ ...counts, ended }))).toEqual([2, 0])
})
