/** What the rules do by themselves, and when: nobody has to act for it, and nobody can prevent it. */
import { end, phase, redue, votesEnd } from '@stellartrain/contracts-client/rules'
import type { ChallengeRow } from '../../project/model.ts'
import type { Default } from '../types.ts'
import { time } from './values.ts'

export function defaultsOf(challenge: ChallengeRow, now: number): Default[] {
  const { terms, facts } = challenge
  const current = phase(terms, facts, now)
  if (current === 'cancelled' || isDone(challenge)) return []
  if (current === 'accepting' || current === 'lapsed') {
    return [
      {
        at: time(terms.acceptBy),
        code: 'refund_without_acceptance',
        text: 'If not every oracle has accepted by then, anyone can send the whole prize and the fee budget back to the maker.',
      },
    ]
  }
  if (terms.payout.rule === 'earnings') return earningsDefaults(terms)
  const list: Default[] = []
  if (current !== 'ended')
    list.push({
      at: time(terms.deadline),
      code: 'submissions_close',
      text: 'No more submissions are taken from then on. What can no longer be won can be sent back to the maker, by anyone.',
    })
  list.push({ at: time(votesEnd(terms)), code: 'votes_end', text: 'No more votes of oracles are taken from then on.' })
  if (terms.judge)
    list.push({
      at: time(terms.judge.by),
      code: 'judge_decides',
      text: 'Until then, from the end of grading on, the judge may decide what the oracles left undecided. Its ballots are carried out from then on.',
    })
  if (terms.payout.rule === 'ranked' && redue(terms, facts, now).challenge.rankings.placed === null)
    list.push({
      at: time(end(terms)),
      code: 'running_table',
      text: `If neither a quorum of oracles${terms.judge ? ' nor the judge' : ''} has posted a ranking by then, the prizes go by the leaderboard as it stands.`,
    })
  list.push({
    at: time(end(terms)),
    code: 'unsettled',
    text: 'What no one has decided by then is unsettled: it wins nothing, and its deposit and the fee that it carried come back.',
  })
  list.push({
    at: time(end(terms)),
    code: 'refund_rest',
    text: 'What no one has won by then of the prize, and what is left of the fee budget, can be sent back to the maker, by anyone.',
  })
  return list
}

/**
 * Whether nothing is left that could happen. That a challenge counts in the records is not it: votes, rankings and what is still to be
 * sent come after, and only then is everything concluded, placed and sent.
 */
function isDone({ terms, facts, purse, folded }: ChallengeRow): boolean {
  if (folded === null || facts.concluded < facts.submitted) return false
  if (terms.payout.rule === 'ranked' && facts.rankings.placed === null) return false
  return purse.escrow + purse.reserved + purse.budget + purse.rankingFees === 0n
}

function earningsDefaults(terms: ChallengeRow['terms']): Default[] {
  return [
    {
      at: time(terms.deadline),
      code: 'submissions_close',
      text: 'Nothing can be added to the prize from then on.',
    },
    {
      at: time(terms.gradeBy),
      code: 'refund_rest',
      text: 'What no epoch has moved to the labelers by then, and what is left of the fee budget, can then be sent back to the maker, by anyone. What labelers have earned stays theirs to claim.',
    },
  ]
}
