/** The board of a task that pays by earnings: how far it is, what it costs, who labels, appeals, and once labels can be read how good they are. */
import { createMemo, type JSX, lazy, Suspense } from 'solid-js'
import { createManifest } from '../../lib/content/manifest.ts'
import { createNow } from '../../lib/reactive/clock.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { Given } from '../ui/given.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Appeals } from './appeals.tsx'
import { CoverageSection, createCoverage } from './coverage.tsx'
import { EarningsMoney } from './earnings-money.tsx'

const OpenedBoard = lazy(() => import('./opened.tsx'))

export default function EarningsBoard(props: { challenge: Challenge }): JSX.Element {
  const now = createNow()
  // No ledger tells of batches that are handed in: it is asked again each minute.
  const minute = createMemo(() => Math.floor(now() / 60_000))
  const coverage = createCoverage(
    () => props.challenge,
    () => `${props.challenge.earnings?.epochs ?? 0} ${minute()}`,
  )
  const manifest = createManifest(() => props.challenge.manifest)
  return (
    <div class="grid gap-8">
      <CoverageSection coverage={coverage} byEpochs />
      <Given when={manifest.value()} fallback={<Skeleton lines={4} />}>
        {(described) => (
          <EarningsMoney challenge={props.challenge} manifest={described()} coverage={coverage.value()} />
        )}
      </Given>
      <Appeals challenge={props.challenge} />
      <Suspense fallback={<Skeleton lines={4} />}>
        <OpenedBoard challenge={props.challenge} />
      </Suspense>
    </div>
  )
}
