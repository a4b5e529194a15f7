/** The board of a task for labelers: how far it is, who labels, what it costs; and once labels are opened, how good they are. */
import { createAsync } from '@solidjs/router'
import { createMemo, For, type JSX, lazy, Show, Suspense } from 'solid-js'
import { getSubmissions } from '../../lib/api.ts'
import { runningOf } from '../../lib/board/running.ts'
import { createNow } from '../../lib/clock.ts'
import { formatAmount, formatCount } from '../../lib/format.ts'
import type { Challenge } from '../../lib/types.ts'
import { Facts } from '../ui/facts.tsx'
import { Hash } from '../ui/hash.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Time } from '../ui/time.tsx'
import { CoverageSection, createCoverage } from './coverage.tsx'

const OpenedBoard = lazy(() => import('./opened.tsx'))
/** Of a list that may be long; the tab Labelers has all. */
const SHOWN = 20

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
  const forecast = () => {
    const found = running().forecast
    if (!found) return 'no label was accepted in the last day'
    const pace = `${formatCount(Math.round(found.perHour), 'label')} an hour`
    return found.doneAt === null ? (
      pace
    ) : (
      <>
        {pace}: all are there <Time at={found.doneAt} />
      </>
    )
  }
  return (
    <Show when={submissions()} fallback={<Skeleton lines={6} />}>
      <div class="grid gap-8">
        <CoverageSection coverage={coverage} />
        <section class="grid gap-2" aria-label="Money and time">
          <h2 class="section-title">Money and time</h2>
          <Facts
            wide
            rows={[
              ['Paid', money(running().money.paid)],
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
              ['Pace and forecast', forecast()],
            ]}
          />
          <Show when={running().money.short > 0n}>
            <Notice tone="wait" title="The money does not reach for every label">
              {money(running().money.short)} are missing. Anyone can add them until the challenge closes: npx
              stellartrain topup {props.challenge.id} --prize AMOUNT
            </Notice>
          </Show>
        </section>
        <Show when={running().labelers.length > 0}>
          <section class="grid gap-2" aria-label="Labelers">
            <h2 class="section-title">Labelers</h2>
            <section class="relative overflow-x-auto focusable" tabindex="0" aria-label="Labelers, batch by batch">
              <table class="w-full text-sm border-collapse">
                <thead>
                  <tr class="border-b border-line">
                    <th scope="col" class="th">
                      Labeler
                    </th>
                    <th scope="col" class="th text-right">
                      Labels
                    </th>
                    <th scope="col" class="th text-right">
                      Accepted
                    </th>
                    <th scope="col" class="th text-right">
                      Rejected
                    </th>
                    <th scope="col" class="th text-right">
                      Earned
                    </th>
                  </tr>
                </thead>
                <tbody class="divide-y divide-line">
                  <For each={running().labelers.slice(0, SHOWN)}>
                    {(row) => (
                      <tr>
                        <td class="px-3 py-1">
                          <Hash value={row.address} what="labeler" href={`/accounts/${row.address}`} />
                        </td>
                        <td class="px-3 py-1 num text-right">{row.labels}</td>
                        <td class="px-3 py-1 num text-right">{row.accepted}</td>
                        <td class="px-3 py-1 num text-right">{row.rejected}</td>
                        <td class="px-3 py-1 num text-right whitespace-nowrap">{money(row.paid)}</td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </section>
            <Show when={running().labelers.length > SHOWN}>
              <p class="text-xs text-ink-3">
                The {SHOWN} with the most labels of {running().labelers.length}.
              </p>
            </Show>
          </section>
        </Show>
        <Suspense fallback={<Skeleton lines={4} />}>
          <OpenedBoard challenge={props.challenge} />
        </Suspense>
      </div>
    </Show>
  )
}
