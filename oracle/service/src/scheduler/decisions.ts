/** What this oracle decided on challenges that name it, and what it published for those that are over; in memory, determined again after a restart. */

import type { Ranking } from '../ranking/ranking.ts'
import type { Refusal } from '../refusal.ts'

export type Decisions = {
  /** Undefined while the challenge is being inspected. */
  get(challenge: number): 'approved' | Refusal | undefined
  approve(challenge: number): void
  refuse(challenge: number, refusal: Refusal): void
  openingOf(challenge: number): string | undefined
  rankingOf(challenge: number): Ranking | undefined
  /** `basis`: what the ranking was computed from; with another one it is computed again. */
  ranked(challenge: number, ranking: Ranking, basis: string): void
  rankedOn(challenge: number): string | undefined
  published(challenge: number, cid: string): void
  /** Whether a `close` that was due came to nothing, as where its maker cannot be paid. */
  unclosable(challenge: number): boolean
  leaveOpen(challenge: number): void
  refusals(): { challenge: number; code: string; message: string }[]
}

export function createDecisions(): Decisions {
  const decided = new Map<number, 'approved' | Refusal>()
  const openings = new Map<number, string>()
  const rankings = new Map<number, { ranking: Ranking; basis: string }>()
  const unclosable = new Set<number>()
  return {
    get: (challenge) => decided.get(challenge),
    approve: (challenge) => void decided.set(challenge, 'approved'),
    refuse: (challenge, refusal) => void decided.set(challenge, refusal),
    openingOf: (challenge) => openings.get(challenge),
    rankingOf: (challenge) => rankings.get(challenge)?.ranking,
    rankedOn: (challenge) => rankings.get(challenge)?.basis,
    ranked: (challenge, ranking, basis) => void rankings.set(challenge, { ranking, basis }),
    published: (challenge, cid) => void openings.set(challenge, cid),
    unclosable: (challenge) => unclosable.has(challenge),
    leaveOpen: (challenge) => void unclosable.add(challenge),
    refusals: () =>
      [...decided].flatMap(([challenge, decision]) => (decision === 'approved' ? [] : [{ challenge, ...decision }])),
  }
}
