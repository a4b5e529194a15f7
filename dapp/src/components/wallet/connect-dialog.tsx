/** Connect: which wallet, what it will be asked and why, and what is missing before anything can be sent. */
import { Dialog } from '@kobalte/core/dialog'
import { createEffect, createSignal, For, type JSX, lazy, on, onMount, Show, Suspense } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import { config } from '../../lib/site/config.ts'
import { networkName } from '../../lib/site/networks.ts'
import { asking } from '../../lib/wallet/browser-account/asking.ts'
import { keptVault } from '../../lib/wallet/browser-account/store.ts'
import { connect, dialogOpen, disconnect, setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import type { WalletKind } from '../../lib/wallet/wallet.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Connected } from './connected.tsx'

const BrowserAccount = lazy(() => import('./browser-account.tsx'))
const Unlock = lazy(() => import('./unlock.tsx'))

export default function ConnectDialog(): JSX.Element {
  // Just connected here: nothing keeps a person in this dialog who has all that is needed.
  const [chosen, setChosen] = createSignal(false)
  createEffect(() => !dialogOpen() && setChosen(false))
  // A signature that is through needs the dialog no more, also where it was what loaded the dialog.
  createEffect(on(asking, (now, before) => before && !now && setDialogOpen(false)))
  const title = () => (asking() ? 'Open the account to sign' : wallet() ? 'Your wallet' : 'Connect a wallet')
  return (
    <Dialog
      open={dialogOpen()}
      onOpenChange={(open) => {
        setDialogOpen(open)
        // Closed instead of answered.
        if (!open) asking()?.decline()
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-30 bg-black/45" />
        <div class="fixed inset-0 z-40 grid place-items-center p-3 overflow-y-auto">
          <Dialog.Content class="card w-full max-w-120 p-5 sm:p-6 grid gap-4 shadow-xl focusable">
            <div class="flex items-start justify-between gap-4">
              <Dialog.Title class="text-lg font-600">{title()}</Dialog.Title>
              <Dialog.CloseButton
                class="size-11 -m-2.5 grid place-items-center text-ink-3 hover:text-ink bg-transparent rounded-md focusable"
                aria-label="Close"
              >
                <Icon name="cross" />
              </Dialog.CloseButton>
            </div>
            <Suspense fallback={<Skeleton lines={3} />}>
              <Given
                when={asking()}
                fallback={
                  <Given when={wallet()} fallback={<Choose onConnected={() => setChosen(true)} />}>
                    {(connected) => <Connected wallet={connected()} fresh={chosen()} onDisconnect={disconnect} />}
                  </Given>
                }
              >
                {(ask) => <Unlock asking={ask()} />}
              </Given>
            </Suspense>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  )
}

function Choose(props: { onConnected: () => void }): JSX.Element {
  const [keeping, setKeeping] = createSignal(keptVault() !== undefined)
  const [busy, setBusy] = createSignal<string>()
  const [failure, setFailure] = createSignal<Words>()
  const present = createTask(
    () => true,
    async () => (await import('../../lib/wallet/freighter.ts')).freighterPresent(),
  )
  let first: HTMLDivElement | undefined
  onMount(() => first?.querySelector('button')?.focus())
  const open = async (kind: WalletKind, name: string) => {
    setBusy(name)
    setFailure()
    try {
      await connect(kind, name)
      props.onConnected()
    } catch (error) {
      setFailure(inWords(error))
    } finally {
      setBusy()
    }
  }
  return (
    <div class="grid gap-4" ref={first}>
      <Dialog.Description class="text-sm text-ink-2 text-pretty">
        This site asks the wallet for your public address on{' '}
        <strong>{networkName(config().passphrase, config())}</strong>, and for nothing else. Later you sign what you
        send, one transaction at a time. Freighter never gives it a key.
      </Dialog.Description>
      <div class="grid gap-2">
        <Button
          look="primary"
          icon="wallet"
          class="w-full"
          disabled={present.value() === false}
          busy={busy() === 'Freighter'}
          onClick={() => open('freighter', 'Freighter')}
        >
          {busy() === 'Freighter' ? 'Waiting for Freighter…' : 'Freighter'}
        </Button>
        <Show when={present.value() === false}>
          <Notice
            tone="wait"
            title="Freighter does not answer in this browser"
            actions={
              <a
                class={buttonClass('plain')}
                href="https://www.freighter.app"
                target="_blank"
                rel="noopener noreferrer"
              >
                <Icon name="external" /> Get Freighter
              </a>
            }
          >
            Install the extension and reload this page. You can read everything without a wallet.
          </Notice>
        </Show>
      </div>
      <div class="grid gap-3 border-t border-line pt-4">
        <h3 class="text-sm font-600">An account of this browser</h3>
        <Show
          when={keeping()}
          fallback={
            <>
              <p class="text-xs text-ink-3">
                Where no wallet can be installed, as on a phone: its key is kept here, encrypted by a password or a
                passkey.
              </p>
              <Button class="w-full" icon="lock" onClick={() => setKeeping(true)}>
                Keep an account in this browser
              </Button>
            </>
          }
        >
          <Suspense fallback={<Skeleton lines={3} />}>
            <BrowserAccount onConnected={props.onConnected} />
          </Suspense>
        </Show>
      </div>
      <Show when={config().demoAccounts.length > 0}>
        <div class="grid gap-2 border-t border-line pt-4">
          <h3 class="text-sm font-600">Demo accounts of the local network</h3>
          <p class="text-xs text-ink-3">
            Their keys are public and their money is test money. They sign at once, without asking.
          </p>
          <For each={config().demoAccounts}>
            {(account) => (
              <Button class="w-full" busy={busy() === account.name} onClick={() => open('demo', account.name)}>
                {account.name}
              </Button>
            )}
          </For>
        </div>
      </Show>
      <Given when={failure()}>
        {(words) => (
          <Notice tone="bad" title={words().title} role="alert" details={words().details}>
            {words().sentence}
          </Notice>
        )}
      </Given>
    </div>
  )
}
