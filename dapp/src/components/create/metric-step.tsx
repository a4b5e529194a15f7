/** Step 2: the metric, tried out by the oracle's engine on three predictions, and a threshold that makes sense of them. */
import { createSignal, For, type JSX, Show } from 'solid-js'
import { metricFamily, metricMatches, metricText } from '../../lib/content/metrics.ts'
import type { Trials } from '../../lib/create/engine.ts'
import { EVALUATOR } from '../../lib/create/evaluator.ts'
import { metricSearchWords } from '../../lib/create/metric-search.ts'
import { kindsOf, takesModels } from '../../lib/create/models.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { asksPositive, metricsFor } from '../../lib/create/target.ts'
import { uniqueOf } from '../../lib/create/terms.ts'
import { decided } from '../../lib/create/threshold.ts'
import { acceptedFiles } from '../../lib/submit/formats.ts'
import { formatScore, meetsSign, metricName } from '../../lib/words/format.ts'
import { Drop } from '../submit/drop.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Choice } from './choice.tsx'
import { EvaluatorFields } from './evaluator-fields.tsx'

export function MetricStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const target = () => (props.state.prepared()?.problem ? undefined : props.state.prepared()?.target)
  const metrics = () => {
    const known = target()
    return known ? metricsFor(known) : []
  }
  const models = () => takesModels(form)
  const [word, setWord] = createSignal('')
  const shown = () => metrics().filter((id) => id === form.metric || metricMatches(id, word()))
  const baselineFile = () => {
    const kept = props.state.files().baseline
    return kept ? new File([kept.bytes], kept.name) : undefined
  }
  return (
    <Given
      when={target()}
      fallback={<Notice tone="wait">Choose the files and the column to predict in step 1 first.</Notice>}
    >
      {(known) => (
        <div class="grid gap-7">
          <div class="grid sm:grid-cols-2 gap-5">
            <TextField
              label="Search by name or purpose"
              type="search"
              value={word()}
              onInput={setWord}
              hint={metricSearchWords(known(), word())}
            />
            <SelectField
              label="Metric"
              value={form.metric}
              onChange={(metric) => setForm({ metric, threshold: '' })}
              options={[
                { value: '', label: 'Choose' },
                ...shown().map((id) => ({ value: id, label: metricName(id), group: metricFamily(id) })),
                { value: EVALUATOR, label: 'An evaluator of your own', group: 'Programs' },
              ]}
              hint={problems().metric ?? metricText(form.metric)?.words}
            />
            <Show when={asksPositive(form.metric, known().labels)}>
              <SelectField
                label="Positive class"
                value={form.posLabel || (known().labels?.[1] ?? '')}
                onChange={(posLabel) => setForm({ posLabel })}
                options={(known().labels ?? []).map((label) => ({ value: label, label }))}
              />
            </Show>
          </div>
          <Show when={form.metric === EVALUATOR}>
            <EvaluatorFields state={props.state} />
          </Show>
          <Choice
            label="Baseline"
            value={form.baseline}
            onChange={(baseline) => setForm({ baseline: baseline as 'constant' | 'file' })}
            options={[
              { value: 'constant', label: 'One answer for all', hint: 'The most frequent class, or the mean.' },
              models()
                ? { value: 'file', label: 'A model of my own', hint: 'It runs here on your rows; it is published.' }
                : {
                    value: 'file',
                    label: 'Predictions of my own',
                    hint: 'A CSV from a simple model; it is published.',
                  },
            ]}
          />
          <Show when={form.baseline === 'file'}>
            <Drop
              file={baselineFile()}
              onFile={(chosen) => void props.state.setFile('baseline', chosen)}
              label={models() ? 'The baseline, a model' : 'Baseline predictions'}
              hint={models() ? 'Of a kind that solvers may submit.' : 'The same shape as a submission.'}
              {...(models() ? { accept: acceptedFiles(kindsOf(form.models)) } : {})}
              error={props.state.trials()?.baselineProblem ?? undefined}
            />
            <TextField
              label="How it was made"
              value={form.baselineText}
              onInput={(baselineText) => setForm({ baselineText })}
            />
          </Show>
          <Show when={form.metric && !problems().evaluator}>
            <Show
              when={!props.state.trialsFailure()}
              fallback={
                <Notice
                  tone="bad"
                  title={
                    form.metric === EVALUATOR ? 'This evaluator cannot be used here' : 'This metric cannot be used here'
                  }
                >
                  {props.state.trialsFailure()}
                </Notice>
              }
            >
              <Given when={props.state.trials()} fallback={<Skeleton lines={3} />}>
                {(trials) => (
                  <div class="grid gap-5">
                    <Scores
                      rows={[
                        { name: 'A perfect prediction', value: trials().perfect },
                        {
                          name: 'Your baseline',
                          value: form.baseline === 'file' ? trials().baseline : trials().constant,
                        },
                        { name: 'The same answer for all rows', value: trials().constant },
                        ...(trials().sample === null
                          ? []
                          : [{ name: 'The example that solvers get', value: trials().sample }]),
                      ]}
                      threshold={form.threshold}
                      step={form.step}
                      direction={trials().direction}
                    />
                    <div class="grid sm:grid-cols-2 gap-5">
                      <TextField
                        label={`Threshold to win (${meetsSign(trials().direction)})`}
                        inputmode="decimal"
                        mono
                        value={form.threshold}
                        onInput={(threshold) => setForm({ threshold })}
                        error={problems().threshold}
                        hint={`Between the baseline and perfect. Halfway is ${formatScore(halfway(trials().perfect, trials().baseline ?? trials().constant))}.`}
                      />
                      <TextField
                        label="Scores are rounded to"
                        inputmode="decimal"
                        mono
                        value={form.step}
                        onInput={(step) => setForm({ step })}
                        error={problems().step}
                        hint="Against the solver. A coarse step reveals less about the truth with each attempt."
                      />
                    </div>
                    <Given when={props.state.thresholdWarning()}>
                      {(warning) => <Notice tone="wait">{warning()}</Notice>}
                    </Given>
                    <Copies state={props.state} trials={trials()} />
                  </div>
                )}
              </Given>
            </Show>
          </Show>
        </div>
      )}
    </Given>
  )
}

