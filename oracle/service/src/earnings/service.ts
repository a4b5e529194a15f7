/**
 * Work that earnings are paid for: takes signed batches from labelers and other oracles, judges them, proposes or checks each epoch's list,
 * and says what is to be posted. No labeler sends a transaction.
 */
import type { Appeal, Review, SignedBatch, WorkList } from '@stellartrain/ipfs-content/work'
import type { Watch } from '../chain/watch.ts'
import type { Results } from '../publish/sent-results.ts'
import type { Worked } from '../tasks/worked.ts'
import { type AdmissionDeps, createAdmission } from './admission.ts'
import { type AppealsDeps, createAppeals, type OpenAppeals, openAppeals } from './appeals.ts'
import type { EpochPosting } from './epoch.ts'
import { createNextEpoch, type NextEpochDeps } from './next-epoch.ts'
import { createOpenings, type OpeningsDeps } from './openings.ts'
import { type OwnWork, ownWork } from './own-work.ts'
import { createPeerListCheck, type PeerListDeps } from './peer-list.ts'
import { notePosted, postingOf, shownList } from './posting.ts'
import { type ResultsDeps, resultsAt } from './results.ts'
import { notedFor, released, waitingIn } from './standing.ts'

export type Earnings = {
  /** Takes a batch. Repeating it is safe. @throws HttpError */
  take(challenge: number, batch: SignedBatch, sealed: Uint8Array<ArrayBuffer>): Promise<void>
  appeal(challenge: number, appeal: Appeal): Promise<void>
  review(challenge: number, review: Review): Promise<void>
  /** The sealed file of a batch with what its labeler signed. */
  batch(
    challenge: number,
    sha256: string,
  ): Promise<{ batch: SignedBatch; time: number; sealed: Uint8Array } | undefined>
  /** The list of an epoch that has its quorum, or of the one that this oracle proposes. */
  list(challenge: number, epoch: number): Promise<WorkList | undefined>
  /** The keys of accepted batches, for whom the manifest names: in clear, or sealed to its age key. @throws HttpError */
  results(challenge: number): Promise<Results>
  own(challenge: number, labeler: string): Promise<OwnWork>
  reviews(challenge: number): Promise<OpenAppeals>
  /** What a labeler has handed in, for the leases. */
  worked(challenge: number): Promise<readonly Worked[]>
  /** The same of what no epoch has yet. */
  waiting(challenge: number): Promise<readonly Worked[]>
  /** Looks after all epochs; cheap when nothing is due. */
  advance(): void
  posting(challenge: number): EpochPosting | undefined
  posted(challenge: number, epoch: number, root: Uint8Array): void
}

/** Each part says what it needs. */
export type EarningsDeps = OpeningsDeps &
  AdmissionDeps &
  AppealsDeps &
  PeerListDeps &
  NextEpochDeps &
  ResultsDeps &
  Readonly<{ watch: Pick<Watch, 'challenges' | 'clock'> }>

export function createEarnings(deps: EarningsDeps): Earnings {
  const { watch, onWorked } = deps
  const clock = () => watch.clock()?.closedAt ?? 0
  const { open, at, ready, forget } = createOpenings(deps)
  const { take, admit } = createAdmission(deps)
  const { appeal, review } = createAppeals(deps)
  const nextEpoch = createNextEpoch(deps, createPeerListCheck(deps, admit))

  return {
    take: async (id, batch, sealed) => take(await at(id), batch, sealed),
    appeal: async (id, said) => appeal(await at(id), said),
    review: async (id, said) => review(await at(id), said),
    async batch(id, sha256) {
      const { of } = await at(id)
      const held = of.store.batches.get(sha256)
      const sealed = await of.store.sealed(sha256)
      return held && sealed && { batch: held.batch, time: held.time, sealed }
    },
    list: async (id, epoch) => shownList((await at(id)).of, epoch),
    results: async (id) => resultsAt(await at(id), deps),
    async own(id, labeler) {
      const { of, now } = await at(id)
      return ownWork(of, id, labeler, now)
    },
    reviews: async (id) => openAppeals((await at(id)).of),
    async worked(id) {
      const challenge = watch.get(id)
      const of = challenge && (await open(challenge))
      return of ? [...of.store.batches.values()].map((held) => notedFor(of, held, clock())) : []
    },
    async waiting(id) {
      const challenge = watch.get(id)
      const of = challenge && (await open(challenge))
      return of ? waitingIn(of, clock()) : []
    },
    advance() {
      for (const challenge of watch.challenges()) {
        if (challenge.payout.tag !== 'Earnings' || !challenge.counters.accepted) continue
        void open(challenge).then(
          (of) => {
            if (!of) return
            for (const worked of released(of, clock())) onWorked(challenge.id, worked)
            void nextEpoch(challenge, of)
          },
          () => {},
        )
      }
      forget()
    },
    posting(id) {
      const of = ready(id)
      return of && postingOf(of)
    },
    posted(id, epoch, root) {
      const of = ready(id)
      if (of) notePosted(of, epoch, root)
    },
  }
}
