/** What is true of a moment, even where no call has written it: what the rules say of our rows, and what the contract answers. */
import {
  batchPay,
  owed,
  phase,
  prizeDue,
  prizesOf,
  redue,
  release,
  type Submission,
  standing,
  statusName,
} from '@stellartrain/contracts-client/rules'
import { phaseName } from '../decode/names.ts'
import { boardOf, rankingOf } from '../project/lists.ts'
import type { ChallengeRow, SubmissionRow } from '../project/model.ts'
import { partsOf } from '../project/verdicts.ts'
import { listOfRow } from './challenge.ts'
import type { Compare } from './fields.ts'
import type { Answers } from './stored.ts'

export function compareAnswers(
  row: ChallengeRow,
  submissions: readonly SubmissionRow[],
  { now, outcomes, owed: owes, ...answers }: Answers,
  compare: Compare,
): void {
  const { terms } = row
  compare('', { phase: phase(terms, row.facts, now) }, { phase: phaseName(answers.phase) })
  compare('', { boardView: boardView(row, submissions, now) }, { boardView: answers.board.map(placeText).join() })
  submissions.forEach((submission, index) => {
    const outcome = outcomes[index]
    const what = `submission ${submission.facts.number} now`
    const mine = owed(terms, row.facts, submission.facts, now).total
    compare(what, { owed: mine }, { owed: owes[index] })
    if (!outcome) return
    const { number, score, token, verdict, prize } = outcome
    const stands = standing(terms, row.facts, submission.facts, now)
    compare(
      what,
      {
        ...{ number: submission.facts.number, verdict: stands.status, score: partsOf(stands).score },
        ...{ prize: wonBy(row, submission.facts, now), token: terms.token },
      },
      { number, verdict: statusName(verdict), score, prize, token },
    )
  })
}

/** What it won so far, sent or not: as `release_payment` would leave it. */
function wonBy({ terms, facts }: ChallengeRow, it: Submission, now: number): bigint {
  const after = release(terms, { challenge: facts, submission: it }, now)
  const unpaid = { ...after.submission, prizePaid: false }
  return prizeDue(terms, after.challenge, unpaid) + batchPay(terms.payout, after.submission.status)
}

function boardView(row: ChallengeRow, submissions: readonly SubmissionRow[], now: number): string {
  const { terms } = row
  const facts = redue(terms, row.facts, now).challenge
  const { placed } = facts.rankings
  const rows = placed === 'oracles' || placed === 'judge' ? rankingOf(facts) : boardOf(facts)
  return rows
    .map((one, place) => {
      const bounty = terms.payout.rule === 'bounty'
      const prize = terms.payout.rule === 'bounty' ? terms.payout.reward : (prizesOf(terms)[place] ?? 0n)
      const due = bounty ? place < facts.board.due : placed !== null
      return [listOfRow([one], submissions), prize, due].join('/')
    })
    .join()
}

const placeText = (place: Answers['board'][number]): string =>
  [place.solver, place.attempt, place.number, place.score, place.prize, place.due].join('/')
