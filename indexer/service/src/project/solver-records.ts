/** The contract of records and badges: it reads the other one and changes nothing there, so its events need no row of a challenge. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

const placed = ({ id: eventId, closedAt: at, ledger, txHash: tx }: EventPlace) => ({ eventId, at, ledger, tx })

export function submissionFolded(world: World, event: EventOf<'submission_folded'>, place: EventPlace): void {
  const { type: _, ...fold } = event
  world.newFolds.push({ ...fold, ...placed(place) })
}

export function badgeMinted(world: World, event: EventOf<'badge_minted'>, place: EventPlace): void {
  const { type: _, badge: id, ...badge } = event
  world.newBadges.push({ id, ...badge, ...placed(place) })
}

export function burned(world: World, { badge, from: owner }: EventOf<'burn'>, place: EventPlace): void {
  world.newBurns.push({ badge, owner, ...placed(place) })
}

/** `badge_minted`, in the same call, says all that it says. */
export function minted(): void {}
