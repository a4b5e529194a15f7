/** Every event to its projection: the state follows from the events alone (the contract's fourth invariant). */
import { challengeOf } from '../decode/decode.ts'
import type { ContractEvent, EventName, EventOf } from '../decode/events.ts'
import { challengeAccepted } from './challenge-accepted.ts'
import { challengeCancelled } from './challenge-cancelled.ts'
import { challengeClosed } from './challenge-closed.ts'
import { challengeCreated } from './challenge-created.ts'
import { earningsClaimed, earningsPosted } from './earnings.ts'
import { feesWithdrawn } from './fees-withdrawn.ts'
import type { EventPlace } from './model.ts'
import { oracleRegistered } from './oracle-registered.ts'
import { paymentReleased } from './payment-released.ts'
import { rankingFixed, rankingPosted } from './ranking.ts'
import { recountConfigured, recounted, recountRemoved, truthOpened, workOpened } from './recounts.ts'
import { ruled } from './ruled.ts'
import { scored } from './scored.ts'
import { settled } from './settled.ts'
import { badgeMinted, burned, minted, submissionFolded } from './solver-records.ts'
import { submitted } from './submitted.ts'
import { toppedUp } from './topped-up.ts'
import { truthRevealed } from './truth-revealed.ts'
import { World } from './world.ts'

export type PlacedEvent = { place: EventPlace; event: ContractEvent }

type Projections = { [Name in EventName]: (world: World, event: EventOf<Name>, place: EventPlace) => void }

const PROJECTIONS: Projections = {
  oracle_registered: oracleRegistered,
  challenge_created: challengeCreated,
  challenge_accepted: challengeAccepted,
  topped_up: toppedUp,
  challenge_cancelled: challengeCancelled,
  submitted,
  scored,
  settled,
  ruled,
  payment_released: paymentReleased,
  ranking_posted: rankingPosted,
  ranking_fixed: rankingFixed,
  earnings_posted: earningsPosted,
  earnings_claimed: earningsClaimed,
  truth_revealed: truthRevealed,
  fees_withdrawn: feesWithdrawn,
  challenge_closed: challengeClosed,
  submission_folded: submissionFolded,
  badge_minted: badgeMinted,
  mint: minted,
  burn: burned,
  recount_configured: recountConfigured,
  truth_opened: truthOpened,
  work_opened: workOpened,
  recounted,
  recount_removed: recountRemoved,
}

/** Applies one event in place. @throws MissingError when events before it are missing; the world may then be half changed. */
export function applyEvent(world: World, { event, place }: PlacedEvent): void {
  const project = PROJECTIONS[event.type] as (world: World, event: ContractEvent, place: EventPlace) => void
  project(world, event, place)
  const challenge = challengeOf(event)
  if (challenge !== undefined) world.challenge(challenge).events += 1
}

/** The state that a whole history adds up to. */
export function applyEvents(events: Iterable<PlacedEvent>, world = new World()): World {
  for (const event of events) applyEvent(world, event)
  return world
}
