/** What anyone or the maker may do now: cancel, send back what is left, open the truth. */
import { revalidate } from '@solidjs/router'
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/clock.ts'
import { closingOf } from '../../lib/closing.ts'
import type { Words } from '../../lib/errors.ts'
import { formatAmount } from '../../lib/format.ts'
import { attemptAction } from '../../lib/sent.ts'
import type { Challenge } from '../../lib/types.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Panel } from '../ui/panel.tsx'

export function Closing(props: { challenge: Challenge }): JSX.Element {
  const now = createNow()
  const file = createUniqueId()
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const can = () => closingOf(props.challenge, wallet()?.address, now())
  const run = async (work: (lib: typeof import('../../lib/write/manage.ts')) => Promise<unknown>) => {
    if (!wallet()) return setDialogOpen(true)
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () => work(await import('../../lib/write/manage.ts')))
    setBusy(false)
    setFailure(failed)
    if (!failed) await revalidate()
  }
  return (
    <Show when={can().cancel || can().close > 0n || can().open}>
      <Panel title="Possible now" icon="arrow">
        <Show when={can().cancel}>
          <p class="text-sm text-ink-2">
            Not every oracle has accepted. The challenge can be cancelled; all money returns to the maker.
          </p>
          <Button disabled={busy()} busy={busy()} onClick={() => run((lib) => lib.cancel(props.challenge.id))}>
            Cancel the challenge
          </Button>
        </Show>
        <Show when={can().close > 0n}>
          <p class="text-sm text-ink-2">
            {formatAmount(can().close, props.challenge.asset)} remain and belong to the maker. Anyone may send them.
          </p>
          <Button disabled={busy()} busy={busy()} onClick={() => run((lib) => lib.close(props.challenge.id))}>
            Send the remainder to the maker
          </Button>
        </Show>
        <Show when={can().open}>
          <p class="text-sm text-ink-2">
            You promised to open the truth. Choose the file that was saved when you created the challenge.
          </p>
          <label
            for={file}
            class="inline-flex items-center justify-center min-h-11 px-4 rounded-md border border-line-strong text-sm font-600 has-[+:focus-visible]:outline-2"
          >
            Open the truth
          </label>
          <input
            id={file}
            type="file"
            accept=".json,application/json"
            class="sr-only"
            disabled={busy()}
            onChange={(event) => {
              const kept = event.currentTarget.files?.[0]
              if (kept) void run(async (lib) => lib.openKept(props.challenge.id, await kept.text()))
            }}
          />
        </Show>
        <Failure words={failure()} />
      </Panel>
    </Show>
  )
}
