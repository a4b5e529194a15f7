/** What the judge of a challenge may decide now: undecided submissions with the verdicts it may give, and a ranking. Pure. */
import {
  isRanking,
  mayRank,
  mayRule,
  type Place,
  quorum,
  same,
  takesPart,
  type Verdict,
  votesGraded,
} from '@stellartrain/contracts-client/rules'
import { apiTerms, factsFromApi } from '@stellartrain/sdk/story'
import type { Challenge, Submission } from '../read/types.ts'
import { phaseAt } from '../words/phases.ts'

export type Ballot = { number: number; verdict: Exclude<Verdict, { status: 'unavailable' }> }
export type RankedRow = { solver: string; attempt: number; score: bigint }

export type Undecided = {
  submission: Submission
  /** Different graded votes, with the oracles that cast them. */
  votes: { verdict: Ballot['verdict']; oracles: string[] }[]
  /** A quorum's number of oracles graded it: the judge chooses among their votes. */
  amongVotes: boolean
}

/** Whether ballots are taken now. `now` in milliseconds, by the network's clock. */
export function judgesNow(challenge: Challenge, now: number): boolean {
  const terms = apiTerms(challenge)
  return challenge.judge !== null && mayRule(phaseAt(challenge, now), terms, Math.floor(now / 1_000))
}

/** Everything that the judge may decide, by number. `now` in milliseconds. */
export function undecidedOf(challenge: Challenge, submissions: readonly Submission[], now: number): Undecided[] {
  return submissions
    .toSorted((a, b) => a.number - b.number)
    .flatMap((submission) => {
      const facts = factsFromApi(challenge, submission, Math.floor(now / 1_000))
      const { cast, decision } = facts.submission.votes
      if (decision || !takesPart(facts.challenge, facts.submission)) return []
      const amongVotes = votesGraded({ cast }) >= quorum(facts.terms)
      return [{ submission, votes: gradedVotes(cast, facts.terms.oracles), amongVotes }]
    })
}

function gradedVotes(cast: readonly (Verdict | null)[], oracles: readonly string[]): Undecided['votes'] {
  const votes: Undecided['votes'] = []
  cast.forEach((verdict, place) => {
    if (!verdict || verdict.status === 'unavailable') return
    const known = votes.find((one) => same(one.verdict, verdict))
    if (known) known.oracles.push(oracles[place] ?? '')
    else votes.push({ verdict, oracles: [oracles[place] ?? ''] })
  })
  return votes
}

/** Whether the judge's ranking is taken now; it counts where no quorum of oracles posted one, and the last one counts. */
export function ranksNow(challenge: Challenge, now: number): boolean {
  const placed = challenge.ranking !== null && challenge.ranking !== 'open'
  return mayRank(phaseAt(challenge, now), apiTerms(challenge), { by: 'judge', open: 0, placed })
}

/** A row of a ranking as it is made; `number` is its submission's. */
export type RankedPlace = RankedRow & Pick<Place, 'number'>

/** The running table, a first proposal for a ranking. */
export const tableOf = (challenge: Challenge): RankedPlace[] =>
  challenge.board.flatMap(({ solver, attempt, number, score }) =>
    attempt === null || score === null ? [] : [{ solver, attempt, number, score: BigInt(score.units) }],
  )

/** Why the contract would refuse this ranking; null where it would take it. */
export function rankingProblem(challenge: Challenge, rows: readonly RankedPlace[]): string | null {
  return isRanking(apiTerms(challenge), rows, () => true)
    ? null
    : 'Each row has another solver and reaches the threshold, and the best comes first; of equal scores, the lower number.'
}

/** What stands for a content that the judge does not know. */
export const NO_CONTENT = '0'.repeat(64)
/** The first reason that is an evaluator's own; what was wrong is said in the report. */
export const JUDGES_REASON = 200