/** Decided by the kind of values; the maker may say otherwise. */
function Copies(props: { state: CreateState; trials: Trials }): JSX.Element {
  const { form, setForm } = props.state
  const decided = () => uniqueOf({ kind: form.kind, unique: '' }, props.trials)
  const said = () => uniqueOf(form, props.trials)
  return (
    <div class="grid gap-3">
      <Choice
        label="Two solvers with the same file"
        value={said().unique ? 'yes' : 'no'}
        onChange={(value) => setForm({ unique: (value === 'yes') === decided().unique ? '' : (value as 'yes' | 'no') })}
        options={[
          { value: 'no', label: 'Both count', hint: 'Right where honest work can agree.' },
          {
            value: 'yes',
            label: 'The later one is a copy',
            hint: 'It is rejected, even where it was made in good faith.',
          },
        ]}
      />
      <p class={`text-sm text-pretty ${said().against ? 'text-wait' : 'text-ink-2'}`}>{said().why}</p>
    </div>
  )
}

const halfway = (a: number, b: number): number => Number(((a + b) / 2).toPrecision(4))

function Scores(props: {
  rows: { name: string; value: number | null }[]
  threshold: string
  step: string
  direction: 'maximize' | 'minimize'
}): JSX.Element {
  const threshold = () => (props.threshold.trim() === '' ? Number.NaN : Number(props.threshold))
  const wins = (value: number) =>
    decided(value, { threshold: threshold(), step: Number(props.step) || 0, direction: props.direction }).reaches
  return (
    <table class="w-full border-collapse text-sm">
      <caption class="text-left text-sm font-600 pb-2">Tried here with the oracle's engine</caption>
      <thead class="border-b border-line">
        <tr>
          <th scope="col" class="th pl-0">
            Prediction
          </th>
          <th scope="col" class="th text-right">
            Score
          </th>
          <th scope="col" class="th pr-0">
            With this threshold
          </th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr class="border-b border-line">
              <td class="td pl-0">{row.name}</td>
              <td class="td num text-right">{row.value === null ? 'not yet' : formatScore(row.value)}</td>
              <td class="td pr-0 text-ink-2">
                {row.value === null || Number.isNaN(threshold())
                  ? ''
                  : wins(row.value)
                    ? 'wins the prize'
                    : 'does not win'}
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}
