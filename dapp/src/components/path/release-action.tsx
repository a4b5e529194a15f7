/** What is due and was not delivered can be released by anyone; the money only goes to its solver. */
import { revalidate } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/clock.ts'
import type { Words } from '../../lib/errors.ts'
import { attemptAction } from '../../lib/sent.ts'
import type { Challenge, Submission } from '../../lib/types.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'

export function ReleaseAction(props: { submission: Submission; challenge: Challenge }): JSX.Element {
  const now = createNow()
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const it = () => props.submission
  const due = () => {
    if (BigInt(it().held) > 0n) return true
    const unpaid = !it().depositReturned && BigInt(it().deposit) > 0n
    const over = now() >= Date.parse(props.challenge.gradeBy)
    return (unpaid && ['unsettled', 'void', 'ungraded'].includes(it().status)) || (it().status === 'pending' && over)
  }
  const release = async () => {
    if (!wallet()) return setDialogOpen(true)
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () => (await import('../../lib/write/release.ts')).release(it()))
    setBusy(false)
    setFailure(failed)
    if (!failed) await revalidate()
  }
  return (
    <Show when={due()}>
      <div class="mt-5 grid gap-3 justify-items-start">
        <Button look="primary" busy={busy()} disabled={busy()} onClick={release}>
          {busy()
            ? 'Waiting for signature and ledger…'
            : wallet()
              ? 'Release the payment'
              : 'Connect to release the payment'}
        </Button>
        <Failure words={failure()} />
      </div>
    </Show>
  )
}
