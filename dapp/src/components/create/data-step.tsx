/** Step 1: what it is about, and the files: one labelled file that is split here, or the three files themselves. */
import { createMemo, type JSX, Show } from 'solid-js'
import { targetWords } from '../../lib/create/target.ts'
import { formatCount } from '../../lib/format.ts'
import { previewCsv } from '../../lib/preview.ts'
import { Drop } from '../submit/drop.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Markdown } from '../ui/markdown.tsx'
import { Notice } from '../ui/notice.tsx'
import { Choice } from './choice.tsx'
import type { CreateState } from './context.ts'

export function DataStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const labelled = createMemo(() => {
    const file = props.state.files().labelled
    return file && !props.state.fileProblem('labelled') ? previewCsv(file.bytes, 5) : undefined
  })
  const columns = () => labelled()?.header ?? []
  return (
    <div class="grid gap-8">
      <section class="grid gap-5" aria-label="About">
        <TextField label="Title" value={form.title} onInput={(title) => setForm({ title })} error={problems().title} />
        <TextField
          label="Summary"
          value={form.summary}
          onInput={(summary) => setForm({ summary })}
          error={problems().summary}
          hint="One or two sentences, shown in the list."
        />
        <TextField
          label="Description"
          rows={6}
          value={form.description}
          onInput={(description) => setForm({ description })}
          error={problems().description}
          hint="Markdown. Where the data comes from, what the columns mean, what to predict."
        />
        <Show when={form.description.trim()}>
          <details class="card px-4 py-2">
            <summary class="text-sm font-600 summary">Preview of the description</summary>
            <div class="py-3">
              <Markdown text={form.description} />
            </div>
          </details>
        </Show>
        <div class="grid sm:grid-cols-2 gap-5">
          <TextField
            label="Licence of the data"
            value={form.license}
            onInput={(license) => setForm({ license })}
            error={problems().license}
          />
          <TextField
            label="Tags"
            value={form.tags}
            onInput={(tags) => setForm({ tags })}
            error={problems().tags}
            hint="Up to ten, separated by commas: tabular, time-series. They are published as written."
          />
        </div>
      </section>
      <section class="grid gap-5" aria-label="Files">
        <Choice
          label="The data"
          value={form.mode}
          onChange={(mode) => setForm({ mode: mode as 'split' | 'files' })}
          options={[
            { value: 'split', label: 'One labelled file', hint: 'It is split here, in your browser.' },
            { value: 'files', label: 'My own files', hint: 'Train, test and truth are already split.' },
          ]}
        />
        <Show
          when={form.mode === 'split'}
          fallback={
            <div class="grid gap-4">
              <FileSlot
                state={props.state}
                slot="train"
                label="Train file, published (optional)"
                hint="What solvers learn from."
              />
              <FileSlot
                state={props.state}
                slot="test"
                label="Test file, published"
                hint="The rows to predict: ids and features, without the target."
              />
              <FileSlot
                state={props.state}
                slot="truth"
                label="Truth, sealed"
                hint="Two columns: id, and the true value. It leaves this browser only encrypted."
              />
            </div>
          }
        >
          <FileSlot
            state={props.state}
            slot="labelled"
            label="Drop the labelled CSV, or choose it"
            hint="One row per example, with the column to predict."
          />
          <Given when={labelled()}>
            {(preview) => (
              <>
                <DataTable preview={preview()} caption="First rows of the labelled file" />
                <div class="grid sm:grid-cols-3 gap-5">
                  <SelectField
                    label="Column to predict"
                    value={form.targetColumn}
                    onChange={(targetColumn) => setForm({ targetColumn, metric: '' })}
                    options={[
                      { value: '', label: 'Choose' },
                      ...columns().map((name) => ({ value: name, label: name })),
                    ]}
                  />
                  <SelectField
                    label="Column with ids"
                    value={form.idColumn}
                    onChange={(idColumn) => setForm({ idColumn })}
                    options={[
                      { value: '', label: 'None: generate ids' },
                      ...columns().map((name) => ({ value: name, label: name })),
                    ]}
                  />
                  <TextField
                    label="Rows to predict"
                    suffix="%"
                    inputmode="decimal"
                    value={form.testShare}
                    onInput={(testShare) => setForm({ testShare })}
                    error={problems().testShare}
                  />
                </div>
              </>
            )}
          </Given>
        </Show>
        <Given when={props.state.preparedFailure()}>
          {(failure) => (
            <Notice tone="bad" title="The files do not fit yet" role="alert">
              {failure()}
            </Notice>
          )}
        </Given>
        <Given when={props.state.prepared()}>
          {(data) => (
            <Show
              when={!data().problem}
              fallback={
                <Notice tone="bad" title="This cannot be predicted" role="alert">
                  {data().problem}
                </Notice>
              }
            >
              <Notice tone="good" title="Ready">
                {formatCount(data().target.rows, 'row')} to predict in <code class="num">{data().target.column}</code>:{' '}
                {targetWords(data().target)}. The truth is encrypted to the oracles when you sign; only its commitment
                is public.
              </Notice>
            </Show>
          )}
        </Given>
        <p class="text-xs font-600 text-bad empty:hidden" role="alert">
          {props.state.prepared()?.problem ? '' : problems().files}
        </p>
      </section>
    </div>
  )
}

function FileSlot(props: {
  state: CreateState
  slot: 'labelled' | 'train' | 'test' | 'truth'
  label: string
  hint: string
}): JSX.Element {
  const stored = () => props.state.files()[props.slot]
  const file = createMemo(() => {
    const kept = stored()
    return kept ? new File([kept.bytes], kept.name) : undefined
  })
  return (
    <Drop
      file={file()}
      onFile={(chosen) => void props.state.setFile(props.slot, chosen)}
      label={props.label}
      hint={props.hint}
      error={props.state.fileProblem(props.slot)}
    />
  )
}
