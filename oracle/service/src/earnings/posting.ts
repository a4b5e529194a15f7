/** What this oracle shows and posts of the next epoch: nothing before its report is on IPFS, and nothing twice. */
import { toHex } from '@stellartrain/contracts-client'
import type { WorkList } from '@stellartrain/ipfs-content/work'
import type { EpochPosting } from './epoch.ts'
import type { OpenWork } from './open-work.ts'

/** Undefined while nothing is to be posted. */
export function postingOf({ candidate, report, posted, store }: OpenWork): EpochPosting | undefined {
  if (candidate === undefined || report === undefined) return undefined
  const { list, left, right, root, total } = candidate
  if (posted === toHex(root) || list.epoch !== store.epochs.length + 1) return undefined
  return { epoch: list.epoch, left, right, root, total, report }
}

export function notePosted(of: OpenWork, epoch: number, root: Uint8Array): void {
  if (of.store.epochs.length + 1 === epoch) of.posted = toHex(root)
}

/** The list of an epoch that has its quorum, or of the one that this oracle proposes. */
export function shownList({ candidate, report, store }: OpenWork, epoch: number): WorkList | undefined {
  const known = store.epochs[epoch - 1]
  // Only what is on IPFS already: whoever fetches it posts a report that names it.
  return known ?? (candidate?.list.epoch === epoch && report ? candidate.list : undefined)
}
