/** An account that this browser keeps: made, brought in, or opened again; with what that means, in plain words. */
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { createTask } from '../../lib/reactive/task.ts'
import { makeAccount, openAccount } from '../../lib/wallet/browser-account/account.ts'
import { passkeysHere } from '../../lib/wallet/browser-account/passkey.ts'
import { keepVault, keptVault } from '../../lib/wallet/browser-account/store.ts'
import { PASSWORD_LEAST, readVault } from '../../lib/wallet/browser-account/vault.ts'
import { connect } from '../../lib/wallet/session.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasswordField } from './password-field.tsx'

type Mode = 'choose' | 'new' | 'file' | 'secret'

export default function BrowserAccount(props: { onConnected: () => void }): JSX.Element {
  const [kept, setKept] = createSignal(keptVault())
  const [mode, setMode] = createSignal<Mode>('choose')
  const [password, setPassword] = createSignal('')
  const [again, setAgain] = createSignal('')
  const [secret, setSecret] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const passkeys = createTask(() => true, passkeysHere)
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFailure()
    try {
      await work()
      await connect('browser')
      props.onConnected()
    } catch (error) {
      setFailure(inWords(error))
      // Another tab may have kept one meanwhile.
      setKept(keptVault())
      if (kept()) setMode('choose')
    } finally {
      setBusy(false)
      setPassword('')
      setAgain('')
      setSecret('')
    }
  }
  const differs = () => again() !== '' && again() !== password()
  const ready = () => password().length >= PASSWORD_LEAST && again() === password()
  const typed = () => (mode() === 'secret' ? secret().trim() : undefined)
  const bringFile = (file: File | undefined) => file && run(async () => keepVault(readVault(await file.text())))
  return (
    <div class="grid gap-4">
      <Switch>
        <Match when={kept() && mode() === 'choose'}>
          <p class="text-sm text-ink-2">
            This browser keeps the account <code class="num [overflow-wrap:anywhere]">{kept()!.address}</code>.
          </p>
          <form
            class="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              void run(() => openAccount(kept()!, password()))
            }}
          >
            <Show when={kept()!.lock.by === 'password'}>
              <PasswordField label="Password" value={password()} onInput={setPassword} current />
            </Show>
            <Button type="submit" look="primary" icon="lock" class="w-full" busy={busy()} disabled={busy()}>
              {kept()!.lock.by === 'passkey' ? 'Open with the passkey' : 'Open the account'}
            </Button>
          </form>
        </Match>
        <Match when={mode() === 'choose'}>
          <Notice tone="wait" title="What it means to keep an account here">
            Its key is stored in this browser only, encrypted. Whoever runs this site’s pages, or an extension in this
            browser, could take it while it is open. If you lose the browser’s data without an exported file, or forget
            the password, the money is gone and no one can help. Keep little in it: it is for labeling on a phone.
          </Notice>
          <div class="grid gap-2">
            <Button look="primary" icon="plus" class="w-full" onClick={() => setMode('new')}>
              Make a new account
            </Button>
            <label class="relative inline-flex items-center justify-center gap-2 min-h-11 px-4 rounded-md border border-solid border-line-strong bg-surface text-sm font-600 cursor-pointer hover:bg-sunken has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-solid has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2">
              <input
                type="file"
                accept=".json,application/json"
                class="absolute inset-0 size-full opacity-0 cursor-pointer"
                onChange={(event) => void bringFile(event.currentTarget.files?.[0])}
              />
              Bring in an exported file
            </label>
            <Button class="w-full" onClick={() => setMode('secret')}>
              Bring in a secret key
            </Button>
          </div>
        </Match>
        <Match when={mode() === 'new' || mode() === 'secret'}>
          <form
            class="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              if (ready()) void run(() => makeAccount({ password: password() }, typed()))
            }}
          >
            <Show when={mode() === 'secret'}>
              <PasswordField label="Secret key, S…" value={secret()} onInput={setSecret} current />
            </Show>
            <PasswordField
              label="Password"
              value={password()}
              onInput={setPassword}
              hint={`At least ${PASSWORD_LEAST} characters. It encrypts the key, and no one can reset it.`}
            />
            <PasswordField
              label="The password again"
              value={again()}
              onInput={setAgain}
              error={differs() ? 'The two are not equal.' : undefined}
            />
            <Button type="submit" look="primary" icon="lock" class="w-full" busy={busy()} disabled={busy() || !ready()}>
              {busy() ? 'Encrypting…' : 'Keep it under this password'}
            </Button>
            <Show when={passkeys.value()}>
              <Button class="w-full" disabled={busy()} onClick={() => void run(() => makeAccount('passkey', typed()))}>
                Use a passkey instead
              </Button>
            </Show>
            <Button look="quiet" class="w-full" onClick={() => setMode('choose')}>
              Back
            </Button>
          </form>
        </Match>
      </Switch>
      <Failure words={failure()} />
    </div>
  )
}
