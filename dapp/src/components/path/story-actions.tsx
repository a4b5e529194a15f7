/** What can be done for a submission now, as its story has it: settle it, or release what it is owed; anyone may. */
import { revalidate } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import type { Challenge, Submission } from '../../lib/read/types.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { accountChanged, setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import type { Words } from '../../lib/words/errors.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { storyOf } from '../../lib/words/tell.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'

export function StoryActions(props: { submission: Submission; challenge: Challenge }): JSX.Element {
  const now = createNow()
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const story = () => storyOf(props.challenge, props.submission, now())
  const can = (action: ReturnType<typeof story>['can'][number]) => story().can.includes(action)
  const own = () => wallet()?.address === props.submission.solver
  const run = async (work: () => Promise<unknown>) => {
    if (!wallet()) return setDialogOpen(true)
    setBusy(true)
    setFailure()
    const failed = await attemptAction(work)
    setBusy(false)
    setFailure(failed)
    if (!failed) await revalidate()
  }
  const manage = () => import('../../lib/write/manage.ts')
  const trust = async () => {
    await (await import('../../lib/write/account.ts')).acceptAsset(props.challenge.asset)
    accountChanged()
  }
  const waiting = 'Waiting for signature and ledger…'
  return (
    <Show when={can('settle') || can('release')}>
      <div class="mt-5 grid gap-3 justify-items-start">
        <div class="flex flex-wrap gap-3">
          <Show when={can('add_trustline') && own()}>
            <Button busy={busy()} disabled={busy()} onClick={() => run(trust)}>
              Add {props.challenge.asset.code} to the account
            </Button>
          </Show>
          <Show when={can('release')}>
            <Button
              look="primary"
              busy={busy()}
              disabled={busy()}
              onClick={() => run(async () => (await manage()).release(props.submission))}
            >
              {busy()
                ? waiting
                : `${wallet() ? 'Release' : 'Connect to release'} ${formatAmount(story().amounts.owed.total, props.challenge.asset)}`}
            </Button>
          </Show>
          <Show when={can('settle') && !can('release')}>
            <Button
              look="primary"
              busy={busy()}
              disabled={busy()}
              onClick={() => run(async () => (await manage()).settle(props.challenge.id))}
            >
              {busy() ? waiting : wallet() ? 'Settle' : 'Connect to settle'}
            </Button>
          </Show>
        </div>
        <Failure words={failure()} />
      </div>
    </Show>
  )
}
