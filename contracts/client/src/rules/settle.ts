/** What settling changes: one step with one submission, `contracts/model/src/world/settling.rs`. */
import { claims, enterBoard, keepsPlace, redueBoard } from './board.ts'
import type { Challenge, Submission, Terms } from './facts.ts'
import { batchPay, billOf } from './fees.ts'
import { type Ending, type Step, standingOf, step } from './queue.ts'
import { enterTable, prizesGo, prizesOf } from './ranking.ts'
import { isOver } from './terms.ts'
import { reaches } from './verdict.ts'
import { someMeets } from './votes.ts'

/** A challenge and one of its submissions, changed together. */
export type Pair = { challenge: Challenge; submission: Submission }

/**
 * Takes one step with a submission; `step` is undefined for what is concluded already. `now` in unix seconds. Nothing is paid yet:
 * `held` says that something comes back, and `paid` (owed.ts) is the submission after its transfer.
 */
export function settle(terms: Terms, pair: Pair, now: number): Pair & { step: Step | undefined } {
  const { challenge, submission } = pair
  if (submission.status.status !== 'pending') return { ...pair, step: undefined }
  const next = step(terms, challenge, submission, now)
  if (next.does === 'conclude') {
    const head = challenge.head + Number(next.queued)
    return { ...conclude(terms, { submission, challenge: { ...challenge, head } }, next.ending, now), step: next }
  }
  if (next.does === 'nothing') return { ...keepPlace(terms, pair), step: next }
  const passed = { submission: { ...submission, passed: true }, challenge: { ...challenge, head: challenge.head + 1 } }
  return { ...keepPlace(terms, passed), step: next }
}

/** Keeps a place for what the queue has passed, as soon as some vote or ballot says that it wins. */
export function keepPlace(terms: Terms, pair: Pair): Pair {
  const { challenge, submission } = pair
  const open = submission.passed && !submission.kept && !challenge.ended
  if (!open || !keepsPlace(challenge.board, submission, someMeets(submission.votes, terms))) return pair
  return { submission: { ...submission, kept: true }, challenge: { ...challenge, kept: challenge.kept + 1 } }
}

/** Sets the prizes aside that are due now; `moved` is what leaves the escrow for it, base units. */
export function redue(terms: Terms, challenge: Challenge, now: number): { challenge: Challenge; moved: bigint } {
  const { payout } = terms
  if (payout.rule === 'bounty') {
    const board = redueBoard(challenge.board, payout.winners, claims(terms, challenge, now))
    return { challenge: { ...challenge, board }, moved: payout.reward * BigInt(board.due - challenge.board.due) }
  }
  const due = payout.rule === 'ranked' ? prizesGo(challenge.rankings, isOver(terms, now), challenge.decided) : undefined
  if (!due) return { challenge, moved: 0n }
  const moved = prizesOf(terms)
    .slice(0, due.places.length)
    .reduce((sum, prize) => sum + prize, 0n)
  const rankings = { ...challenge.rankings, placed: due.by, places: due.places }
  return { challenge: { ...challenge, rankings }, moved }
}

function conclude(terms: Terms, { challenge, submission }: Pair, ending: Ending, now: number): Pair {
  const status = standingOf(ending)
  const byJudge = typeof ending === 'object' && ending.by === 'judge'
  const final = { ...submission, status, byJudge, kept: false }
  const { backCarry, backDeposit } = billOf(terms, final)
  const comesBack = backCarry + backDeposit + batchPay(terms.payout, status)
  const counted = {
    ...challenge,
    kept: challenge.kept - Number(submission.kept),
    decided: challenge.decided - Number(submission.votes.decision !== null && !challenge.ended),
    concluded: challenge.concluded + 1,
    scored: challenge.scored + Number(status.status === 'scored'),
  }
  const dued = redue(terms, award(terms, counted, final), now).challenge
  const full = terms.payout.rule === 'bounty' && dued.board.rows.length === terms.payout.winners
  return {
    submission: { ...final, held: comesBack > 0n },
    challenge: { ...dued, ended: dued.ended || (full && !isOver(terms, now)) },
  }
}

/** What reaches the threshold enters the board of a bounty or the running table of a competition. */
function award(terms: Terms, challenge: Challenge, { status, solver, number }: Submission): Challenge {
  const { payout, direction } = terms
  if (status.status !== 'scored' || !reaches(status, terms)) return challenge
  if (payout.rule === 'bounty')
    return { ...challenge, board: enterBoard(challenge.board, { solver, number }, payout.winners) }
  const { rankings } = challenge
  if (payout.rule !== 'ranked' || rankings.placed) return challenge
  const table = enterTable(rankings.table, { solver, number, score: status.score }, payout.prizes.length, direction)
  return { ...challenge, rankings: { ...rankings, table } }
}
