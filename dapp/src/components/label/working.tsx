/** A batch that was handed out: the desk until every item is answered, then the end of it. */
import { type JSX, lazy, onCleanup, Show, Suspense } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import type { Batch } from '../../lib/label/batch.ts'
import { createDesk } from '../../lib/label/desk.ts'
import type { HandIn } from '../../lib/label/hand-in.ts'
import { createHosts, hostsName } from '../../lib/label/hosts.ts'
import { dropWork } from '../../lib/label/kept.ts'
import { createLeaseClock } from '../../lib/label/lease.ts'
import { createMediaStore } from '../../lib/label/media.ts'
import { addPace } from '../../lib/label/pace.ts'
import { measured, perHour, rateOf } from '../../lib/label/pay.ts'
import { isAnswered, timeOf } from '../../lib/label/work.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { config } from '../../lib/site/config.ts'
import type { SubmitRun } from '../../lib/submit/run.ts'
import type { Standing } from '../../lib/submit/standing.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { LabelDesk } from './desk.tsx'
import { LeaseNotice } from './lease-line.tsx'

const Finish = lazy(async () => ({ default: (await import('./finish.tsx')).Finish }))

export function Working(props: {
  challenge: Challenge
  manifest: Manifest
  batch: Batch
  run: SubmitRun
  handIn: HandIn
  standing: Standing
  onEnded: () => void
}): JSX.Element {
  const { batch } = props
  const { task, items, key } = batch
  const desk = createDesk({ key, task, items })
  const media = createMediaStore(
    async (cid, most) => (await import('../../lib/content/content.ts')).readContent(cid, most),
    createHosts(localStorage, hostsName(config().contract, batch.tasks.challenge)),
  )
  const { challenge, attempt } = batch.tasks
  const lease = createLeaseClock({
    expires: batch.tasks.expires,
    renew: async (asking) => (await import('../../lib/write/label.ts')).renewBatch({ challenge, attempt }, asking),
    step: desk.work,
  })
  const rate = () => rateOf(props.challenge, props.manifest)
  const money = (units: bigint) => formatAmount(units, props.challenge.asset)
  const answered = () => desk.work().order.filter((id) => isAnswered(desk.work(), id))
  const hour = () => {
    const each = measured(desk.work().spent, answered())
    return each === undefined ? undefined : perHour(rate(), each)
  }
  // This ends when the batch is in the ledger, and when the page is left in the middle.
  onCleanup(() => {
    media.close()
    if (props.run.state().at !== 'landed' && props.handIn.state().at !== 'done') return
    const times = answered().flatMap((id) => timeOf(desk.work().spent, id) ?? [])
    const milliseconds = times.reduce((sum, one) => sum + one, 0)
    addPace(localStorage, config().contract, challenge, key.solver, { items: times.length, milliseconds })
    dropWork(localStorage, key)
  })
  const earns = (
    <span class="text-ink-3">
      {money(rate() * BigInt(desk.work().order.length))} if accepted
      <Show when={hour()}> · {money(hour()!)} an hour</Show>
    </span>
  )
  return (
    <div class="grid gap-4">
      <LeaseNotice lease={lease} onEnded={props.onEnded} />
      <Show when={!lease.ended() || props.run.state().at === 'sending' || props.handIn.state().at === 'sending'}>
        <Show
          when={desk.current() !== undefined}
          fallback={
            <Suspense fallback={<Skeleton lines={5} />}>
              <Finish
                challenge={props.challenge}
                manifest={props.manifest}
                batch={batch}
                desk={desk}
                run={props.run}
                handIn={props.handIn}
                standing={props.standing}
                rate={rate()}
              />
            </Suspense>
          }
        >
          <LabelDesk desk={desk} media={media} lease={lease} earns={earns} />
        </Show>
      </Show>
    </div>
  )
}
