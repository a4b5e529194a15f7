/** The maker is sent what nobody can win any more, and the records are folded. */
import { closing, isOver, mayFold, missingOf, redue, undecided } from '@stellartrain/contracts-client/rules'
import type { EventOf } from '../decode/events.ts'
import { agree, agreeOnRanking } from './agree.ts'
import type { ChallengeRow, EventPlace } from './model.ts'
import { takeDue } from './ranking.ts'
import { MissingError, type World } from './world.ts'

export function challengeClosed(world: World, event: EventOf<'challenge_closed'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  // A maker that cannot be paid is sent nothing; the records are folded all the same.
  const sent = event.prize + event.fees > 0n
  const done = close(world, challenge, at, sent)
  agree(`what challenge ${challenge.id} left of its prize`, done.prize, event.prize)
  agree(`what challenge ${challenge.id} left of its fees`, done.fees, event.fees)
  agree(`whether challenge ${challenge.id} was folded`, done.folded, event.folded)
  agreeOnRanking(challenge)
}

/** What `close` does; `sends`: the maker can be paid. */
export function close(
  world: World,
  challenge: ChallengeRow,
  { closedAt: now }: EventPlace,
  sends: boolean,
): { prize: bigint; fees: bigint; folded: boolean } {
  const { terms } = challenge
  const out = closing(terms, challenge.facts, challenge.purse, now)
  if (!out) throw new MissingError(`challenge ${challenge.id} could not be closed yet`)
  takeDue(world, challenge, redue(terms, challenge.facts, now).challenge)
  const { purse, facts } = challenge
  if (isOver(terms, now) && facts.rankings.placed !== 'oracles') {
    purse.budget += purse.rankingFees
    purse.rankingFees = 0n
  }
  const folded = challenge.folded === null && mayFold(terms, facts, now)
  if (folded) fold(challenge)
  if (!sends) return { prize: 0n, fees: 0n, folded }
  purse.escrow -= out.prize
  purse.budget -= out.budget
  challenge.refunded += out.total
  return { prize: out.prize, fees: out.budget, folded }
}

function fold(challenge: ChallengeRow): void {
  const open = undecided(challenge.facts)
  challenge.folded = open === 0 && challenge.unsettled === 0 ? 'decided' : 'undecided'
  for (const seat of challenge.seats) {
    const { open: _, ...tally } = seat.tally
    seat.folded = { ...tally, missing: missingOf(seat.tally, open) }
  }
}
