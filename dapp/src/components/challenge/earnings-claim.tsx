/**
 * A challenge paid by earnings: what the connected labeler has earned, and the claim of it by its proof in the epoch's tree. A labeler
 * needs no account before it is paid, so whoever has one can claim for any other.
 */
import { revalidate } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { isAccount } from '../../lib/wallet/browser-account/keys.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Panel } from '../ui/panel.tsx'

export function EarningsClaim(props: { challenge: Challenge }): JSX.Element {
  const posted = () => props.challenge.payout.rule === 'earnings' && (props.challenge.earnings?.epochs ?? 0) > 0
  // The maker earns nothing in its own challenge.
  const labeler = () => (wallet()?.address === props.challenge.maker ? undefined : wallet()?.address)
  return (
    <Show when={posted() && wallet()}>
      <Panel class="mt-6" title={labeler() ? 'Your earnings' : 'Earnings'} icon="coins">
        <Given when={labeler()}>
          {(address) => <Claim challenge={props.challenge} labeler={address()} who={YOU} />}
        </Given>
        <ForAnother challenge={props.challenge} />
      </Panel>
    </Show>
  )
}

/** How a labeler is spoken of. */
type Who = { have: string; to: string }
const YOU: Who = { have: 'you have', to: 'you' }
const OTHER: Who = { have: 'this account has', to: 'it' }

function ForAnother(props: { challenge: Challenge }): JSX.Element {
  const [typed, setTyped] = createSignal('')
  const address = () => typed().trim()
  const labeler = () => (isAccount(address()) ? address() : undefined)
  return (
    <details class="mt-3">
      <summary class="text-sm font-600 summary">Claim for another labeler</summary>
      <div class="grid gap-3 py-3">
        <TextField
          label="Account of the labeler"
          mono
          value={typed()}
          onInput={setTyped}
          hint="A labeler without an account on the network, or without XLM for the fee, cannot claim by itself. You pay the fee, and the money goes to the labeler; a payment of at least 1 XLM makes its account."
          error={address() === '' || labeler() ? undefined : 'This is not the address of an account, G….'}
        />
        <Show when={labeler()} keyed>
          {(other) => <Claim challenge={props.challenge} labeler={other} who={OTHER} />}
        </Show>
      </div>
    </details>
  )
}

function Claim(props: { challenge: Challenge; labeler: string; who: Who }): JSX.Element {
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const [claims, setClaims] = createSignal(0)
  const money = (units: bigint) => formatAmount(units, props.challenge.asset)
  const read = createTask(
    () => {
      const { id, earnings } = props.challenge
      return { labeler: props.labeler, id, epochs: earnings?.epochs, claims: claims() }
    },
    async ({ labeler, id }) => (await import('../../lib/write/earnings.ts')).earnedBy(id, labeler),
  )
  const claim = async () => {
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () =>
      (await import('../../lib/write/earnings.ts')).claimFor(props.challenge.id, props.labeler),
    )
    setBusy(false)
    setFailure(failed)
    if (failed) return
    setClaims((count) => count + 1)
    await revalidate()
  }
  return (
    <>
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
                : `By epoch ${earned().epoch} ${props.who.have} earned ${money(earned().cumulative)}, of which ${money(earned().claimed)} was sent to ${props.who.to}. A claim proves a labeler’s line in the epoch’s list against its root on the ledger; anyone may make it, and the money goes to the labeler.`}
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
    </>
  )
}
