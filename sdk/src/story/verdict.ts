/** What became of a submission: the words for its verdict, and why it was paid or not. */
import { redue, type Standing } from '@stellartrain/contracts-client/rules'
import { counted } from '../system/counted.ts'
import type { StoryAmounts } from './amounts.ts'
import type { StoryFacts } from './facts.ts'
import { placeNow, whyOfPlace } from './place.ts'
import { ended, ordinal, type Words } from './words.ts'

type Final = Exclude<Standing, { status: 'pending' }>

/** `Graded 0.953`, `Recounted on the ledger: 0.953`, `Accepted 12 labels`, `Rejected`. */
export function verdictLabel(
  { terms, recounted }: Pick<StoryFacts, 'terms' | 'recounted'>,
  standing: Final,
  words: Words,
): string {
  switch (standing.status) {
    case 'scored':
      if (terms.payout.rule === 'per_unit') return `Accepted ${counted(standing.units, 'label')}`
      return `${recounted ? 'Recounted on the ledger:' : 'Graded'} ${words.score(standing.score)}`
    case 'rejected':
      return 'Rejected'
    case 'unavailable':
      return 'Unavailable'
    case 'unsettled':
      return 'Undecided'
    case 'void':
      return 'Not needed'
  }
}

/** Why it earned what it earned, or nothing; a clause without a full stop, true of the payout rule. */
export function whyOf(facts: StoryFacts, standing: Final, words: Words): string {
  const { terms, asset } = facts
  const { payout } = terms
  switch (standing.status) {
    case 'scored':
      if (payout.rule === 'per_unit') return `${counted(standing.units, 'label')} at ${words.money(payout.rate, asset)}`
      return whyOfPlace(facts, standing.score, words)
    case 'rejected':
      return rejection(facts)
    case 'unavailable':
      return 'no quorum of the oracles could fetch and grade the file in time'
    case 'unsettled':
      return terms.judge
        ? 'neither a quorum of the oracles nor the judge decided in time'
        : 'no quorum of the oracles decided in time, and this challenge has no judge'
    case 'void':
      return 'the last winner was found before its turn came'
  }
}

function rejection({ reason, copyOf, says }: StoryFacts): string {
  if (copyOf !== null) return `copy of #${copyOf}`
  if (says !== null) return `the evaluator refuses it and says “${says}”`
  if (reason?.name === COPY) return 'copy of an earlier submission'
  return reason ? uncapital(reason.text.replace(/\.$/, '')) : 'the file does not fit the challenge'
}

/** The name of the reason for which a copy is rejected. */
export const COPY = 'copied_content'

/** The name of the reason for which the maker's evaluator says why. */
export const REFUSED = 'evaluator_refused'

/** Whether the oracles' reports can say more of this reason than the ledger does. */
export const isReported = (reason: string | null | undefined): boolean => reason === COPY || reason === REFUSED

const uncapital = (text: string) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)

/** What was won, in a word or two: `Won 50 USDC`, `3rd: 20 USDC`, `Nothing won`. */
export function resultLabel(facts: StoryFacts, amounts: StoryAmounts, standing: Final, words: Words): string {
  const { asset, terms } = facts
  const won = amounts.prize + amounts.pay
  const place = placeNow(facts)
  if (won > 0n) {
    const money = words.money(won, asset)
    return place?.on === 'ranking' ? `${ordinal(place.rank)}: ${money}` : `Won ${money}`
  }
  if (amounts.toCome > 0n) {
    const money = words.money(amounts.toCome, asset)
    if (place?.on === 'board') return `Waits for ${money}`
    return place ? `${ordinal(place.rank)} so far: would bring ${money} now` : `Would bring ${money} now`
  }
  const { placed } = redue(terms, facts.challenge, facts.now).challenge.rankings
  if (standing.status === 'scored' && terms.payout.rule === 'ranked' && placed === null) return 'No place so far'
  return 'Nothing won'
}

/** The same with its reason: `Won 50 USDC: 0.953 ≥ 0.9, one of at most 3 winners.`, `3rd: 20 USDC; third place with …` */
export function resultSentence(facts: StoryFacts, amounts: StoryAmounts, standing: Final, words: Words): string {
  const label = resultLabel(facts, amounts, standing, words)
  return `${label}${label.includes(':') ? ';' : ':'} ${ended(whyOf(facts, standing, words))}`
}

/** What grading cost, and what comes back of the solver's own money; empty where nothing was paid in. */
export function ownMoney({ terms, asset }: StoryFacts, amounts: StoryAmounts, words: Words): string[] {
  const { lostDeposit, fee, back } = amounts
  const carried = fee - lostDeposit
  const sentences: string[] = []
  if (lostDeposit > 0n)
    sentences.push(
      lostDeposit === terms.deposit
        ? `Its deposit of ${words.money(lostDeposit, asset)} paid the oracles.`
        : `Of its deposit ${words.money(lostDeposit, asset)} paid the oracles.`,
    )
  if (carried > 0n) sentences.push(`It carried ${words.money(carried, asset)} for its own grading.`)
  // What waits alone is said where release is.
  const waits = amounts.owed.carry + amounts.owed.deposit > 0n
  if (back > 0n && !(waits && amounts.owed.prize + amounts.owed.pay === 0n))
    sentences.push(`${words.money(back, asset)} of the solver’s own money ${waits ? 'comes' : 'came'} back.`)
  return sentences
}
