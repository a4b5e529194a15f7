/** In which phase a challenge is, and what each phase allows, `contracts/model/src/phase.rs`. */
import type { PhaseFacts, Terms } from './facts.ts'
import { type Clock, end, votesEnd } from './terms.ts'

/**
 * - `cancelled`: everything went back to the maker
 * - `accepting`: the oracles try the truth and accept; the maker may still take everything back
 * - `lapsed`: not all accepted in time; anyone may send everything back
 * - `announced`: all accepted, not open yet
 * - `open`: submissions and votes are taken
 * - `grading`: votes are taken
 * - `ranking`: the last patience of a ranking's grading: only rankings are taken
 * - `judging`: ballots and rankings of the judge are taken
 * - `over`: everything is decided or never will be; anyone carries it out
 * - `ended`: a bounty found its last winner; votes, ballots and the end go on for the kept places alone
 */
export const PHASES = [
  'cancelled',
  'accepting',
  'lapsed',
  'announced',
  'open',
  'grading',
  'ranking',
  'judging',
  'over',
  'ended',
] as const
export type Phase = (typeof PHASES)[number]

/** The phase at a moment; `now` is the close time of a ledger, unix seconds. */
export function phase(terms: Clock, { cancelled, accepted, ended }: PhaseFacts, now: number): Phase {
  if (cancelled) return 'cancelled'
  if (!accepted) return now < terms.acceptBy ? 'accepting' : 'lapsed'
  if (ended) return 'ended'
  if (now < terms.opens) return 'announced'
  if (now < terms.deadline) return 'open'
  if (now < votesEnd(terms)) return 'grading'
  if (now < terms.gradeBy) return 'ranking'
  if (now < end(terms)) return 'judging'
  return 'over'
}

/** When the clock alone changes the phase next, unix seconds; undefined if it never does. */
export function nextPhaseAt(terms: Clock, facts: PhaseFacts, now: number): number | undefined {
  const current = phase(terms, facts, now)
  return [terms.acceptBy, terms.opens, terms.deadline, votesEnd(terms), terms.gradeBy, end(terms)]
    .filter((time) => time > now && phase(terms, facts, time) !== current)
    .toSorted((one, other) => one - other)[0]
}

/** Whether all oracles accepted and the challenge has opened: from then on anyone may settle and release. */
export const maySettle = (phase: Phase): boolean =>
  phase !== 'cancelled' && phase !== 'accepting' && phase !== 'lapsed' && phase !== 'announced'

export const maySubmit = (phase: Phase): boolean => phase === 'open'

/** Votes are taken until they end, also on the kept places of a bounty that has ended. */
export const mayVote = (phase: Phase, terms: Clock, now: number): boolean => maySettle(phase) && now < votesEnd(terms)

/** The judge's time, also for the kept places of a bounty that has ended. False without a judge. */
export const mayRule = (phase: Phase, terms: Clock, now: number): boolean =>
  maySettle(phase) && now >= terms.gradeBy && now < end(terms)

/**
 * Whether a ranking is taken now. An oracle ranks after the deadline once nothing is `open` (not concluded), and in the last
 * patience of grading in any case; the judge ranks in its time. `placed`: prizes are set aside already.
 */
export function mayRank(
  phase: Phase,
  terms: Pick<Terms, 'payout'>,
  { by, open, placed }: { by: 'oracle' | 'judge'; open: number; placed: boolean },
): boolean {
  if (terms.payout.rule !== 'ranked' || placed) return false
  if (by === 'judge') return phase === 'judging'
  return phase === 'ranking' || (phase === 'grading' && open === 0)
}

/** The maker's rest is sent from the deadline on, or once a bounty has ended. */
export const mayClose = (phase: Phase): boolean => maySettle(phase) && phase !== 'open'

/** Until all have accepted the maker may take everything back; from `acceptBy` on anyone may send it back. */
export const mayCancel = (phase: Phase, byMaker: boolean): boolean =>
  phase === 'lapsed' || (phase === 'accepting' && byMaker)

/** Whether the fee budget takes more. */
export const mayTopUp = (phase: Phase): boolean => phase === 'accepting' || phase === 'announced' || phase === 'open'

/** Whether the prize takes more too: that of a bounty and of a ranking is what its terms say. */
export const mayTopUpPrize = (phase: Phase, { payout }: Pick<Terms, 'payout'>): boolean =>
  mayTopUp(phase) && (payout.rule === 'per_unit' || payout.rule === 'earnings')

/** Whether maker and oracles may open the truth, each in its own slot, once. */
export const mayReveal = (phase: Phase, { opensTruth }: Pick<Terms, 'opensTruth'>): boolean =>
  opensTruth && (phase === 'over' || phase === 'ended')
