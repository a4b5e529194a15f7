/** File, check, and what sends it: what each state of the submit page shows. */
import { type JSX, Show } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { acceptedFiles, formatsInWords } from '../../lib/submit/formats.ts'
import type { SubmitRun } from '../../lib/submit/run.ts'
import type { Standing } from '../../lib/submit/standing.ts'
import { fileOf } from '../../lib/submit/state.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Given } from '../ui/given.tsx'
import { CheckResult } from './check-result.tsx'
import { Drop } from './drop.tsx'
import { Send } from './send.tsx'

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
  const columns = () => {
    const { long, columns } = props.manifest.submission
    return (long?.fields ?? columns).map(({ name }) => name).join(', ')
  }
  const hint = () => {
    const { idColumn, rows, model, long } = props.manifest.submission
    if (long)
      return `Columns ${idColumn}, ${columns()}; ${formatCount(rows, 'id')}, each with one row or several, and one of empty fields where there is nothing. The file is checked here in your browser before anything is sent.`
    return model
      ? `It gets ${model.inputs.map(({ name }) => name).join(', ')} of ${formatCount(rows, 'row')} that stay sealed, and returns ${columns()}. It runs here in your browser, on published rows, before anything is sent.`
      : `Columns ${idColumn}, ${columns()}; ${formatCount(rows, 'row')}. The file is checked here in your browser before anything is sent.`
  }
  return (
    <>
      <Drop
        file={fileOf(state())}
        onFile={props.run.choose}
        disabled={sending()}
        label={`Drop ${formatsInWords(props.manifest.submission.formats)} here, or choose one`}
        accept={acceptedFiles(props.manifest.submission.formats)}
        hint={hint()}
      />
      <Show when={state().at === 'reading' || state().at === 'checking'}>
        <p role="status" class="text-sm text-ink-3">
          Checking the file with the oracle's engine…
        </p>
      </Show>
      <Given when={checked()}>
        {(it) => (
          <div class="card px-4 sm:px-6 py-5">
            <CheckResult
              check={it().check}
              rows={props.manifest.submission.rows}
              model={props.manifest.submission.model !== undefined}
              unsent={it().at === 'checked'}
            />
          </div>
        )}
      </Given>
      <Send challenge={props.challenge} run={props.run} standing={props.standing} />
    </>
  )
}
