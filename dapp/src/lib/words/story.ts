/** What a transaction did, told from the submissions it touched; where it touched none, from its events. */
import { paidSentence, verdictSentence } from '@stellartrain/sdk/story'
import type { Challenge, Submission, Transaction } from '../read/types.ts'
import { titleOf } from './challenge-words.ts'
import { shorten } from './format.ts'
import { sentenceOf } from './sentences.ts'
import { storyAsset, storyOf, WORDS } from './tell.ts'

/** The sentences of a transaction, the most telling first: payments, then verdicts, then the rest. `now` in milliseconds. */
export function transactionStory(
  transaction: Transaction,
  challenge: Challenge | undefined,
  submissions: Submission[],
  now: number,
): string[] {
  const told: string[] = []
  if (challenge) {
    const touched = submissions.toSorted((a, b) => a.number - b.number)
    const paid = touched.filter((one) => one.payment?.tx === transaction.hash && BigInt(one.payment.amount) > 0n)
    const concluded = touched.filter((one) => one.verdictTx === transaction.hash && !paid.includes(one))
    const sent = touched.filter((one) => one.submitTx === transaction.hash)
    const story = (one: Submission) => storyOf(challenge, one, now)
    const named = (one: Submission) => ({ who: shorten(one.solver), title: titleOf(challenge) })
    told.push(
      ...paid.map((one) => paidSentence(story(one), storyAsset(challenge.asset), named(one), WORDS)),
      ...concluded.map((one) => verdictSentence(story(one), named(one))),
      ...sent.map(
        (one) =>
          `${shorten(one.solver)} made submission ${one.number} of “${titleOf(challenge)}”, attempt ${one.attempt}.`,
      ),
    )
  }
  return told.length > 0 ? told : transaction.events.map((event) => sentenceOf(event, challenge))
}
