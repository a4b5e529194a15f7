/** The board of a task for labelers: how far it is, who labels, what it costs; and once labels are opened, how good they are. */
import { createAsync } from '@solidjs/router'
import { createMemo, type JSX, lazy, Show, Suspense } from 'solid-js'
import { runningOf } from '../../lib/board/running.ts'
import { createNow } from '../../lib/reactive/clock.ts'
import { getSubmissions } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import { Facts } from '../ui/facts.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CoverageSection, createCoverage } from './coverage.tsx'
import { Labelers } from './labelers.tsx'
import { paceOf } from './pace.tsx'
import { Short } from './short.tsx'

const OpenedBoard = lazy(() => import('./opened.tsx'))

export default function Board(props: { challenge: Challenge }): JSX.Element {
  const submissions = createAsync(() => getSubmissions(String(props.challenge.id)))
  const now = createNow()
  // Again when a batch came or was decided.
  const coverage = createCoverage(
    () => props.challenge,
    () => `${submissions()?.length} ${props.challenge.concluded}`,
  )
  const needed = () => coverage.value()?.places ?? 0
  const running = createMemo(() => runningOf(props.challenge, submissions() ?? [], { needed: needed(), now: now() }))
  const money = (units: bigint) => formatAmount(units, props.challenge.asset)
  return (
    <Show when={submissions()} fallback={<Skeleton lines={6} />}>
      <div class="grid gap-8">
        <CoverageSection coverage={coverage} />
        <section class="grid gap-2" aria-label="Money and time">
          <h2 class="section-title">Money and time</h2>
          <Facts
            wide
            rows={[
              ['Paid', props.challenge.paid === null ? NOT_KNOWN : money(running().money.paid)],
              ['Reserved for batches', money(running().money.reserved)],
              ['Left', money(running().money.left)],
              ...(needed() > 0
                ? ([['To pay for the labels that are missing', money(running().money.toFinish)]] as [
                    string,
                    JSX.Element,
                  ][])
                : []),
              [
                'Batches',
                `${running().batches.accepted} accepted, ${running().batches.rejected} rejected, ${running().batches.waiting} waiting${running().batches.undecided > 0 ? `, ${running().batches.undecided} without a verdict` : ''}`,
              ],
              ['Pace and forecast', paceOf(running().forecast)],
            ]}
          />
          <Short id={props.challenge.id} short={running().money.short} money={money} />
        </section>
        <Labelers rows={running().labelers} money={money} />
        <Suspense fallback={<Skeleton lines={4} />}>
          <OpenedBoard challenge={props.challenge} />
        </Suspense>
      </div>
    </Show>
  )
}
