/** The list of an epoch as another oracle gives it: what is missing here is fetched and judged, and the list held against the result. */
import { computeCid } from '@stellartrain/ipfs-content/import'
import { checkSignedBatch, checkWork, type WorkList } from '@stellartrain/ipfs-content/work'
import type { Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Watch } from '../chain/watch.ts'
import { publicError } from '../errors.ts'
import { CLOCK_SLACK_SECONDS } from '../tasks/pool.ts'
import type { Admission } from './admission.ts'
import { noteAppeal, noteReview } from './appeals.ts'
import { askPeer } from './ask.ts'
import { type Candidate, candidateOf, refuseList } from './epoch.ts'
import type { OpenWork } from './open-work.ts'

export type PeerListDeps = Readonly<{ watch: Pick<Watch, 'clock'>; log: Log; signal: AbortSignal }>

/**
 * Undefined where the list is refused. `url`: of the oracle that gave it, which is asked for what it names. `isPosted`: whether its epoch has
 * its quorum already.
 */
export type CheckPeerList = (
  challenge: Challenge,
  of: OpenWork,
  given: unknown,
  url: string,
  epoch: { paidIn: bigint; isPosted?: boolean },
) => Promise<Candidate | undefined>

/** What a list comes to by the batches that are here. */
export const comesTo = (of: OpenWork, list: WorkList): Promise<Candidate | undefined> =>
  candidateOf(list, of.store, of.terms, (sha256) => of.store.batches.get(sha256)?.work, computeCid)

export function createPeerListCheck({ watch, log, signal }: PeerListDeps, admit: Admission['admit']): CheckPeerList {
  const clock = () => watch.clock()?.closedAt ?? 0

  async function fetchMissing(challenge: Challenge, of: OpenWork, list: WorkList, url: string): Promise<void> {
    const now = clock()
    for (const { sha256 } of list.batches) {
      if (of.store.batches.has(sha256)) continue
      const found = (await askPeer(url, `challenges/${challenge.id}/batches/${sha256}`, signal)) as
        | { batch?: unknown; sealed?: unknown }
        | undefined
      if (found === undefined || typeof found.sealed !== 'string') return
      const batch = checkSignedBatch(found.batch)
      await admit({ challenge, of, now }, batch, new Uint8Array(Buffer.from(found.sealed, 'base64')))
    }
    for (const review of list.reviews)
      if ((await noteReview(of, review)) === 'number_taken')
        log.warn('decisions_differ', { challenge: challenge.id, number: review.number, url })
    for (const appeal of list.appeals) await noteAppeal(of, appeal)
  }

  return async (challenge, of, given, url, epoch) => {
    try {
      const list = checkWork(given)
      await fetchMissing(challenge, of, list, url)
      const heldOf = (sha256: string) => of.store.batches.get(sha256)
      const refused = refuseList(list, of.store, of.terms, { ...epoch, now: clock() + CLOCK_SLACK_SECONDS, heldOf })
      if (refused === undefined) return await comesTo(of, list)
      log.warn('work_refused', { challenge: challenge.id, epoch: list.epoch, url, message: refused })
    } catch (error) {
      log.warn('work_refused', { challenge: challenge.id, url, ...publicError(error) })
    }
    return undefined
  }
}
