/** Before a signature: the account is opened once more, where its key was forgotten meanwhile. */
import { createSignal, type JSX, Show } from 'solid-js'
import { openAccount } from '../../lib/wallet/browser-account/account.ts'
import type { Asking } from '../../lib/wallet/browser-account/asking.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { PasswordField } from './password-field.tsx'

export default function Unlock(props: { asking: Asking }): JSX.Element {
  const [password, setPassword] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const open = async () => {
    setBusy(true)
    setFailure()
    try {
      props.asking.answer(await openAccount(props.asking.vault, password()))
    } catch (error) {
      setFailure(inWords(error))
    } finally {
      setBusy(false)
      setPassword('')
    }
  }
  return (
    <form
      class="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void open()
      }}
    >
      <p class="text-sm text-ink-2 max-w-[60ch]">
        Something is to be signed with the account of this browser. Its key stays open for 15 minutes after each
        signature.
      </p>
      <Show when={props.asking.vault.lock.by === 'password'}>
        <PasswordField label="Password" value={password()} onInput={setPassword} current />
      </Show>
      <Failure words={failure()} />
      <div class="flex flex-wrap gap-2 justify-end">
        <Button look="quiet" onClick={() => props.asking.decline()}>
          Decline
        </Button>
        <Button type="submit" look="primary" icon="lock" busy={busy()} disabled={busy()}>
          {props.asking.vault.lock.by === 'passkey' ? 'Open with the passkey' : 'Open and sign'}
        </Button>
      </div>
    </form>
  )
}
