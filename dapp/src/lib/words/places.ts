/** The places of a bounty or a ranking as rows of a table: who has one, for whom one is kept, and what each brings. Pure. */

import type { Challenge, Place } from '../read/types.ts'
import { formatCount, formatDay } from './format.ts'

export type PlaceRow = {
  kind: 'paid' | 'due' | 'waiting' | 'running'
  place: Place
}

export type PlacesView = {
  rows: PlaceRow[]
  /** Submissions that a place is kept for: they come before the rows that wait, if the oracles agree that they win. */
  kept: number[]
  /** Places that nobody has and none is kept for. */
  free: number
  /** When a kept place is decided at the latest, milliseconds. */
  until: number
}

/** Null where there are no places: units and earnings are paid one by one. */
export function placesOf(challenge: Challenge): PlacesView | null {
  const { payout, board, keptPlaces, ranking } = challenge
  const most = payout.rule === 'bounty' ? payout.winners : payout.rule === 'ranked' ? payout.prizes.length : null
  if (most === null) return null
  const rows = board.map((place): PlaceRow => ({ kind: kindOf(place, ranking), place }))
  const kept = keptPlaces.map(({ number }) => number)
  return { rows, kept, free: Math.max(0, most - rows.length - kept.length), until: Date.parse(challenge.end) }
}

function kindOf({ paid, due, waiting }: Place, ranking: Challenge['ranking']): PlaceRow['kind'] {
  if (paid) return 'paid'
  if (due) return 'due'
  return waiting && ranking === null ? 'waiting' : 'running'
}

/** `A place is kept for` #1 `until 3 Dec 2026, 12:00 UTC: …`; the numbers stand between. */
export function keptWords({ kept, until }: Pick<PlacesView, 'kept' | 'until'>): { before: string; after: string } {
  const one = kept.length === 1
  return {
    before: one ? 'A place is kept for' : 'Places are kept for',
    after: `until ${formatDay(until)}: one or more oracles say that ${one ? 'it wins' : 'they win'}, and no quorum has decided.`,
  }
}

export const freeWords = (free: number): string => `${formatCount(free, 'place')} free`
