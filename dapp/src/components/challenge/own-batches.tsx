/** A labeler's batches where earnings are paid: what became of each, why one was rejected, and the appeal against it by one press. */
import { partOf } from '@stellartrain/sdk/counted'
import { createEffect, createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { formatAmount, formatCount } from '../../lib/words/format.ts'
import { takesWork } from '../../lib/words/payout.ts'
import type { OwnBatch } from '../../lib/write/work.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { TextField } from '../ui/field.tsx'
import { Panel } from '../ui/panel.tsx'

/** Between two looks at what is open. */
const AGAIN_MS = 10_000

export function OwnBatches(props: { challenge: Challenge; manifest: Manifest | undefined }): JSX.Element {
  const [asked, setAsked] = createSignal(0)
  const read = createTask(
    () => {
      const labeler = wallet()?.address
      const { id, earnings } = props.challenge
      if (!labeler || !takesWork(props.challenge, props.manifest)) return undefined
      return { labeler, id, epochs: earnings?.epochs, asked: asked() }
    },
    async ({ labeler, id }) => (await import('../../lib/write/work.ts')).ownWork(id, labeler),
  )
  // What was shown stays while it is read again.
  const [last, setLast] = createSignal<readonly OwnBatch[]>([])
  const [says, setSays] = createSignal<Says>({ of: 0, by: new Map() })
  createEffect(() => {
    const found = read.value()
    if (!found && read.busy()) return
    const batches = found?.batches ?? []
    setSays({ of: found?.oracles ?? 0, by: new Map(batches.map(({ attempt, toldBy }) => [attempt, toldBy])) })
    setLast((before) => unchanged(before, batches))
  })
  // No event tells that an oracle has taken over an epoch: while something is open, it is asked again.
  createEffect(() => {
    if (!last().some(({ state, appeal }) => state === 'waiting' || appeal === 'open')) return
    const timer = setTimeout(() => setAsked((count) => count + 1), AGAIN_MS)
    onCleanup(() => clearTimeout(timer))
  })
  return (
    <Show when={last().length > 0 || read.failure()}>
      <Panel class="mt-6" title="Your batches" icon="file">
        <Show when={read.failure()}>
          <p class="text-sm text-ink-3">{inWords(read.failure()).sentence}</p>
        </Show>
        <ul class="divide-y divide-line">
          <For each={last()}>
            {(batch) => (
              <Batch
                challenge={props.challenge}
                batch={batch}
                says={says()}
                onAppealed={() => setAsked((count) => count + 1)}
              />
            )}
          </For>
        </ul>
      </Panel>
    </Show>
  )
}

/** How many oracles there are, and how many say what is shown of an attempt. */
type Says = { of: number; by: ReadonlyMap<number, number> }

/** What says the same is the same, whoever says it: a row that was made anew would lose what somebody types in it. */
function unchanged(before: readonly OwnBatch[], now: readonly OwnBatch[]): readonly OwnBatch[] {
  const nameOf = ({ toldBy: _, ...said }: OwnBatch) => JSON.stringify(said)
  const known = new Map(before.map((one) => [nameOf(one), one]))
  return now.map((one) => known.get(nameOf(one)) ?? one)
}

const WORDS = {
  waiting: { tone: 'wait', icon: 'clock', word: 'Waiting' },
  accepted: { tone: 'good', icon: 'check', word: 'Accepted' },
  rejected: { tone: 'bad', icon: 'cross', word: 'Rejected' },
} as const

function Batch(props: { challenge: Challenge; batch: OwnBatch; says: Says; onAppealed: () => void }): JSX.Element {
  const [why, setWhy] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const { challenge, batch } = props
  const words = () => WORDS[batch.state]
  const by = () => props.says.by.get(batch.attempt) ?? 0
  const appeal = async () => {
    setBusy(true)
    setFailure(
      await attemptAction(async () =>
        (await import('../../lib/write/work.ts')).appeal(challenge.id, batch.attempt, why().trim() || NO_REASONS),
      ),
    )
    setBusy(false)
    if (!failure()) props.onAppealed()
  }
  return (
    <li class="py-3 grid gap-2">
      <p class="text-sm flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span class="font-600">Batch {batch.attempt}</span>
        <Badge tone={words().tone} icon={words().icon}>
          {words().word}
        </Badge>
        <span class="text-ink-3">{told(challenge, batch)}</span>
        <Show when={by() * 2 <= props.says.of}>
          <span class="text-ink-3">So far {partOf(by(), props.says.of, 'oracle', { verb: ['says', 'say'] })} so.</span>
        </Show>
      </p>
      <Show when={batch.state === 'rejected'}>
        <p class="text-sm text-ink-2 max-w-[72ch] text-pretty">{batch.why}</p>
        <Show when={batch.appeal === undefined}>
          <div class="flex flex-wrap items-end gap-3">
            <TextField
              label="Why your answers are right"
              class="grow max-w-120"
              value={why()}
              onInput={(text) => setWhy(text.slice(0, MOST_REASONS))}
              hint="Optional. The reviewer reads it; everyone can. By appealing, you also show this batch's answers to whoever gets the labels."
            />
            <Button busy={busy()} disabled={busy()} onClick={() => void appeal()}>
              {busy() ? 'Waiting for your signature…' : 'Appeal'}
            </Button>
          </div>
        </Show>
      </Show>
      <Failure words={failure()} />
    </li>
  )
}

const NO_REASONS = 'I think that my answers are right.'
const MOST_REASONS = 1_000

function told(challenge: Challenge, { state, epoch, units = 0, earned = '0', appeal }: OwnBatch): string {
  if (state === 'waiting') return 'Its verdict is shown once its epoch is posted.'
  if (state === 'accepted')
    return `${formatCount(units, 'answer')} paid by epoch ${epoch}, ${formatAmount(earned, challenge.asset)}${appeal ? ', after an appeal' : ''}`
  const by = epoch === undefined ? 'before any epoch, for no one has earned anything yet' : `by epoch ${epoch}`
  if (appeal === 'open') return `${by}. You appealed: the reviewer decides.`
  if (appeal === 'upheld') return `${by}. You appealed: the reviewer left it rejected.`
  return `${by}. You can appeal once.`
}
