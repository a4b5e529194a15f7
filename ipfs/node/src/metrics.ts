/** What the IPFS service counts and measures beside what every service does. */
import { createMetrics, type Metrics } from '@stellartrain/service'
import type { NamedStatus } from './chain/named.ts'
import type { UploadsStatus } from './http/status.ts'
import type { ReplicaStatus } from './replica/copier.ts'
import type { HoldLimits } from './store/holds.ts'
import { diskOf } from './store/room.ts'

/** How an answer with content ended: `whole`, `broken` by a block that cannot be read, `cut` for its pace, or `refused` for want of a place. */
export type ReadOutcome = 'whole' | 'broken' | 'cut' | 'refused'

export type IpfsMetrics = Readonly<{
  metrics: Metrics
  uploaded(bytes: number): void
  refused(code: string): void
  /** A block was written that was not stored before. */
  blockWritten(): void
  /** How many uploads are running now. */
  running(count: number): void
  /** How many submissions are on their way now. */
  taking(count: number): void
  read(outcome: ReadOutcome): void
  /** How many answers with content are on their way now, and the bytes of the blocks that they hold. */
  reading(count: number, heldBytes: number): void
  /** Measures what the service knows anyway before each scrape. */
  observe(of: Observed): void
}>

export type Observed = Readonly<{
  home: string
  replica: () => ReplicaStatus | null
  remotePins: () => readonly ReplicaStatus[]
  submissions: () => { files: number; bytes: number }
  submissionLimits: HoldLimits
  uploads: () => UploadsStatus
  named: () => NamedStatus | null
}>

export function createIpfsMetrics(version: string): IpfsMetrics {
  const metrics = createMetrics('ipfs', version)
  const uploads = metrics.counter('uploads_total', 'Uploads that were stored or were stored already.')
  const bytes = metrics.counter('upload_bytes_total', 'Bytes of these uploads.')
  const refused = metrics.counter('uploads_refused_total', 'Uploads that were refused, by the code of the reason.', [
    'code',
  ])
  const blocks = metrics.counter('blocks_written_total', 'Blocks that were written to disk.')
  const running = metrics.gauge('uploads_running', 'Uploads on their way.')
  const taking = metrics.gauge('submissions_running', 'Submissions on their way.')
  const reads = metrics.counter('reads_total', 'Answers with content, by how they ended.', ['outcome'])
  const reading = metrics.gauge('reads_running', 'Answers with content on their way.')
  const held = metrics.gauge('reads_held_bytes', 'Bytes of the blocks that these hold in memory, one block each.')
  running.set(0)
  taking.set(0)
  reading.set(0)
  held.set(0)
  return {
    metrics,
    uploaded(size) {
      uploads.inc()
      bytes.inc(size)
    },
    refused: (code) => refused.inc({ code }),
    blockWritten: () => blocks.inc(),
    running: (count) => running.set(count),
    taking: (count) => taking.set(count),
    read: (outcome) => reads.inc({ outcome }),
    reading(count, heldBytes) {
      reading.set(count)
      held.set(heldBytes)
    },
    observe: (of) => observe(metrics, of),
  }
}

function observe(
  metrics: Metrics,
  { home, replica, remotePins, submissions, submissionLimits, uploads, named }: Observed,
): void {
  const free = metrics.gauge('disk_free_bytes', 'Free bytes of the disk that holds the store.')
  const total = metrics.gauge('disk_total_bytes', 'Size of that disk.')
  const reserve = metrics.gauge('disk_reserve_bytes', 'What uploads leave free of it.')
  const kept = metrics.gauge('kept_files', 'Files that are kept, for accounts and for challenges.', ['for'])
  const used = metrics.gauge('quota_used_bytes', 'Bytes that count for a quota.', ['for'])
  const quota = metrics.gauge('quota_bytes', 'What may be kept at most.', ['for'])
  const letGo = metrics.gauge('let_go_files', 'Uploads that were let go since the start.')
  const letGoBytes = metrics.gauge('let_go_bytes', 'Bytes of these.')
  const unlearned = metrics.gauge(
    'unlearned_files',
    'Uploads that stay because events from before their time are gone.',
  )
  const ledger = metrics.gauge('ledger', 'The newest ledger that was read; absent before the first.')
  const closed = metrics.gauge('ledger_closed_seconds', 'When it closed, unix seconds.')
  const following = metrics.gauge(
    'ledger_readable',
    'Whether the ledger can be read now; absent where no contract is followed.',
  )
  const up = metrics.gauge('up', 'Whether the replica answers; absent without one.', ['upstream'])
  const waiting = metrics.gauge('replica_waiting', 'Roots that are still to be compared, copied or let go there.')
  const replicated = metrics.gauge('replica_kept', 'Roots that the replica is known to keep.')
  const undelivered = metrics.gauge('remote_pins_undelivered', 'What a remote pinning service does not keep yet.', [
    'service',
  ])
  const delivered = metrics.gauge('remote_pins', 'What it is known to keep.', ['service'])
  const answers = metrics.gauge('remote_pins_up', 'Whether it answers and takes pins.', ['service'])
  const files = metrics.gauge('submissions', 'Submissions that are kept for their challenges.')
  const size = metrics.gauge('submission_bytes', 'Bytes that these count.')
  metrics.beforeScrape(async () => {
    const [taken, sent, chain, copies] = [submissions(), uploads(), named(), replica()]
    files.set(taken.files)
    size.set(taken.bytes)
    kept.set({ for: 'challenges' }, taken.files)
    kept.set({ for: 'accounts' }, sent.files)
    used.set({ for: 'challenges' }, taken.bytes)
    used.set({ for: 'accounts' }, sent.bytes)
    quota.set({ for: 'challenges' }, submissionLimits.maxSubmissionsBytes)
    quota.set({ for: 'accounts' }, sent.maxUploadsBytes)
    reserve.set(sent.reserveBytes)
    letGo.set(sent.letGo)
    letGoBytes.set(sent.letGoBytes)
    unlearned.set(sent.unlearned)
    // A disk that cannot be measured is not known to be empty.
    const disk = await diskOf(home).catch(() => ({ freeBytes: Number.NaN, totalBytes: Number.NaN }))
    free.set(disk.freeBytes)
    total.set(disk.totalBytes)
    if (chain !== null) {
      following.set(Number(chain.problem === null && chain.ledger !== null))
      if (chain.ledger !== null) ledger.set(chain.ledger)
      if (chain.closedAt !== null) closed.set(chain.closedAt)
    }
    for (const { url, state, waiting: left, kept: there } of remotePins()) {
      undelivered.set({ service: url }, left)
      delivered.set({ service: url }, there)
      answers.set({ service: url }, Number(state !== 'unreachable'))
    }
    if (copies === null) return
    up.set({ upstream: 'kubo' }, Number(copies.state !== 'unreachable'))
    waiting.set(copies.waiting)
    replicated.set(copies.kept)
  })
}
