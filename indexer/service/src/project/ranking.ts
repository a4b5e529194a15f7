/** Rankings as the oracles and the judge post them, and whose decides on the prizes. */
import { type Place, quorum } from '@stellartrain/contracts-client/rules'
import type { EventOf } from '../decode/events.ts'
import { agree } from './agree.ts'
import { type EventPlace, JUDGE } from './model.ts'
import { takeFacts } from './money.ts'
import { placeOf } from './seats.ts'
import type { World } from './world.ts'

export function rankingPosted(world: World, event: EventOf<'ranking_posted'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const { terms, facts } = challenge
  const byJudge = event.by === terms.judge?.address
  const by = byJudge ? JUDGE : placeOf(challenge, event.by)
  const { report, rows } = event
  world.putRanking({
    ...{ challenge: challenge.id, by, report, rows, quorum: event.quorum, eventId: at.id },
    ...{ at: at.closedAt, ledger: at.ledger, tx: at.txHash },
  })
  const posts = world.rankings.get(challenge.id) ?? []
  const equal = posts.filter((post) => post.by !== JUDGE && sameRows(post.rows, rows))
  const made = !byJudge && equal.length >= quorum(terms)
  agree(`the quorum of a ranking of challenge ${challenge.id}`, made, event.quorum)
  if (!made && !byJudge) return

  const places = rows.map(({ solver, attempt, score }): Place => {
    return { solver, number: world.numberOf(challenge.id, solver, attempt), score }
  })
  const rankings = byJudge
    ? { ...facts.rankings, judge: places }
    : { ...facts.rankings, placed: 'oracles' as const, places }
  takeFacts(world, challenge, { ...facts, rankings })
  if (!made) return
  for (const post of equal) {
    challenge.purse.rankingFees -= terms.oracleFee
    challenge.seats[post.by]!.feesEarned += terms.oracleFee
  }
}

export function rankingFixed(world: World, event: EventOf<'ranking_fixed'>): void {
  world.challenge(event.challenge).rankingFixed = event.ranking
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
