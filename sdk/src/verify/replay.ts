/**
 * The challenge's events played through the rules: what votes, ballots, settling, releases and rankings make of it. Whatever the
 * contract shows can be held against this; events alone are believed, no stored entry.
 */
import type { ContractEvent, EventRow } from '@stellartrain/contracts-client'
import {
  type Challenge,
  type Decision,
  EMPTY_BOARD,
  NO_RANKINGS,
  noVotes,
  type Place,
  postBallot,
  postVote,
  redue,
  release,
  type Submission,
  settle,
  type Terms,
  type Verdict,
} from '@stellartrain/contracts-client/rules'

export type Replay = {
  challenge: Challenge
  submissions: ReadonlyMap<number, Submission>
  /** What each submission was decided by before it was concluded, or stands decided by. */
  decisions: ReadonlyMap<number, Decision>
}

const START: Challenge = {
  ...{ cancelled: false, accepted: false, ended: false, submitted: 0, concluded: 0, decided: 0, kept: 0, scored: 0 },
  ...{ head: 0, board: EMPTY_BOARD, rankings: NO_RANKINGS },
}

/** @param events of one challenge, in the ledger's order, from its creation on */
export function replay(terms: Terms, events: readonly ContractEvent[]): Replay {
  const submissions = new Map<number, Submission>()
  const decisions = new Map<number, Decision>()
  const names = new Map<string, number>()
  let challenge = START
  let accepted = 0
  let announced = false
  const change = (number: number, make: (pair: { challenge: Challenge; submission: Submission }) => typeof pair) => {
    const submission = submissions.get(number)
    if (!submission) return
    const after = make({ challenge, submission })
    challenge = after.challenge
    submissions.set(number, after.submission)
    if (after.submission.votes.decision) decisions.set(number, after.submission.votes.decision)
  }
  for (const event of events) {
    const now = Math.floor(Date.parse(event.closedAt) / 1_000)
    switch (event.type) {
      case 'challenge_accepted':
        accepted++
        challenge = { ...challenge, accepted: accepted === terms.oracles.length }
        break
      case 'challenge_cancelled':
        challenge = { ...challenge, cancelled: true }
        break
      case 'submitted': {
        const { number, solver, attempt, units, carried } = event
        names.set(`${solver}/${attempt}`, number)
        submissions.set(number, entered(terms, { number, solver, units, carried, now }))
        challenge = { ...challenge, submitted: number }
        break
      }
      case 'scored': {
        const place = terms.oracles.indexOf(event.oracle)
        for (const row of event.rows) {
          const verdict = said(row)
          if (verdict && place >= 0)
            change(row.number, (pair) => postVote(terms, pair, { oracle: place, verdict }, now))
        }
        if (event.settle) for (const { number } of event.rows) change(number, (pair) => settle(terms, pair, now))
        break
      }
      case 'settled':
        for (const { number } of event.rows) change(number, (pair) => settle(terms, pair, now))
        break
      case 'ruled':
        for (const row of event.rows) {
          const verdict = said(row)
          if (verdict) change(row.number, (pair) => postBallot(terms, pair, verdict))
        }
        break
      case 'payment_released':
        change(event.row.number, (pair) => release(terms, pair, now))
        break
      case 'ranking_posted':
        challenge = ranked(challenge, event, terms, names)
        break
      case 'ranking_fixed':
        // Told before the event of the call that decided it, whose first conclusion may still enter the running table.
        announced = true
        continue
      case 'challenge_closed':
        challenge = redue(terms, challenge, now).challenge
        break
    }
    if (announced) challenge = redue(terms, challenge, now).challenge
    announced = false
  }
  return { challenge, submissions, decisions }
}

type Entering = { number: number; solver: string; units: number; carried: bigint; now: number }

const entered = (terms: Terms, { number, solver, units, carried, now }: Entering): Submission => ({
  ...{ number, solver, units, time: now, votes: noVotes(terms), status: { status: 'pending' } },
  ...{ carried: carried > 0n, passed: false, kept: false, held: false, prizePaid: false, byJudge: false },
})

/** What a row says was voted or ruled; undefined where it tells only what became of the submission. */
function said({ says }: EventRow): Verdict | undefined {
  return says.status === 'scored' || says.status === 'rejected' || says.status === 'unavailable' ? says : undefined
}

function ranked(
  challenge: Challenge,
  { by, rows, quorum }: Extract<ContractEvent, { type: 'ranking_posted' }>,
  terms: Terms,
  names: ReadonlyMap<string, number>,
): Challenge {
  const { rankings } = challenge
  const judge = by === terms.judge?.address
  if (!judge && !quorum) return challenge
  const places = rows.map(
    ({ solver, attempt, score }): Place => ({ solver, score, number: names.get(`${solver}/${attempt}`) ?? 0 }),
  )
  return {
    ...challenge,
    rankings: judge ? { ...rankings, judge: places } : { ...rankings, placed: 'oracles', places },
  }
}

/** A decision or a standing in a line, for two of them to be compared. */
export function verdictText(verdict: Verdict | { status: string }): string {
  if ('score' in verdict)
    return `scored ${verdict.score}, content ${verdict.content.slice(0, 16)}…${verdict.units > 0 ? `, ${verdict.units} units` : ''}`
  // The reason of a rejection is not part of what oracles agree on, but it is shown.
  return 'reason' in verdict ? `rejected, reason ${verdict.reason}` : verdict.status
}
