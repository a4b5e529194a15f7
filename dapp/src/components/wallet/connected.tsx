/** Who is connected: address, network, what the account has, and how to get what it lacks. */
import { A } from '@solidjs/router'
import { createEffect, createSignal, For, type JSX, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import { config } from '../../lib/site/config.ts'
import { networkName } from '../../lib/site/networks.ts'
import { accountChanged, accountVersion, setDialogOpen } from '../../lib/wallet/session.ts'
import type { Wallet } from '../../lib/wallet/wallet.ts'
import { inWords } from '../../lib/words/errors.ts'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const KeepAccount = lazy(() => import('./keep-account.tsx'))

export function Connected(props: {
  wallet: Wallet
  /** Connected just now: the dialog closes by itself where nothing is missing. */
  fresh: boolean
  onDisconnect: () => void
}): JSX.Element {
  const network = createTask(
    () => props.wallet,
    (connected) => connected.networkPassphrase(),
  )
  const funds = createTask(
    () => ({ address: props.wallet.address, version: accountVersion() }),
    async ({ address }) => (await import('../../lib/write/account.ts')).holdingsOf(address),
  )
  addEventListener('focus', network.again)
  onCleanup(() => removeEventListener('focus', network.again))
  let done: HTMLButtonElement | undefined
  onMount(() => done?.focus())
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal('')
  const wrong = () => network.value() !== undefined && network.value() !== config().passphrase
  createEffect(() => {
    const ready = network.value() === config().passphrase && funds.value()?.exists === true
    // A new account of this browser is shown with how to keep it.
    if (props.fresh && ready && props.wallet.kind !== 'browser') setDialogOpen(false)
  })
  const fund = async () => {
    setBusy(true)
    setFailure('')
    try {
      await (await import('../../lib/write/account.ts')).askFriendbot(props.wallet.address)
      accountChanged()
    } catch (error) {
      setFailure(inWords(error).sentence)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="grid gap-4">
      <Facts
        rows={[
          ['Wallet', props.wallet.name],
          ['Address', <Hash value={props.wallet.address} what="your address" head={6} tail={6} />],
          ['Network', networkName(config().passphrase, config())],
        ]}
      />
      <Show when={wrong()}>
        <Notice tone="bad" title="The wallet is on another network" role="alert">
          It is set to {networkName(network.value() ?? '', config())}, this site works on{' '}
          {networkName(config().passphrase, config())}. Switch it in the wallet before you sign; reading works as it is.
        </Notice>
      </Show>
      <Show
        when={!funds.failure()}
        fallback={<p class="text-sm text-ink-3">The balances could not be read from the network.</p>}
      >
        <Given when={funds.value()} fallback={<Skeleton lines={2} />}>
          {(has) => (
            <Show
              when={has().exists}
              fallback={
                <Notice
                  tone="wait"
                  title="This account has no funds yet"
                  actions={
                    config().friendbotUrl ? (
                      <Button look="primary" busy={busy()} disabled={busy()} onClick={fund}>
                        {busy() ? 'Asking…' : 'Get test money'}
                      </Button>
                    ) : undefined
                  }
                >
                  An account exists once it holds some XLM.{' '}
                  {config().friendbotUrl
                    ? 'On this network, test money is free.'
                    : 'Send some XLM to its address first; it also pays the transaction fees.'}
                  <Show when={failure()}>
                    <span class="block text-bad">{failure()}</span>
                  </Show>
                </Notice>
              }
            >
              <ul class="grid gap-1 text-sm" aria-label="Balances">
                <For each={has().holdings}>
                  {(balance) => (
                    <li class="flex justify-between gap-4">
                      <span class="text-ink-3">{balance.asset.code}</span>
                      <Show when={balance.balance !== null} fallback={<span class="text-ink-3">no trustline</span>}>
                        <Amount units={balance.balance ?? 0n} asset={balance.asset} />
                      </Show>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Given>
      </Show>
      <Show when={props.wallet.kind === 'browser'}>
        <Suspense>
          <KeepAccount />
        </Suspense>
      </Show>
      <div class="flex flex-wrap gap-2 justify-between">
        <A
          href={`/accounts/${props.wallet.address}`}
          class="link text-sm inline-flex items-center min-h-11"
          onClick={() => setDialogOpen(false)}
        >
          Your account
        </A>
        <span class="flex flex-wrap gap-2">
          <Button look="quiet" onClick={props.onDisconnect}>
            Disconnect
          </Button>
          <Button ref={done} onClick={() => setDialogOpen(false)}>
            Done
          </Button>
        </span>
      </div>
    </div>
  )
}
