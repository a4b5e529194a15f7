/** The program that scores in the place of a metric, and which scores are better. */
import type { JSX } from 'solid-js'
import { EVALUATOR_WORDS } from '../../lib/create/evaluator.ts'
import { takesModels } from '../../lib/create/models.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Given } from '../ui/given.tsx'
import { Choice } from './choice.tsx'
import { FileSlot } from './file-slot.tsx'

export function EvaluatorFields(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const more = () => {
    // Where models are submitted, these are what they get.
    const columns = takesModels(form) ? [] : (props.state.prepared()?.target.more ?? [])
    return columns.length > 0 ? columns : undefined
  }
  return (
    <section class="grid gap-5" aria-label="Evaluator">
      <FileSlot
        state={props.state}
        slot="evaluator"
        label="The evaluator, a WebAssembly module or a Python file"
        hint="A module that exports memory, alloc and score, or a .py file with a function score(solution, submission, row_id_column_name); at most 2 MiB. It is published with the challenge."
        accept=".wasm,.py,application/wasm,text/x-python"
      />
      <Choice
        label="Its scores"
        value={form.direction}
        onChange={(direction) => setForm({ direction: direction as 'maximize' | 'minimize', threshold: '' })}
        options={[
          { value: 'maximize', label: 'More is better', hint: 'A score must reach the threshold.' },
          { value: 'minimize', label: 'Less is better', hint: 'A score must not be above the threshold.' },
        ]}
      />
      <p class="text-sm text-ink-2 text-pretty">
        {EVALUATOR_WORDS} It runs here now, on your truth, exactly as the oracles will run it: its steps are counted,
        and it reaches neither files nor network. Solvers can read it and run it before they take part.{' '}
        <Given when={more()}>
          {(columns) => (
            <>
              It also gets {formatCount(columns().length, 'column')} of your truth that no submission has:{' '}
              {columns()
                .map(({ name }) => name)
                .join(', ')}
              .
            </>
          )}
        </Given>
      </p>
    </section>
  )
}
