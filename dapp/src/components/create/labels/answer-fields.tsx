/** What an answer of the chosen kind can be. */
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import type { LabelsForm } from '../../../lib/create/labels/form.ts'
import { shownOf } from '../../../lib/create/labels/form.ts'
import { subjectOf, subjectsFor } from '../../../lib/create/labels/task.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Check } from './check.tsx'

const CHOICES: readonly string[] = ['choice', 'choices', 'spans', 'boxes', 'polygons']
const PARTS: readonly string[] = ['spans', 'boxes', 'polygons']
const SUBJECT: readonly string[] = [...PARTS, 'transcription']

export function AnswerFields(props: { state: CreateState }): JSX.Element {
  const labels = () => props.state.labels.form
  const set = (patch: Partial<LabelsForm>) => props.state.labels.set(patch)
  const problems = () => props.state.problems()
  const header = () => props.state.labels.looked()?.header ?? []
  const kind = () => labels().answer
  const shown = () => shownOf(labels(), header()).flatMap(([column, as]) => (as === 'no' ? [] : [column]))
  const named = (names: readonly string[]) => [
    { value: '', label: 'Choose' },
    ...names.map((name) => ({ value: name, label: name })),
  ]
  const number = (
    name: keyof LabelsForm & ('least' | 'most' | 'from' | 'to' | 'step' | 'iou' | 'maxLength'),
    label: string,
    hint?: string,
  ) => (
    <TextField
      label={label}
      mono
      inputmode="decimal"
      value={labels()[name]}
      onInput={(value) => set({ [name]: value })}
      error={problems()[name]}
      hint={hint}
    />
  )
  return (
    <div class="grid gap-5">
      <Show when={SUBJECT.includes(kind())}>
        <SelectField
          label={kind() === 'transcription' ? 'What is transcribed' : 'What is marked'}
          value={subjectOf(labels(), header())}
          onChange={(column) => set({ column })}
          options={named(subjectsFor(labels(), header()))}
          hint={
            kind() === 'spans'
              ? 'A column that is shown as text.'
              : 'A column that is shown as an image, or of a transcription as a sound.'
          }
        />
      </Show>
      <Show when={CHOICES.includes(kind())}>
        <TextField
          label={PARTS.includes(kind()) ? 'Labels' : 'Choices'}
          rows={5}
          value={labels().choices}
          onInput={(choices) => set({ choices })}
          error={problems().choices}
          hint="One a line: the value as it is exported, then, after bars, its name on the page and a hint. For example: pos | Positive | praises something"
        />
      </Show>
      <div class="grid sm:grid-cols-3 gap-5">
        <Switch>
          <Match when={kind() === 'choices'}>
            {number('least', 'At least', 'Choices; none unless given.')}
            {number('most', 'At most', 'Choices; all unless given.')}
          </Match>
          <Match when={PARTS.includes(kind())}>
            {number('most', 'At most', 'Marks in an item; 200 unless given.')}
            {number('iou', 'Right from an overlap of', 'Of a known mark and the labeler’s, 0.05 to 1.')}
          </Match>
          <Match when={kind() === 'text' || kind() === 'transcription'}>
            {number('maxLength', 'Characters at most')}
          </Match>
          <Match when={kind() === 'rating'}>
            {number('from', 'Lowest value')}
            {number('to', 'Highest value')}
            {number('step', 'Step')}
          </Match>
          <Match when={kind() === 'preference'}>
            <SelectField label="The first" value={labels().a} onChange={(a) => set({ a })} options={named(shown())} />
            <SelectField
              label="The second"
              value={labels().b}
              onChange={(b) => set({ b })}
              error={problems().b}
              options={named(shown())}
            />
            <Check label="They can be equally good" checked={labels().tie} onChange={(tie) => set({ tie })} />
          </Match>
        </Switch>
      </div>
      <Show when={kind() === 'ranking'}>
        <fieldset class="grid gap-1">
          <legend class="text-sm font-600">What is put in order</legend>
          <For each={shown()}>
            {(column) => (
              <Check
                label={column}
                checked={labels().ranked.includes(column)}
                onChange={(on) =>
                  set({
                    ranked: on ? [...labels().ranked, column] : labels().ranked.filter((one) => one !== column),
                  })
                }
              />
            )}
          </For>
          <p class="text-xs font-600 text-bad empty:hidden" role="alert">
            {problems().ranked}
          </p>
        </fieldset>
      </Show>
    </div>
  )
}
