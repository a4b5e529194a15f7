/** The maker is sent what nobody can win any more, and the records grow. */
import { addGain, afterFold, type Conduct, closing, fold, isOver, redue } from '@stellartrain/contracts-client/rules'
import type { EventOf } from '../decode/events.ts'
import { agree, agreeOnRanking } from './agree.ts'
import type { ChallengeRow, EventPlace } from './model.ts'
import { takeFacts } from './money.ts'
import { MissingError, type World } from './world.ts'

export function challengeClosed(world: World, event: EventOf<'challenge_closed'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  // A maker that cannot be paid is sent nothing; the records grow all the same.
  const sent = event.prize + event.fees > 0n
  const done = close(world, challenge, at, sent)
  agree(`what challenge ${challenge.id} left of its prize`, done.prize, event.prize)
  agree(`what challenge ${challenge.id} left of its fees`, done.fees, event.fees)
  agree(`whether the records grew by challenge ${challenge.id}`, done.folded, event.folded)
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
  takeFacts(world, challenge, redue(terms, challenge.facts, now).challenge)
  const { purse, facts } = challenge
  if (isOver(terms, now) && facts.rankings.placed !== 'oracles') {
    purse.budget += purse.rankingFees
    purse.rankingFees = 0n
  }
  const folded = foldRecords(challenge, now)
  if (!sends) return { prize: 0n, fees: 0n, folded }
  purse.escrow -= out.prize
  purse.budget -= out.budget
  challenge.refunded += out.total
  return { prize: out.prize, fees: out.budget, folded }
}

/** What decides on what `close` adds to the records. */
export const conductOf = ({ folded, unopened, opened, seats }: ChallengeRow): Conduct => ({
  ...{ folded: folded !== null, unopened, opened },
  tallies: seats.map(({ tally }) => tally),
})

/** Adds to the records what happened since the last time; says whether that was anything. */
function foldRecords(challenge: ChallengeRow, now: number): boolean {
  const { facts, unsettled, seats } = challenge
  const added = fold(challenge.terms, facts, conductOf(challenge), now)
  if (!added) return false
  if (added.first) {
    const open = facts.ended ? 0 : facts.submitted - facts.concluded
    challenge.folded = open === 0 && unsettled === 0 ? 'decided' : 'undecided'
  }
  challenge.unopened ||= added.unopened
  seats.forEach((seat, place) => {
    const gain = added.gains[place]!
    seat.folded = seat.folded ? addGain(seat.folded, gain) : gain
    seat.tally = afterFold(seat.tally)
  })
  return true
}
