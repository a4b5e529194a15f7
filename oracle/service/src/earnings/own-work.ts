/** What a labeler reads about its own batches: how each was decided, what it earned, and why one was rejected. */
import type { SignedBatch } from '@stellartrain/ipfs-content/work'
import { batchKey } from '@stellartrain/oracle-grade'
import type { OpenWork } from './open-work.ts'
import { earnedNow, isTold, listedNow, reasonNow } from './standing.ts'
import { type Held, nameOf } from './store.ts'
import { whyRejected } from './why.ts'

/** A batch as it stands in the work of its labeler. */
export type OwnBatch = Readonly<{
  attempt: number
  /** What its labeler signed, which proves the attempt. */
  signed: SignedBatch
  state: 'waiting' | 'accepted' | 'rejected'
  epoch?: number
  units?: number
  /** Base units. */
  earned?: string
  reason?: number
  /** For people, and without a word about known items. */
  why?: string
  appeal?: 'open' | 'granted' | 'upheld'
}>

export type OwnWork = Readonly<{
  challenge: number
  labeler: string
  attempts: number
  batches: OwnBatch[]
  cumulative: string
  epochs: number
}>

export function ownWork(of: OpenWork, challenge: number, labeler: string, now: number): OwnWork {
  const { store } = of
  const { amounts } = earnedNow(of)
  const batches = store.ofLabeler(labeler).map((held) => ({ ...ownBatch(of, held, now), signed: held.batch }))
  batches.sort((a, b) => a.attempt - b.attempt)
  const attempts = Math.max(0, ...batches.map(({ attempt }) => attempt))
  const cumulative = String(amounts.get(labeler) ?? 0n)
  return { challenge, labeler, attempts, batches, cumulative, epochs: store.epochs.length }
}

function ownBatch(of: OpenWork, held: Held, now: number): Omit<OwnBatch, 'signed'> {
  const { labeler, attempt } = held.batch
  const name = nameOf(held.batch)
  const { batches, granted, upheld } = listedNow(of)
  const listed = batches.get(name)
  const reason = listed?.reason ?? reasonNow(of, held)
  // Before its epoch nothing is told: else who asks with many accounts would learn which items are known.
  if (listed === undefined && (reason === 0 || !isTold(of, held, now))) return { attempt, state: 'waiting' }
  const paid = earnedNow(of).batches.get(batchKey({ labeler, attempt }))
  if (paid?.epoch !== undefined) {
    const { epoch, units } = paid
    const appeal = granted.has(name) ? { appeal: 'granted' as const } : {}
    return { attempt, state: 'accepted', epoch, units, earned: String(paid.paid), ...appeal }
  }
  const appeal = upheld.has(name) ? 'upheld' : of.store.appeals.has(name) ? 'open' : undefined
  const why = whyRejected(reason)
  return {
    ...{ attempt, state: 'rejected' },
    ...(listed && { epoch: listed.epoch }),
    ...{ reason, why },
    ...(appeal && { appeal }),
  }
}
