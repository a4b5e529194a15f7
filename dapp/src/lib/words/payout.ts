/** What each payout rule pays, in words: a page that shows any challenge asks here, not the rule's fields. */

import type { Manifest } from '../content/manifest.ts'
import type { ChallengeSummary, Phase } from '../read/types.ts'
import { formatAmount, formatCount, ordinal } from './format.ts'
import { NOT_KNOWN } from './known.ts'

type Paying = Pick<ChallengeSummary, 'payout' | 'prize' | 'added' | 'asset'>

/** The figure to show large, in base units, and what it is. */
export function headlineOf(challenge: Paying, goal: string): { units: string | null; words: string } {
  const { payout } = challenge
  switch (payout.rule) {
    case 'bounty':
      return {
        units: payout.reward,
        words: payout.winners > 1 ? `each for ${goal}, first ${payout.winners} solvers` : `for ${goal}, first solver`,
      }
    case 'ranked':
      return {
        units: challenge.prize,
        words: `in ${formatCount(payout.prizes.length, 'prize')} for the best after the deadline, with ${goal}`,
      }
    case 'per_unit':
      return { units: payout.rate, words: 'for each accepted label' }
    case 'earnings':
      return { units: wholePrize(challenge), words: 'for labelers, by what each has earned' }
  }
}

/** What was locked for solvers, with what was added to it since; null: not known. */
export const wholePrize = ({ prize, added }: Paying): string | null =>
  prize === null || added === null ? null : (BigInt(prize) + BigInt(added)).toString()

/**
 * How much of the prize is still locked for solvers: `locked`, `200 XLM locked` under a prize of 250, or `was locked` once nothing of it can be earned.
 * What is set aside for a winner is no longer counted, sent or not, as in the panel of the money.
 */
export function lockedWords(challenge: Paying & Pick<ChallengeSummary, 'left' | 'reserved'>, phase: Phase): string {
  const locked = BigInt(challenge.left) + BigInt(challenge.reserved)
  if (locked === 0n || SPENT.has(phase)) return 'was locked'
  const whole = wholePrize(challenge)
  return whole === null || locked < BigInt(whole)
    ? `${formatAmount(locked.toString(), challenge.asset)} locked`
    : 'locked'
}

/** Nothing more can be earned: what is left goes back to the maker. */
const SPENT: ReadonlySet<Phase> = new Set(['cancelled', 'lapsed', 'ended', 'over'])

/** How the prize is divided, in a few words; empty for one winner. */
export function shareWords({ payout, asset }: Paying): string {
  switch (payout.rule) {
    case 'bounty':
      return payout.winners > 1 ? `${payout.winners} × ${formatAmount(payout.reward, asset)}` : ''
    case 'ranked':
      return payout.prizes.length > 1 ? `${payout.prizes.length} prizes, ranked` : 'for the best'
    case 'per_unit':
      return `${formatAmount(payout.rate, asset)} per label`
    case 'earnings':
      return 'for labelers, as earned'
  }
}

/** One sentence: who gets what. */
export function payoutWords({ payout, asset }: Paying): string {
  const money = (units: string) => formatAmount(units, asset)
  switch (payout.rule) {
    case 'bounty':
      return `${money(payout.reward)} to each of the first ${formatCount(payout.winners, 'solver')} to reach the threshold, in the order of submission`
    case 'ranked':
      return `to the best solvers that reach the threshold: ${payout.prizes.map((units, place) => `${ordinal(place + 1)} ${money(units)}`).join(', ')}`
    case 'per_unit':
      return `${money(payout.rate)} for each accepted label, at most ${formatCount(payout.maxUnits, 'label')} in a batch`
    case 'earnings':
      return 'each labeler is paid what the oracles post as its earnings'
  }
}

