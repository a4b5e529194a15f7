/** Beside a connected account of this browser: the file to keep elsewhere, the key in clear, and its removal. */
import { createSignal, type JSX, Show } from 'solid-js'
import { saveFile } from '../../lib/content/dataset.ts'
import { forgetAccount, openAccount } from '../../lib/wallet/browser-account/account.ts'
import { dropVault, keptVault } from '../../lib/wallet/browser-account/store.ts'
import { PASSWORD_LEAST, seal, type Vault } from '../../lib/wallet/browser-account/vault.ts'
import { disconnect } from '../../lib/wallet/session.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { PasswordField } from './password-field.tsx'

export default function KeepAccount(): JSX.Element {
  const vault = keptVault()
  const [secret, setSecret] = createSignal('')
  const [password, setPassword] = createSignal('')
  const [failure, setFailure] = createSignal<Words>()
  const [removing, setRemoving] = createSignal(false)
  const [filePassword, setFilePassword] = createSignal('')
  const [saving, setSaving] = createSignal(false)
  const show = async () => {
    setFailure()
    try {
      setSecret(await openAccount(vault!, password()))
    } catch (error) {
      setFailure(inWords(error))
    } finally {
      setPassword('')
    }
  }
  const save = (file: Vault = vault!) => {
    const bytes = new TextEncoder().encode(JSON.stringify(file, null, 2))
    saveFile(bytes, `stellartrain-account-${file.address.slice(0, 8)}.json`, 'application/json')
  }
  /** A passkey stays on its devices: the file gets a lock that opens anywhere. */
  const saveUnderPassword = async () => {
    setFailure()
    setSaving(true)
    try {
      save(await seal({ address: vault!.address, secret: await openAccount(vault!) }, { password: filePassword() }))
    } catch (error) {
      setFailure(inWords(error))
    } finally {
      setSaving(false)
      setFilePassword('')
    }
  }
  const remove = () => {
    dropVault()
    forgetAccount()
    disconnect()
  }
  return (
    <Show when={vault}>
      <details class="card px-4 py-2">
        <summary class="text-sm font-600 summary">Keep this account safe</summary>
        <div class="grid gap-4 py-3">
          <div class="grid gap-2">
            <p class="text-sm text-ink-2">
              {vault!.lock.by === 'password'
                ? 'The file is encrypted by your password. With both you have the account in any browser.'
                : 'The passkey opens the account on devices that have it. To be safe against its loss, save a file under a password, or write the secret key down.'}
            </p>
            <Show
              when={vault!.lock.by === 'passkey'}
              fallback={
                <Button icon="download" onClick={() => save()}>
                  Save the account as a file
                </Button>
              }
            >
              <form
                class="grid gap-3"
                onSubmit={(event) => {
                  event.preventDefault()
                  void saveUnderPassword()
                }}
              >
                <PasswordField
                  label="Password of the file"
                  value={filePassword()}
                  onInput={setFilePassword}
                  hint={`At least ${PASSWORD_LEAST} characters. With the file it opens the account in any browser.`}
                />
                <Button
                  type="submit"
                  icon="download"
                  busy={saving()}
                  disabled={saving() || filePassword().length < PASSWORD_LEAST}
                >
                  Save the account as a file
                </Button>
              </form>
            </Show>
          </div>
          <form
            class="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault()
              void show()
            }}
          >
            <Show
              when={secret()}
              fallback={
                <>
                  <Show when={vault!.lock.by === 'password'}>
                    <PasswordField
                      label="Password, to show the secret key"
                      value={password()}
                      onInput={setPassword}
                      current
                    />
                  </Show>
                  <Button type="submit">Show the secret key</Button>
                </>
              }
            >
              <Notice tone="bad" title="Whoever has this key has the money">
                <code class="num [overflow-wrap:anywhere]">{secret()}</code>
              </Notice>
              <Button onClick={() => setSecret('')}>Hide it</Button>
            </Show>
          </form>
          <Failure words={failure()} />
          <Show
            when={removing()}
            fallback={
              <Button look="quiet" icon="cross" onClick={() => setRemoving(true)}>
                Remove it from this browser
              </Button>
            }
          >
            <Notice
              tone="bad"
              title="Without the file or the secret key its money is gone"
              actions={
                <>
                  <Button onClick={remove}>Remove it for good</Button>
                  <Button look="quiet" onClick={() => setRemoving(false)}>
                    Keep it
                  </Button>
                </>
              }
            >
              The account stays on the network; this browser forgets its key.
            </Notice>
          </Show>
        </div>
      </details>
    </Show>
  )
}
