/**
 * What was promised and not kept: counters of oracles and makers, `contracts/model/src/records.rs`. They are kept as things happen,
 * and `close` moves them into the records: a challenge counts there once no other verdict can come, and what happens afterwards is
 * added by later calls.
 */
import type { Challenge, Terms, Verdict, Votes } from './facts.ts'
import { mayReveal, phase } from './phase.ts'
import type { Ending } from './queue.ts'
import { isOver } from './terms.ts'
import { isGraded, same } from './verdict.ts'

/** An oracle's conduct in one challenge, as far as it is not in its record. */
export type Tally = {
  /** Submissions that it voted on, late votes included. */
  votes: number
  /** Of these, `unavailable` that it never improved. */
  unavailable: number
  /** Votes equal to a quorum's verdict, and different from one. */
  agreed: number
  disagreed: number
  /** Submissions that no quorum decided and that lack its vote. */
  missing: number
  /** Votes on what is not concluded; no part of a record. */
  open: number
}

/** What a record holds, or gains, of an oracle's conduct. */
export type Gain = Omit<Tally, 'open'>

/** What decides on what `close` adds to the records, beside the challenge's counters. */
export type Conduct = {
  /** The challenge counts in the records already. */
  folded: boolean
  /** It counted in the maker's record as one whose truth was not opened; opening it takes that back. */
  unopened: boolean
  /** The maker has opened the truth. */
  opened: boolean
  /** By the oracles' places. */
  tallies: readonly Tally[]
}

/** What one call of `close` adds to the records. */
export type Fold = {
  /** The challenge counts in them from now on. */
  first: boolean
  /** Its truth counts as not opened from now on. */
  unopened: boolean
  /** By the oracles' places. */
  gains: readonly Gain[]
}

export const NO_TALLY: Tally = { votes: 0, unavailable: 0, agreed: 0, disagreed: 0, missing: 0, open: 0 }

/** After a vote on an open submission; `improved`: it took the place of the oracle's own `unavailable`. */
export const countVote = (tally: Tally, vote: Verdict, improved: boolean): Tally =>
  improved ? { ...tally, unavailable: tally.unavailable - 1 } : { ...first(tally, vote), open: tally.open + 1 }

/** After an oracle's first vote on what can get no other verdict: it is compared with the quorum's, if one made or will make it. */
export const countLateVote = (tally: Tally, vote: Verdict, quorum: Verdict | null): Tally =>
  compared(first(tally, vote), vote, quorum)

/** The verdict of an ending, where a quorum made it. */
export const quorumVerdict = (ending: Ending): Verdict | null =>
  typeof ending === 'object' && ending.by !== 'judge' ? ending.verdict : null

/**
 * After a submission was concluded. What the judge decided counts as missing too; what is void was nobody's duty. With `folded`, what
 * was missing has been counted before: all that was open then, or nothing.
 */
export function countConclusion(
  tally: Tally,
  place: number,
  { cast }: Pick<Votes, 'cast'>,
  ending: Ending,
  folded: boolean,
): Tally {
  const quorum = quorumVerdict(ending)
  const vote = cast[place]
  if (vote) return compared({ ...tally, open: tally.open - 1 }, vote, quorum)
  return { ...tally, missing: tally.missing + Number(!folded && quorum === null && ending !== 'void') }
}

/**
 * Whether a challenge can count in the records: no submission comes any more, and all are concluded or nothing decided is left from
 * the end on; in a bounty that has ended, once no place is kept.
 */
export function isFinal(terms: Pick<Terms, 'deadline' | 'gradeBy' | 'judge'>, it: Challenge, now: number): boolean {
  if (it.ended) return it.kept === 0
  if (now < terms.deadline) return false
  return it.submitted === it.concluded || (isOver(terms, now) && it.decided === 0)
}

/** What `close` adds to the records now; undefined if nothing. `it` with its due prizes set aside (`redue`). */
export function fold(terms: Terms, it: Challenge, conduct: Conduct, now: number): Fold | undefined {
  const first = !conduct.folded && isFinal(terms, it, now)
  if (!conduct.folded && !first) return undefined
  // What is open for ever, unless it is void.
  const undecided = first && !it.ended ? it.submitted - it.concluded : 0
  const gains = conduct.tallies.map((tally) => gainOf(tally, undecided))
  const unopened = !conduct.unopened && !conduct.opened && mayReveal(phase(terms, it, now), terms)
  const grows = first || unopened || gains.some((gain) => Object.values(gain).some((more) => more > 0))
  return grows ? { first, unopened, gains } : undefined
}

/** What an oracle's record gains by `close`; `undecided`: open for ever and not counted before. */
export const gainOf = ({ open, missing, ...gain }: Tally, undecided: number): Gain => ({
  ...gain,
  missing: missing + undecided - Math.min(open, undecided),
})

/** What is left to count after `close`. */
export const afterFold = ({ open }: Tally): Tally => ({ ...NO_TALLY, open })

/** Both together. */
export const addGain = (one: Gain, other: Gain): Gain => ({
  votes: one.votes + other.votes,
  unavailable: one.unavailable + other.unavailable,
  agreed: one.agreed + other.agreed,
  disagreed: one.disagreed + other.disagreed,
  missing: one.missing + other.missing,
})

const first = (tally: Tally, vote: Verdict): Tally => ({
  ...tally,
  votes: tally.votes + 1,
  unavailable: tally.unavailable + Number(!isGraded(vote)),
})

function compared(tally: Tally, vote: Verdict, quorum: Verdict | null): Tally {
  if (!quorum) return tally
  return same(vote, quorum) ? { ...tally, agreed: tally.agreed + 1 } : { ...tally, disagreed: tally.disagreed + 1 }
}
