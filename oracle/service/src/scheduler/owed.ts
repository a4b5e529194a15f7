/** What an oracle owes a challenge beside votes and settlements, and what it may take. Pure; `now` is the last closed ledger's time. */
import { closing, end, fold, mayReveal, phase, ranksNow, redue } from '@stellartrain/contracts-client/rules'
import type { Challenge } from '../chain/challenge.ts'

const phaseOf = ({ terms, counters }: Challenge, now: number) => phase(terms, counters, now)
const hasAccepted = ({ accepted, seat }: Challenge) => (accepted[seat] ?? 0) > 0

/** Whether this oracle still has to decide on taking part. */
export const owesAcceptance = (challenge: Challenge, now: number): boolean =>
  phaseOf(challenge, now) === 'accepting' && !hasAccepted(challenge)

/** Whether the key is there, or this oracle is the one that makes it. */
export const mayAccept = ({ seat, key }: Challenge): boolean => seat === 0 || key !== undefined

/** Whether a ranking of this oracle is due, its first or another one. */
export const owesRanking = (challenge: Challenge, now: number): boolean =>
  hasAccepted(challenge) && challenge.counters.submitted > 0 && ranksNow(challenge.terms, challenge.counters, now)

/**
 * Whether a ranking can be posted: the first one as it is; another one only in the place of an own one that no more oracles posted than
 * this one, and only because this oracle itself came to it meanwhile. `hash`: of the ranking that it computed last.
 */
export function mayPostRanking(challenge: Challenge, hash: string): boolean {
  const own = ownRanking(challenge)
  return own === undefined || (own !== hash && rivals(challenge).includes(hash))
}

/**
 * What a ranking is computed from. It changes with what stands scored, and with the rankings of others that speak against the own
 * one: then this oracle looks whether it can open by now what it had left out.
 */
export const rankingBasis = (challenge: Challenge): string =>
  [challenge.counters.scored, ...rivals(challenge)].join(' ')

/** What this oracle posted, as its hash. */
export const ownRanking = ({ rankings, seat }: Challenge): string | undefined =>
  rankings.find(({ oracle }) => oracle === seat)?.hash

/** Rankings that at least as many oracles posted as the own one; none before that is posted. */
function rivals(challenge: Challenge): string[] {
  const own = ownRanking(challenge)
  const votes = (one: string | undefined) => challenge.rankings.filter(({ hash }) => hash === one).length
  const others = new Set(challenge.rankings.map(({ hash }) => hash).filter((hash) => hash !== own))
  return own === undefined ? [] : [...others].filter((hash) => votes(hash) >= votes(own)).toSorted()
}

/** Whether nothing here can change any more but payments: nobody can submit, everything is concluded, and ranked where it is to be. */
function isCarriedOut({ terms, counters }: Challenge, now: number): boolean {
  const { cancelled, accepted, ended, concluded, submitted, rankings } = counters
  if (cancelled || !accepted || concluded < submitted || !(ended || now >= terms.deadline)) return false
  return terms.payout.rule !== 'ranked' || rankings.placed !== null || submitted === 0 || now >= end(terms)
}

/**
 * Whether this oracle, which accepted, should now open what the challenge promised to open: when all is carried out, so that the
 * opening has all winners; one patience after the end in any case.
 */
export function owesReveal(challenge: Challenge, now: number): boolean {
  const { terms, revealed } = challenge
  if (revealed || !hasAccepted(challenge) || !mayReveal(phaseOf(challenge, now), terms)) return false
  return isCarriedOut(challenge, now) || isLeft(challenge, now)
}

/** Whether a judge that grades could be waiting for the truth, or for being told to rule: in its time, while something is undecided. */
export function mayOweRecount(challenge: Challenge, now: number): boolean {
  const { terms, counters } = challenge
  const { judge, gradeBy, payout } = terms
  if (!judge || now < gradeBy || now >= judge.by || !hasAccepted(challenge) || counters.cancelled) return false
  const unranked = payout.rule === 'ranked' && counters.rankings.placed === null && counters.submitted > 0
  return counters.concluded < counters.submitted || unranked
}

/** Fees that this oracle earned here and has not taken; 0n while more can come. */
export const feesDue = (challenge: Challenge, now: number): bigint =>
  isCarriedOut(challenge, now) || isLeft(challenge, now) ? challenge.fees : 0n

/**
 * Whether `close` should be called by an oracle: it would send the maker something or add to the records. Once, in the end, for until
 * then votes can come and the maker can close by itself. One patience after the end all is concluded, and no vote has been taken for
 * as long.
 */
export const owesClose = (challenge: Challenge, now: number): boolean =>
  hasAccepted(challenge) && isLeft(challenge, now) && brings(challenge, now)

/** Whether the time is over in which people come first. */
const isLeft = ({ terms }: Challenge, now: number): boolean => now >= end(terms) + terms.patience

function brings({ terms, counters, purse, conduct }: Challenge, now: number): boolean {
  const sent = closing(terms, counters, purse, now)
  if (sent === undefined) return false
  const { challenge, moved } = redue(terms, counters, now)
  return sent.total > 0n || moved > 0n || fold(terms, challenge, conduct, now) !== undefined
}

/** Whether nobody waits for anything of this oracle here any more; a `close` can still be due. */
export function isServed(challenge: Challenge, now: number): boolean {
  if (neverRan(challenge, now)) return true
  const opens = challenge.terms.opensTruth && !challenge.revealed && hasAccepted(challenge)
  return isCarriedOut(challenge, now) && !opens && challenge.fees === 0n
}

/** Whether a `close` is due or can become so. */
export const mayOweClose = (challenge: Challenge, now: number): boolean =>
  !neverRan(challenge, now) && (!isLeft(challenge, now) || owesClose(challenge, now))

function neverRan(challenge: Challenge, now: number): boolean {
  const here = phaseOf(challenge, now)
  return here === 'cancelled' || here === 'lapsed'
}
