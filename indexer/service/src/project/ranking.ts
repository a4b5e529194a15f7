/** Rankings as oracles post them, and the running table where no quorum did: who gets which prize. */
import type { EventOf } from '../decode/events.ts'
import { prizeOf } from './board.ts'
import { seatOf } from './challenge-accepted.ts'
import type { ChallengeRow, EventPlace, Ranking } from './model.ts'
import type { World } from './world.ts'

export function rankingPosted(world: World, event: EventOf<'ranking_posted'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const seat = seatOf(challenge, event.oracle)
  seat.votes += 1
  const { report, rows, quorum } = event
  const { id: eventId, closedAt: at, ledger, txHash: tx } = place
  const oracle = challenge.seats.indexOf(seat)
  world.addRanking({ challenge: challenge.id, oracle, report, rows, quorum, eventId, at, ledger, tx })
  if (!quorum) return

  for (const post of world.rankings.get(challenge.id) ?? []) {
    const voter = challenge.seats[post.oracle]
    if (!voter) continue
    if (sameRows(post.rows, rows)) voter.agreed += 1
    else voter.disagreed += 1
  }
  challenge.board = rows.map(({ solver, attempt, score }) => {
    const { number } = world.submissionOf(challenge.id, solver, attempt)
    return { solver, attempt, number, score }
  })
  challenge.winners = challenge.board.length
  award(world, challenge, 'posted')
  // Unsettled work may still be owed a part of the prize at grade_by.
  const ungraded = challenge.submitted > challenge.finalized || challenge.unsettledEligible > 0
  if (challenge.silence !== null || (challenge.terms.silenceShare > 0 && ungraded)) return
  challenge.status = 'ended'
  challenge.ended = place.closedAt
}

export function rankingFixed(world: World, event: EventOf<'ranking_fixed'>): void {
  award(world, world.challenge(event.challenge), 'table')
}

/** The prizes of the places taken are due; each is sent by its own call. */
function award(world: World, challenge: ChallengeRow, ranking: Ranking): void {
  challenge.ranking = ranking
  world.changedBoards.add(challenge)
  challenge.board.forEach((row, place) => {
    const prize = prizeOf(challenge, place)
    world.submission(challenge.id, row.number).prize = prize
    challenge.escrow -= prize
    challenge.held += prize
  })
}

type Rows = EventOf<'ranking_posted'>['rows']

function sameRows(one: Rows, other: Rows): boolean {
  return (
    one.length === other.length &&
    one.every((row, place) => {
      const { solver, attempt, score } = other[place]!
      return row.solver === solver && row.attempt === attempt && row.score === score
    })
  )
}
