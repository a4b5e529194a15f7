/** The judge that grades: a contract of its own, whose rulings the main contract tells too, so its events need no row of a challenge. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace, RecountOpening } from './model.ts'
import type { World } from './world.ts'

const placed = ({ id: eventId, closedAt: at, ledger, txHash: tx }: EventPlace) => ({ eventId, at, ledger, tx })
const NOTHING: Omit<RecountOpening, 'challenge' | 'kind' | 'eventId' | 'at' | 'ledger' | 'tx'> = {
  ...{ solver: '', attempt: 0, place: 0, rows: 0, complete: false },
}

export function recountConfigured(world: World, { challenge }: EventOf<'recount_configured'>, place: EventPlace): void {
  world.newRecountOpenings.push({ ...NOTHING, challenge, kind: 'configured', ...placed(place) })
}

export function truthOpened(world: World, event: EventOf<'truth_opened'>, place: EventPlace): void {
  const { type: _, ...opened } = event
  world.newRecountOpenings.push({ ...NOTHING, ...opened, kind: 'truth', ...placed(place) })
}

export function workOpened(world: World, event: EventOf<'work_opened'>, place: EventPlace): void {
  const { type: _, ...opened } = event
  world.newRecountOpenings.push({ ...NOTHING, ...opened, kind: 'work', ...placed(place) })
}

export function recounted(world: World, event: EventOf<'recounted'>, place: EventPlace): void {
  const { type: _, ...recount } = event
  world.newRecounts.push({ ...recount, ...placed(place) })
}

/** What the judge kept is gone; what it said stays. */
export function recountRemoved(): void {}
