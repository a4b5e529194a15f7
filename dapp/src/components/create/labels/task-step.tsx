/** What labelers see and answer, how, and by which examples; tried on the maker's own items before anything is signed. */
import { type JSX, lazy, Show, Suspense } from 'solid-js'
import { type AnswerKind, answerKinds, type LabelsForm } from '../../../lib/create/labels/form.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Given } from '../../ui/given.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AnswerFields } from './answer-fields.tsx'
import { Check } from './check.tsx'
import { Examples } from './examples.tsx'
import { ShownColumns } from './shown-columns.tsx'

const TaskPreview = lazy(async () => ({ default: (await import('./task-preview.tsx')).TaskPreview }))

export function TaskStep(props: { state: CreateState }): JSX.Element {
  const labels = () => props.state.labels.form
  const set = (patch: Partial<LabelsForm>) => props.state.labels.set(patch)
  const problems = () => props.state.problems()
  const studio = () => labels().source === 'studio'
  return (
    <div class="grid gap-8">
      <Show
        when={!studio()}
        fallback={
          <Notice tone="info" title="The task is Label Studio’s configuration">
            What is shown and answered comes from it. Instructions, flag and reviewer are added here.
          </Notice>
        }
      >
        <section class="grid gap-5" aria-label="Answers">
          <SelectField
            label="What labelers answer"
            value={labels().answer}
            onChange={(answer) => set({ answer: answer as AnswerKind, examples: [] })}
            options={answerKinds.map(({ value, label }) => ({ value, label }))}
          />
          <ShownColumns state={props.state} />
          <AnswerFields state={props.state} />
        </section>
      </Show>
      <section class="grid gap-5" aria-label="Instructions">
        <TextField
          label="Instructions"
          rows={6}
          value={labels().instructions}
          onInput={(instructions) => set({ instructions })}
          error={problems().instructions}
          hint="Markdown, shown before the first item. Say what counts, what does not, and what to do where it is not clear."
        />
        <Show when={labels().instructions.trim()}>
          <details class="card px-4 py-2">
            <summary class="text-sm font-600 summary">Preview of the instructions</summary>
            <div class="py-3">
              <Markdown text={labels().instructions} />
            </div>
          </details>
        </Show>
        <Check
          label="Labelers may flag an item as broken instead of answering"
          checked={labels().flag}
          onChange={(flag) => set({ flag })}
        />
        <TextField
          label="Reviewer of disputed items"
          mono
          placeholder="G… or C…, or no one"
          value={labels().reviewer}
          onInput={(reviewer) => set({ reviewer })}
          error={problems().reviewer}
          hint="The manifest names it, so that everyone knows who reviews."
        />
      </section>
      <Examples state={props.state} />
      <Given when={props.state.labels.sourceFailure()}>
        {(failure) => (
          <Notice tone="bad" title="Items and task do not fit yet" role="alert">
            {failure()}
          </Notice>
        )}
      </Given>
      <Preview state={props.state} />
      <p class="text-xs font-600 text-bad empty:hidden" role="alert">
        {props.state.labels.sourceFailure() ? '' : problems().source}
      </p>
    </div>
  )
}

/** Made anew only with what it shows: an example that is added must not take the answer away that is on screen. */
function Preview(props: { state: CreateState }): JSX.Element {
  const { labels } = props.state
  return (
    <Show when={labels.made()} keyed>
      {(source) => (
        <Suspense fallback={<Skeleton lines={5} />}>
          <TaskPreview
            source={source}
            onExample={(item, answer) =>
              labels.set({
                examples: [...labels.form.examples.filter((one) => one.item !== item), { item, answer, why: '' }],
              })
            }
          />
        </Suspense>
      )}
    </Show>
  )
}