/** When and by whom it is paid. */
export function paidWords({ payout }: Paying): string {
  switch (payout.rule) {
    case 'ranked':
      return 'after the deadline, once the oracles have posted the ranking (else the judge, if there is one; else the running table pays, in full); anyone may then send each prize'
    case 'per_unit':
      return 'in the transaction that makes the batch final, from money that was reserved when it was submitted'
    case 'earnings':
      return 'when anyone claims it against an epoch that the oracles posted; until then labelers trust the oracles'
    default:
      return 'in the transaction that makes the score final, unless a place is kept for an earlier submission; no one has to approve it'
  }
}

/** What grading a submission costs, and who pays. */
export function feeWords({
  verdictFee,
  asset,
  quorum,
}: Pick<ChallengeSummary, 'verdictFee' | 'asset' | 'quorum'>): string {
  if (BigInt(verdictFee) === 0n) return 'Free: the oracles ask for no fee.'
  const who = quorum === 1 ? 'the oracle' : `the ${quorum} oracles whose votes are the verdict`
  return `${formatAmount(verdictFee, asset)} to ${who}. The maker’s fee budget pays; once it is used up, each submission carries its own fee, and what is not needed comes back.`
}

/**
 * What its participants are called, counted. Labelers that are paid by epochs submit nothing, so the API does not know how many they
 * are: their epochs are counted instead.
 */
export function peopleWords(challenge: Pick<ChallengeSummary, 'payout' | 'solvers' | 'earnings'>): string {
  if (challenge.payout.rule === 'earnings') {
    const epochs = challenge.earnings?.epochs ?? 0
    return epochs > 0 ? `paid by epochs, ${epochs} so far` : 'paid by epochs'
  }
  if (challenge.solvers === null) return `${paysLabels(challenge) ? 'labelers' : 'solvers'} ${NOT_KNOWN}`
  return formatCount(challenge.solvers, paysLabels(challenge) ? 'labeler' : 'solver')
}

/** Whether labels are paid one by one: there is nothing to win, and a score only says how a batch was checked. */
export const paysLabels = ({ payout }: Pick<ChallengeSummary, 'payout'>): boolean =>
  payout.rule === 'per_unit' || payout.rule === 'earnings'

/** Whether labels are paid by earnings that follow from batches: labelers sign these, and no transaction is theirs. */
export const takesWork = (
  { payout }: Pick<ChallengeSummary, 'payout'>,
  manifest: Pick<Manifest, 'labeling'> | undefined,
): boolean =>
  payout.rule === 'earnings' && manifest?.labeling?.perItem !== undefined && manifest.labeling.overlap !== undefined

/** What solvers submit, as an action and as the name of a file. Before the manifest is read: predictions. */
export const workWords = (manifest: Pick<Manifest, 'submission'> | undefined): { action: string; file: string } =>
  manifest?.submission.model
    ? { action: 'Submit a model', file: `model.${manifest.submission.formats?.[0] ?? 'wasm'}` }
    : { action: 'Submit predictions', file: 'predictions.csv' }

/** The next command of somebody who looks at a challenge: the maker fetches what came of it, everybody else takes part. */
export function commandOf(
  challenge: Pick<ChallengeSummary, 'id' | 'payout' | 'maker'>,
  manifest?: Pick<Manifest, 'submission' | 'labeling'>,
  reader?: string,
): string {
  const { id, payout, maker } = challenge
  const labels = payout.rule === 'per_unit' || takesWork(challenge, manifest)
  if (reader === maker)
    return `npx stellartrain ${labels ? 'labels export' : 'download'} ${id}${labels ? ' --format csv' : ' --all'}`
  if (labels) return `npx stellartrain tasks ${id} --out batch.csv`
  // Amounts that the maker decides: nothing is submitted.
  if (payout.rule === 'earnings') return `npx stellartrain claim ${id}`
  return `npx stellartrain submit ${id} ${workWords(manifest).file} --wait`
}

/** Whether this site can take a submission for it: predictions in a file. */
export const takesFiles = ({ payout }: Pick<ChallengeSummary, 'payout'>): boolean =>
  payout.rule === 'bounty' || payout.rule === 'ranked'
