/** All items are answered: what it will earn, a way back to each of them, and the one signature. */
import { capital, partOf } from '@stellartrain/sdk/counted'
import { createEffect, createMemo, For, type JSX, Show } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import { batchCsv } from '../../lib/label/answers.ts'
import type { Batch } from '../../lib/label/batch.ts'
import type { Desk } from '../../lib/label/desk.ts'
import type { HandIn } from '../../lib/label/hand-in.ts'
import type { Challenge } from '../../lib/read/types.ts'
import type { SubmitRun } from '../../lib/submit/run.ts'
import type { Standing } from '../../lib/submit/standing.ts'
import { formatAmount, formatCount } from '../../lib/words/format.ts'
import { CheckResult } from '../submit/check-result.tsx'
import { Send } from '../submit/send.tsx'
import { Button } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'
import { FeeLine } from './fee-line.tsx'
import { SendWork } from './send-work.tsx'

export function Finish(props: {
  challenge: Challenge
  manifest: Manifest
  batch: Batch
  desk: Desk
  run: SubmitRun
  handIn: HandIn
  standing: Standing
  rate: bigint
}): JSX.Element {
  const count = () => props.desk.items.size
  const flagged = () => Object.values(props.desk.work().given).filter(({ broken }) => broken).length
  const work = () => props.challenge.payout.rule === 'earnings'
  const sent = () =>
    ['sending', 'landed'].includes(props.run.state().at) || ['sending', 'done'].includes(props.handIn.state().at)
  const refused = () => {
    const now = props.run.state()
    return 'check' in now && !now.check.ok ? now.check : undefined
  }
  // A memo, so that the same file is not chosen again whenever something else about the work changes.
  const csv = createMemo(() => batchCsv(props.manifest, props.batch.task, props.desk.items, props.desk.work()))
  createEffect(() => {
    if (work()) return
    const name = `labels-${props.challenge.id}-${props.batch.tasks.attempt}.csv`
    props.run.choose(new File([csv()], name, { type: 'text/csv' }))
  })
  return (
    <section class="grid gap-5 pb-24 md:pb-0" aria-label="Submit the batch">
      <div class="grid gap-1">
        <h2 class="text-lg font-600">{capital(partOf(count(), count(), 'item', { verb: ['is', 'are'] }))} answered</h2>
        <p class="text-sm text-ink-2 text-pretty max-w-[72ch]">
          If it is accepted, this batch earns {formatAmount(props.rate * BigInt(count()), props.challenge.asset)}.
          <Show when={flagged() > 0}> {formatCount(flagged(), 'item is', 'items are')} flagged as broken.</Show> You can
          still change every answer.
        </p>
      </div>
      <Show when={!sent()}>
        <div class="flex flex-wrap gap-2">
          <Button icon="back" onClick={() => props.desk.undo()}>
            Back to the last item
          </Button>
        </div>
        <details>
          <summary class="summary text-sm text-ink-2">Go to an item</summary>
          <div class="grid gap-1.5 grid-cols-[repeat(auto-fill,minmax(3rem,1fr))] pt-1">
            <For each={props.desk.work().order}>
              {(id, place) => (
                <button
                  type="button"
                  class="min-h-11 rounded-md border border-line-strong bg-surface num text-sm text-ink focusable"
                  aria-label={`Item ${place() + 1}${props.desk.work().given[id]?.broken ? ', flagged' : ''}`}
                  onClick={() => props.desk.go(id)}
                >
                  {place() + 1}
                  {props.desk.work().given[id]?.broken ? ' !' : ''}
                </button>
              )}
            </For>
          </div>
        </details>
      </Show>
      <Given when={refused()}>
        {(check) => (
          <div class="card px-4 sm:px-6 py-5">
            <CheckResult check={check()} rows={count()} unsent />
          </div>
        )}
      </Given>
      <Show when={!work() && !sent() && props.manifest.labeling?.overlap !== undefined}>
        <FeeLine challenge={props.challenge.id} />
      </Show>
      <Show when={work()} fallback={<Send challenge={props.challenge} run={props.run} standing={props.standing} bar />}>
        <SendWork handIn={props.handIn} csv={csv} oracles={props.challenge.oracles.length} />
      </Show>
    </section>
  )
}
