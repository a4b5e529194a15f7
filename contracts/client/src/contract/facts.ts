/** From the contract's own values to the plain ones that the rules (`../rules`) take. */
import { standing } from '../events/event-row.ts'
import type * as Chain from '../generated/types.js'
import { Direction, Ranking } from '../generated/types.js'
import type { Challenge, Payout, Place, Purse, RankedBy, Standing, Submission, Terms, Verdict } from '../rules/facts.ts'
import { unpackFlags } from '../rules/flags.ts'
import { statusName } from '../rules/status.ts'
import { decide, noVotes } from '../rules/votes.ts'

export function termsOf(terms: Chain.Terms): Terms {
  return {
    payout: payoutOf(terms.payout),
    oracles: terms.oracles,
    oracleFee: terms.oracle_fee,
    deposit: terms.deposit,
    threshold: terms.threshold,
    direction: terms.direction === Direction.Minimize ? 'minimize' : 'maximize',
    step: terms.step,
    opens: Number(terms.opens),
    acceptBy: Number(terms.accept_by),
    deadline: Number(terms.deadline),
    patience: Number(terms.patience),
    gradeBy: Number(terms.grade_by),
    judge: terms.judge && { address: terms.judge.address, by: Number(terms.judge.judge_by) },
    attempts: terms.attempts,
    attemptsPerDay: terms.attempts_per_day,
    uniqueContent: terms.unique_content,
    opensTruth: terms.opens_truth,
  }
}

export function payoutOf(payout: Chain.Payout): Payout {
  switch (payout.tag) {
    case 'Bounty':
      return { rule: 'bounty', ...payout.values[0] }
    case 'Ranked':
      return { rule: 'ranked', prizes: payout.values[0].prizes }
    case 'PerUnit':
      return { rule: 'per_unit', rate: payout.values[0].rate, maxUnits: payout.values[0].max_units }
    case 'Earnings':
      return { rule: 'earnings' }
  }
}

/** A row of a board or a ranking, as storage and views have it. */
type BoardRow = { solver: string; number: number; score: bigint }

/**
 * The counters of a challenge with its boards: `board` as `stored.board` reads it (the running table of a ranking), `ranking` as
 * `stored.rankings` does.
 */
export function challengeOf(
  terms: Pick<Chain.Terms, 'payout'>,
  state: Chain.State,
  board: readonly BoardRow[],
  ranking: readonly BoardRow[] = [],
): Challenge {
  const rows = board.map(({ solver, number }) => ({ solver, number }))
  const bounty = terms.payout.tag === 'Bounty'
  const table = bounty ? [] : board.map(placeOf)
  const ranked = ranking.map(placeOf)
  const placed = RANKED_BY[state.ranking]
  return {
    cancelled: state.cancelled,
    accepted: state.accepted.every((version) => version > 0),
    ended: state.ended > 0n,
    submitted: state.submitted,
    concluded: state.concluded,
    decided: state.decided,
    kept: state.kept,
    scored: state.scored,
    head: state.head,
    board: bounty ? { rows, due: state.due } : { rows: [], due: 0 },
    rankings: {
      table,
      judge: state.judge_ranked ? ranked : null,
      placed,
      places: placed === null ? [] : placed === 'running_table' ? table : ranked,
    },
  }
}

const placeOf = ({ solver, number, score }: BoardRow): Place => ({ solver, number, score })

const RANKED_BY: Readonly<Record<Ranking, RankedBy | null>> = {
  [Ranking.Open]: null,
  [Ranking.Oracles]: 'oracles',
  [Ranking.Judge]: 'judge',
  [Ranking.Table]: 'running_table',
}

export const purseOf = ({ purse }: Pick<Chain.State, 'purse'>): Purse => ({
  escrow: purse.escrow,
  budget: purse.budget,
  rankingFees: purse.ranking_fees,
})

/** A vote or a ballot as the contract keeps it. @throws RangeError for a status that is no vote */
export function verdictOf(
  vote: Pick<Chain.VoteRecord, 'verdict' | 'reason' | 'score' | 'content_hash' | 'units'>,
): Verdict {
  const { reason, score, content_hash: content, units } = vote
  const said = standing(statusName(vote.verdict), { reason, score, content, units })
  if (said.status === 'scored' || said.status === 'rejected' || said.status === 'unavailable') return said
  throw new RangeError(`no vote says ${said.status}`)
}

/** How a submission stands as it is written. */
export function standingOf(submission: Chain.Submission): Standing {
  const { reason, score, content_hash: content, accepted_units: units } = submission
  return standing(statusName(submission.verdict), { reason, score, content, units })
}

/** Places of oracles end below the judge's code. */
const JUDGE = 253

/** Once a submission is concluded, its votes are gone from the ledger: `votes` is then empty. */
export function submissionOf(
  terms: Pick<Chain.Terms, 'oracles'>,
  solver: string,
  submission: Chain.Submission,
): Submission {
  const votes = submission.votes.flatMap((vote) =>
    vote.by < JUDGE ? { oracle: vote.by, verdict: verdictOf(vote) } : [],
  )
  const ballot = submission.votes.find((vote) => vote.by === JUDGE)
  const cast = votes.reduce((all, { oracle, verdict }) => all.with(oracle, verdict), [...noVotes(terms).cast])
  return {
    number: submission.number,
    solver,
    time: Number(submission.time),
    units: submission.units,
    ...unpackFlags(submission.flags),
    votes: {
      cast,
      mth: submission.heard === 0n ? null : Number(submission.heard),
      decision: decide(terms, votes, ballot && verdictOf(ballot)),
    },
    status: standingOf(submission),
  }
}
