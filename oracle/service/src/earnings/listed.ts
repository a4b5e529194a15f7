/** What the lists of the epochs so far say of each batch, by its name. */
import type { WorkList } from '@stellartrain/ipfs-content/work'
import { nameOf } from './store.ts'

export type Listed = Readonly<{
  batches: ReadonlyMap<string, Readonly<{ epoch: number; reason: number }>>
  /** Accepted after all by the reviewer. */
  granted: ReadonlySet<string>
  /** Still rejected after an appeal. */
  upheld: ReadonlySet<string>
}>

export function listedIn(lists: readonly WorkList[]): Listed {
  const reviews = lists.flatMap((list) => list.reviews)
  return {
    batches: new Map(
      lists.flatMap(({ epoch, batches }) =>
        batches.map((one) => [nameOf(one), { epoch, reason: one.reason }] as const),
      ),
    ),
    granted: new Set(reviews.flatMap(({ accepted }) => accepted.map(nameOf))),
    upheld: new Set(reviews.flatMap(({ upheld }) => upheld.map(nameOf))),
  }
}
