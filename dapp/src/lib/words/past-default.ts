/** What a date of the rules has brought, once it has passed: the API says what it will bring. Pure. */
import type { Challenge, ChallengeSummary } from '../read/types.ts'

type Default = Challenge['defaults'][number]

/** The sentence of a default in the past tense. */
export function pastDefault({ code }: Pick<Default, 'code'>, { payout }: Pick<ChallengeSummary, 'payout'>): string {
  const earnings = payout.rule === 'earnings'
  switch (code) {
    case 'refund_without_acceptance':
      return 'Not every oracle had accepted by then: anyone can send the whole prize and the fee budget back to the maker.'
    case 'submissions_close':
      return earnings ? 'Nothing more could be added to the prize.' : 'Submissions closed.'
    case 'votes_end':
      return 'The votes of the oracles ended.'
    case 'judge_decides':
      return 'Until then the judge could decide what the oracles had left undecided.'
    case 'running_table':
      return 'If no ranking had been posted by then, the prizes went by the leaderboard as it stood.'
    case 'unsettled':
      return 'What no one had decided by then is unsettled: it won nothing, and its deposit and carried fee come back.'
    case 'refund_rest':
      return earnings
        ? 'What no epoch had moved to the labelers by then, and what was left of the fee budget, can be sent back to the maker, by anyone. What labelers have earned stays theirs to claim.'
        : 'What no one had won by then of the prize, and what was left of the fee budget, can be sent back to the maker, by anyone.'
  }
}
