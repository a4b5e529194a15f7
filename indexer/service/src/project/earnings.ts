/** Earnings by epochs: oracles post roots, a quorum moves money out of the escrow, labelers claim it. */
import { feeShare, quorum } from '@stellartrain/contracts-client/rules'
import type { EventOf } from '../decode/events.ts'
import { agree } from './agree.ts'
import type { EventPlace } from './model.ts'
import { placeOf } from './seats.ts'
import { MissingError, type World } from './world.ts'

export function earningsPosted(world: World, event: EventOf<'earnings_posted'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  if (event.epoch !== challenge.epochs + 1) {
    throw new MissingError(`epoch ${event.epoch} of challenge ${challenge.id} follows ${challenge.epochs}`)
  }
  const { terms, purse } = challenge
  const { epoch, root, total, report, fees } = event
  world.putEpochVote({
    ...{ challenge: challenge.id, epoch, oracle: placeOf(challenge, event.oracle) },
    ...{ root, total, report, quorum: event.quorum, fees, eventId: at.id },
    ...{ at: at.closedAt, ledger: at.ledger, tx: at.txHash },
  })
  const votes = (world.epochVotes.get(challenge.id) ?? []).filter((vote) => vote.epoch === epoch)
  const agreed = votes.filter((vote) => vote.root === root)
  const made = agreed.length >= quorum(terms)
  agree(`the quorum of epoch ${epoch} of challenge ${challenge.id}`, made, event.quorum)
  if (!made) return

  const share = feeShare(total - challenge.earned, purse.budget, terms)
  agree(`the fees of epoch ${epoch} of challenge ${challenge.id}`, share * BigInt(quorum(terms)), fees)
  for (const { oracle } of agreed) challenge.seats[oracle]!.feesEarned += share
  purse.budget -= fees
  purse.escrow -= total - challenge.earned
  challenge.earned = total
  challenge.epochs = epoch
}

export function earningsClaimed(world: World, event: EventOf<'earnings_claimed'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const { labeler, epoch, amount, cumulative } = event
  challenge.claimed += amount
  challenge.paid += amount
  world.newClaims.push({
    ...{ eventId: at.id, challenge: challenge.id, labeler, token: challenge.terms.token },
    ...{ epoch, amount, cumulative, at: at.closedAt, tx: at.txHash },
  })
}
