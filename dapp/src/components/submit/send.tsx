/** The path of a file that passed its check, what is signed, and the one button that sends it. */
import { nonceWords } from '@stellartrain/sdk/recount-words'
import { type JSX, Show } from 'solid-js'
import type { Challenge } from '../../lib/read/types.ts'
import type { SubmitRun } from '../../lib/submit/run.ts'
import type { Standing } from '../../lib/submit/standing.ts'
import { maybeSent, stepsOf } from '../../lib/submit/state.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import { Path } from '../path/path.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { ToSign } from './to-sign.tsx'

export function Send(props: {
  challenge: Challenge
  run: SubmitRun
  standing: Standing
  /** On a phone the button stays at the foot of the screen. */
  bar?: boolean
}): JSX.Element {
  const state = () => props.run.state()
  const sending = () => state().at === 'sending'
  const passed = () => {
    const now = state()
    return 'check' in now && now.check.ok
  }
  const failure = () => {
    const now = state()
    return now.at === 'stopped' || now.at === 'unchecked' ? now.words : undefined
  }
  const sealedWords = () =>
    `The file is sealed in this browser so that only the ${props.challenge.oracles.length === 1 ? 'oracle' : 'oracles'} can read it. It leaves the browser after the ledger has its number.`
  const mayCancel = () => {
    const now = state()
    return now.at === 'sending' && !maybeSent(now.draft)
  }
  return (
    <div class="card px-4 sm:px-6 py-5 grid gap-5">
      <Path steps={stepsOf(state())} label="Path of this submission" />
      <ToSign challenge={props.challenge} standing={props.standing} />
      <Show when={props.challenge.recount}>
        <p class="text-xs text-ink-3 max-w-[72ch] text-pretty">{nonceWords}</p>
      </Show>
      <Failure words={failure()} />
      <div
        class={
          props.bar
            ? 'fixed z-10 inset-x-0 bottom-0 p-3 bg-surface border-t border-line grid gap-2 md:static md:p-0 md:border-0 md:bg-transparent md:flex md:flex-wrap md:items-center md:gap-3'
            : 'flex flex-wrap items-center gap-3'
        }
      >
        <Show
          when={wallet()}
          fallback={
            <Button look="primary" icon="wallet" onClick={() => setDialogOpen(true)}>
              Connect a wallet to submit
            </Button>
          }
        >
          <Button
            look="primary"
            icon="seal"
            disabled={sending() || !passed() || props.standing.at !== 'clear'}
            busy={sending()}
            onClick={props.run.submit}
          >
            {state().at === 'stopped' ? 'Try again' : sending() ? 'Submitting…' : 'Seal, sign and hand over'}
          </Button>
        </Show>
        <Show when={mayCancel()}>
          <Button look="quiet" onClick={props.run.cancel}>
            Cancel
          </Button>
        </Show>
        <p class={`text-xs text-ink-3 max-w-[44ch] ${props.bar ? 'hidden md:block' : ''}`}>{sealedWords()}</p>
      </div>
      <Show when={props.bar}>
        <p class="text-xs text-ink-3 max-w-[44ch] md:hidden">{sealedWords()}</p>
      </Show>
    </div>
  )
}
