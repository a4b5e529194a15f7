/** What a transaction did, told from the submissions it touched; where it touched none, from its events. */
import { formatAmount, formatCount, formatScore, meetsSign, ordinal, shorten } from './format.ts'
import { titleOf } from './rules.ts'
import { sentenceOf } from './sentences.ts'
import type { Challenge, Submission, Transaction } from './types.ts'

/** The sentences of a transaction, the most telling first: payments, then verdicts, then the rest. */
export function storyOf(
  transaction: Transaction,
  challenge: Challenge | undefined,
  submissions: Submission[],
): string[] {
  const told: string[] = []
  if (challenge) {
    const touched = submissions.toSorted((a, b) => a.number - b.number)
    const paid = touched.filter((one) => one.payment?.tx === transaction.hash && BigInt(one.prize) > 0n)
    const graded = touched.filter((one) => one.verdictTx === transaction.hash && !paid.includes(one))
    const sent = touched.filter((one) => one.submitTx === transaction.hash)
    told.push(...paid.map((one) => paidStory(one, challenge)))
    told.push(...graded.map((one) => verdictStory(one, challenge)))
    told.push(
      ...sent.map(
        (one) =>
          `${shorten(one.solver)} made submission ${one.number} of ${titleOf(challenge)}, attempt ${one.attempt}.`,
      ),
    )
  }
  return told.length > 0 ? told : transaction.events.map((event) => sentenceOf(event, challenge))
}

function paidStory(one: Submission, challenge: Challenge): string {
  const why = whyPaid(one, challenge)
  return `${shorten(one.solver)} was paid ${formatAmount(one.prize, challenge.asset)} for submission ${one.number} of ${titleOf(challenge)}${why}.`
}

/** The reason, by the rule: a threshold that was reached, a place, or labels that were accepted. */
function whyPaid(one: Submission, challenge: Challenge): string {
  switch (challenge.payout.rule) {
    case 'ranked':
      return one.place ? `, for the ${ordinal(one.place)} place of the ranking` : ''
    case 'per_unit':
      return one.acceptedUnits ? `, for ${formatCount(one.acceptedUnits, 'accepted label')}` : ''
    default:
      return one.score
        ? `, because ${formatScore(one.score.value)} ${meetsSign(challenge.direction)} ${formatScore(challenge.threshold.value)}`
        : ''
  }
}

function verdictStory(one: Submission, challenge: Challenge): string {
  const which = `Submission ${one.number} of ${titleOf(challenge)} by ${shorten(one.solver)}`
  switch (one.status) {
    case 'scored':
      return BigInt(one.prize) > 0n
        ? `${which} was graded ${formatScore(one.score?.value ?? 0)} and won ${formatAmount(one.prize, challenge.asset)}.`
        : `${which} was graded ${formatScore(one.score?.value ?? 0)}; ${meetsSign(challenge.direction)} ${formatScore(challenge.threshold.value)} was required.`
    case 'rejected':
      return `${which} was rejected. ${one.reason?.text ?? ''}`
    case 'duplicate':
      return `${which} was a duplicate of earlier predictions.`
    case 'unsettled':
      return `${which} could not be settled: the oracles did not agree.`
    default:
      return `${which} became final.`
  }
}
