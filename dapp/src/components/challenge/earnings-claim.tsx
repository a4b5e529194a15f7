/** A challenge paid by earnings: what the connected labeler has earned, and the claim of it by its proof in the epoch's tree. */
import { revalidate } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Given } from '../ui/given.tsx'
import { Panel } from '../ui/panel.tsx'

export function EarningsClaim(props: { challenge: Challenge }): JSX.Element {
  const posted = () => props.challenge.payout.rule === 'earnings' && (props.challenge.earnings?.epochs ?? 0) > 0
  // The maker earns nothing in its own challenge.
  const labeler = () => wallet() && wallet()?.address !== props.challenge.maker
  return (
    <Show when={posted() && labeler()}>
      <Claim challenge={props.challenge} />
    </Show>
  )
}

function Claim(props: { challenge: Challenge }): JSX.Element {
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const [claims, setClaims] = createSignal(0)
  const money = (units: bigint) => formatAmount(units, props.challenge.asset)
  const read = createTask(
    () => {
      const labeler = wallet()?.address
      const { id, earnings } = props.challenge
      return labeler ? { labeler, id, epochs: earnings?.epochs, claims: claims() } : undefined
    },
    async ({ labeler, id }) => (await import('../../lib/write/earnings.ts')).earnedBy(id, labeler),
  )
  const claim = async () => {
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () =>
      (await import('../../lib/write/earnings.ts')).claimOwn(props.challenge.id),
    )
    setBusy(false)
    setFailure(failed)
    if (failed) return
    setClaims((count) => count + 1)
    await revalidate()
  }
  return (
    <Panel class="mt-6" title="Your earnings" icon="coins">
      <Given
        when={read.value()}
        fallback={
          <p class="text-sm text-ink-3">
            {read.failure() ? inWords(read.failure()).sentence : 'Reading what the oracles posted…'}
          </p>
        }
      >
        {(earned) => (
          <>
            <p class="text-sm text-ink-2 text-pretty max-w-[72ch]">
              {earned().cumulative === 0n
                ? `This account has earned nothing by epoch ${earned().epoch}.`
                : `By epoch ${earned().epoch} you have earned ${money(earned().cumulative)}, of which ${money(earned().claimed)} was sent to you. A claim proves your line in the epoch’s list against its root on the ledger; anyone may make it, and the money goes to you.`}
            </p>
            <Show when={earned().cumulative > earned().claimed}>
              <Button look="primary" class="justify-self-start" busy={busy()} disabled={busy()} onClick={claim}>
                {busy()
                  ? 'Waiting for signature and ledger…'
                  : `Claim ${money(earned().cumulative - earned().claimed)}`}
              </Button>
            </Show>
          </>
        )}
      </Given>
      <Failure words={failure()} />
    </Panel>
  )
}
