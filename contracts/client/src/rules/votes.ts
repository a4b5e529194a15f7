/** Votes come in, and m equal ones are the verdict, `contracts/model/src/verdict.rs`. */
import type { Decision, Terms, Verdict, Votes } from './facts.ts'
import { quorum, unavailableFrom } from './terms.ts'
import { isGraded, reaches, same } from './verdict.ts'

type Oracles = Pick<Terms, 'oracles'>

/** One vote as it was cast; `oracle` is its place. */
export type Vote = { oracle: number; verdict: Verdict }

export const noVotes = ({ oracles }: Oracles): Votes => ({ cast: oracles.map(() => null), mth: null, decision: null })

/** How many oracles voted. */
export const votesCast = ({ cast }: Pick<Votes, 'cast'>): number => cast.filter((vote) => vote !== null).length

/** How many voted other than `unavailable`. */
export const votesGraded = ({ cast }: Pick<Votes, 'cast'>): number =>
  cast.filter((vote) => vote !== null && isGraded(vote)).length

/** Whether a vote or the decision says that the threshold is reached. */
export const someMeets = ({ cast, decision }: Votes, terms: Pick<Terms, 'threshold' | 'direction'>): boolean =>
  [...cast, decision?.verdict].some((vote) => vote && reaches(vote, terms))

/** Why a vote on an open submission is not taken now; undefined if it is, though it may change nothing (`castVote`). */
export function refusesVote(
  terms: Pick<Terms, 'patience'>,
  submitted: number,
  { cast }: Pick<Votes, 'cast'>,
  { oracle, verdict }: Vote,
  now: number,
): 'already_voted' | 'too_early_for_unavailable' | undefined {
  const old = cast[oracle]
  if (old && (isGraded(old) || !isGraded(verdict))) return 'already_voted'
  if (!isGraded(verdict) && now < unavailableFrom(terms, submitted)) return 'too_early_for_unavailable'
  return undefined
}

/**
 * The votes after one more, which `refusesVote` does not refuse. The m-th equal vote is the verdict; later ones do not change it, and
 * an oracle's own `unavailable` does not give way any more: then these are the same votes.
 */
export function castVote(terms: Oracles, votes: Votes, { oracle, verdict }: Vote, now: number): Votes {
  const first = votes.cast[oracle] === null
  if (!first && votes.decision) return votes
  const cast = votes.cast.with(oracle, verdict)
  const mth = first && votesCast({ cast }) === quorum(terms) ? now : votes.mth
  return { cast, mth, decision: votes.decision ?? decisionBy(terms, cast, verdict) }
}

/** Why the judge's ballot on a submission is not taken, whatever the time; undefined if it is. */
export function refusesBallot(
  terms: Oracles,
  { cast, decision }: Votes,
  ballot: Verdict,
): 'already_decided' | 'bad_verdict' | 'not_among_the_votes' | undefined {
  if (!isGraded(ballot)) return 'bad_verdict'
  if (decision) return 'already_decided'
  const among = cast.some((vote) => vote && same(vote, ballot))
  return votesGraded({ cast }) < quorum(terms) || among ? undefined : 'not_among_the_votes'
}

/** The votes after the judge's ballot, which `refusesBallot` does not refuse. */
export const castBallot = (votes: Votes, ballot: Verdict): Votes => ({
  ...votes,
  decision: { verdict: ballot, by: 'judge' },
})

/**
 * The decision that these votes make, in the order of their casting, and the judge's ballot if there is one: the first m equal
 * votes, with the lowest reason among these m, else the ballot. A later vote of an oracle takes the place of its own earlier one,
 * and after the decision nothing counts.
 */
export function decide(terms: Oracles, votes: readonly Vote[], ballot?: Verdict): Decision | null {
  let state = noVotes(terms)
  for (const vote of votes) state = castVote(terms, state, vote, 0)
  return state.decision ?? (ballot ? { verdict: ballot, by: 'judge' } : null)
}

function decisionBy(terms: Oracles, cast: Votes['cast'], verdict: Verdict): Decision | null {
  const equal = cast.flatMap((vote, place) => (vote && same(vote, verdict) ? [place] : []))
  if (equal.length !== quorum(terms)) return null
  const reasons = equal.flatMap((place) => {
    const vote = cast[place]
    return vote?.status === 'rejected' ? [vote.reason] : []
  })
  return { verdict: reasons.length > 0 ? { status: 'rejected', reason: Math.min(...reasons) } : verdict, by: equal }
}
