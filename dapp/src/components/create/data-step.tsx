/** Step 1: what it is about, and the files: one labeled file that is split here, or the three files themselves. */
import { createMemo, type JSX, Show } from 'solid-js'
import { previewCsv } from '../../lib/content/preview.ts'
import type { Form } from '../../lib/create/form.ts'
import { takesModels } from '../../lib/create/models.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { targetWords } from '../../lib/create/target.ts'
import { formatCount } from '../../lib/words/format.ts'
import { DataTable } from '../ui/data-table.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { About } from './about.tsx'
import { Choice } from './choice.tsx'
import { FileSlot } from './file-slot.tsx'
import { ModelFields } from './model-fields.tsx'

export function DataStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const labeled = createMemo(() => {
    const file = props.state.files().labeled
    return file && !props.state.fileProblem('labeled') ? previewCsv(file.bytes, 5) : undefined
  })
  const columns = () => labeled()?.header ?? []
  const models = () => takesModels(form)
  return (
    <div class="grid gap-8">
      <About state={props.state} />
      <section class="grid gap-5" aria-label="Files">
        <Choice
          label="What solvers submit"
          value={form.formats}
          onChange={(formats) => setForm({ formats: formats as Form['formats'], threshold: '' })}
          options={[
            { value: 'csv', label: 'Predictions, in a CSV', hint: 'Every tool writes one.' },
            {
              value: 'all',
              label: 'Predictions, other formats, too',
              hint: 'JSON Lines and Parquet, and text packed by gzip or Zstandard. The same content has the same score.',
            },
            {
              value: 'models',
              label: 'A model',
              hint: 'A program that the oracles run on rows that stay sealed until the end.',
            },
          ]}
        />
        <Choice
          label="The data"
          value={form.mode}
          onChange={(mode) => setForm({ mode: mode as 'split' | 'files' })}
          options={[
            { value: 'split', label: 'One labeled file', hint: 'It is split here, in your browser.' },
            {
              value: 'files',
              label: 'My own files',
              hint: `${models() ? 'Train' : 'Train, test'} and truth are already split.`,
            },
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
                hint={
                  models()
                    ? 'What solvers learn from, and what their models are tried on before an attempt is spent: with the same columns.'
                    : 'What solvers learn from.'
                }
              />
              <Show
                when={models()}
                fallback={
                  <>
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
                      hint="Two columns: id, and the true value; behind them others that an evaluator of yours reads. It leaves this browser only encrypted."
                    />
                  </>
                }
              >
                <FileSlot
                  state={props.state}
                  slot="truth"
                  label="Truth, sealed"
                  hint="The id, the true value, and behind them the columns that models get. It leaves this browser only encrypted."
                />
              </Show>
            </div>
          }
        >
          <FileSlot
            state={props.state}
            slot="labeled"
            label="Drop the labeled CSV, or choose it"
            hint="One row per example, with the column to predict."
          />
          <Given when={labeled()}>
            {(preview) => (
              <>
                <DataTable preview={preview()} caption="First rows of the labeled file" />
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
        <Show when={models()}>
          <ModelFields state={props.state} />
        </Show>
        <p class="text-xs font-600 text-bad empty:hidden" role="alert">
          {props.state.prepared()?.problem ? '' : problems().files}
        </p>
      </section>
    </div>
  )
}
