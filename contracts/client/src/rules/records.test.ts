/** Records of oracles as the model counts them. */
import { expect, test } from 'vitest'
import type { Verdict } from './facts.ts'
import type { Ending } from './queue.ts'
import {
  addGain,
  afterFold,
  countConclusion,
  countLateVote,
  countVote,
  type Gain,
  gainOf,
  NO_TALLY,
  type Tally,
} from './records.ts'
import { vectors } from './vectors.fixture.ts'

type Move =
  | { does: 'improve' }
  | { does: 'vote'; vote: Verdict }
  | { does: 'late'; vote: Verdict; quorum: Verdict | null }
  | { does: 'conclude'; vote: Verdict | null; ending: Ending; folded: boolean }

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
      return countConclusion(tally, 0, { cast: [move.vote] }, move.ending, move.folded)
  }
}

type Case = { moves: (Move & { tally: Tally })[]; undecided: number; gain: Gain }

test.each(vectors<Case>('records'))('a record that gains $gain', ({ moves, undecided, gain }) => {
  let tally = NO_TALLY
  for (const move of moves) {
    tally = after(tally, move)
    expect(tally, move.does).toEqual(move.tally)
  }
  expect(gainOf(tally, undecided)).toEqual(gain)
  const left = gainOf(afterFold(tally), 0)
  expect(addGain(left, gain)).toEqual(gain)
})
