/** File, check, path and the one button: what each state of the submit page shows. */
import { type JSX, Show } from 'solid-js'
import { formatCount } from '../../lib/format.ts'
import type { Manifest } from '../../lib/manifest.ts'
import type { SubmitRun } from '../../lib/submit/run.ts'
import type { Standing } from '../../lib/submit/standing.ts'
import { fileOf, maybeSent, stepsOf } from '../../lib/submit/state.ts'
import type { Challenge } from '../../lib/types.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import { Path } from '../path/path.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Given } from '../ui/given.tsx'
import { CheckResult } from './check-result.tsx'
import { Drop } from './drop.tsx'
import { ToSign } from './to-sign.tsx'

export function Form(props: {
  challenge: Challenge
  manifest: Manifest
  run: SubmitRun
  standing: Standing
}): JSX.Element {
  const state = () => props.run.state()
  const sending = () => state().at === 'sending'
  const checked = () => {
    const now = state()
    return now.at === 'checked' || now.at === 'sending' || now.at === 'stopped' ? now : undefined
  }
  const failure = () => {
    const now = state()
    return now.at === 'stopped' || now.at === 'unchecked' ? now.words : undefined
  }
  const mayCancel = () => {
    const now = state()
    return now.at === 'sending' && !maybeSent(now.draft)
  }
  const columns = () => props.manifest.submission.columns.map((column) => column.name).join(', ')
  return (
    <>
      <Drop
        file={fileOf(state())}
        onFile={props.run.choose}
        disabled={sending()}
        label="Drop a CSV here, or choose one"
        hint={`Columns ${props.manifest.submission.idColumn}, ${columns()}; ${formatCount(props.manifest.submission.rows, 'row')}. The file is checked here in your browser before anything is sent.`}
      />
      <Show when={state().at === 'reading' || state().at === 'checking'}>
        <p role="status" class="text-sm text-ink-3">
          Checking the file with the oracle's engine…
        </p>
      </Show>
      <Given when={checked()}>
        {(it) => (
          <div class="card px-4 sm:px-6 py-5">
            <CheckResult check={it().check} rows={props.manifest.submission.rows} unsent={it().at === 'checked'} />
          </div>
        )}
      </Given>
      <div class="card px-4 sm:px-6 py-5 grid gap-5">
        <Path steps={stepsOf(state())} label="Path of this submission" />
        <ToSign challenge={props.challenge} standing={props.standing} />
        <Failure words={failure()} />
        <div class="flex flex-wrap items-center gap-3">
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
              disabled={sending() || !checked()?.check.ok || props.standing.at !== 'clear'}
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
          <p class="text-xs text-ink-3 max-w-[44ch]">
            {`The file is sealed in this browser so that only the ${props.challenge.oracles.length === 1 ? 'oracle' : 'oracles'} can read it. It leaves the browser after the ledger has its number.`}
          </p>
        </div>
      </div>
    </>
  )
}
