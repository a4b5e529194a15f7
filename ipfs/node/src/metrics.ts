/** What the IPFS service counts and measures beside what every service does. */
import { statfs } from 'node:fs/promises'
import { createMetrics, type Metrics } from '@stellartrain/service'
import type { ReplicaStatus } from './replica/copier.ts'

export type IpfsMetrics = Readonly<{
  metrics: Metrics
  uploaded(bytes: number): void
  refused(code: string): void
  /** A block was written that was not stored before. */
  blockWritten(): void
  /** How many uploads are running now. */
  running(count: number): void
  /** Measures the disk, the replica and what is kept for challenges before each scrape. */
  observe(home: string, replica: () => ReplicaStatus | null, submissions: () => { files: number; bytes: number }): void
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
  running.set(0)
  return {
    metrics,
    uploaded(size) {
      uploads.inc()
      bytes.inc(size)
    },
    refused: (code) => refused.inc({ code }),
    blockWritten: () => blocks.inc(),
    running: (count) => running.set(count),
    observe(home, replica, submissions) {
      const free = metrics.gauge('disk_free_bytes', 'Free bytes of the disk that holds the store.')
      const total = metrics.gauge('disk_total_bytes', 'Size of that disk.')
      const up = metrics.gauge('up', 'Whether the replica answers; absent without one.', ['upstream'])
      const waiting = metrics.gauge('replica_waiting', 'Roots that are still to be compared or copied.')
      const kept = metrics.gauge('replica_kept', 'Roots that the replica is known to keep.')
      const files = metrics.gauge('submissions', 'Submissions that are kept for their challenges.')
      const size = metrics.gauge('submission_bytes', 'Bytes that these count.')
      metrics.beforeScrape(async () => {
        files.set(submissions().files)
        size.set(submissions().bytes)
        const disk = await statfs(home).catch(() => undefined)
        free.set(disk ? disk.bavail * disk.bsize : 0)
        total.set(disk ? disk.blocks * disk.bsize : 0)
        const status = replica()
        if (status === null) return
        up.set({ upstream: 'kubo' }, Number(status.state !== 'unreachable'))
        waiting.set(status.waiting)
        kept.set(status.kept)
      })
    },
  }
}
