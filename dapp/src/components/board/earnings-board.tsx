/** The board of a task that pays by earnings: how far it is, appeals, and once labels can be read how good they are. */
import { type JSX, lazy, Suspense } from 'solid-js'
import type { Challenge } from '../../lib/types.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { Appeals } from './appeals.tsx'
import { CoverageSection, createCoverage } from './coverage.tsx'

const OpenedBoard = lazy(() => import('./opened.tsx'))

export default function EarningsBoard(props: { challenge: Challenge }): JSX.Element {
  const coverage = createCoverage(
    () => props.challenge,
    () => String(props.challenge.earnings?.epochs ?? 0),
  )
  return (
    <div class="grid gap-8">
      <CoverageSection coverage={coverage} />
      <Appeals challenge={props.challenge} />
      <Suspense fallback={<Skeleton lines={4} />}>
        <OpenedBoard challenge={props.challenge} />
      </Suspense>
    </div>
  )
}
