/** Models in the place of predictions: which kinds, and what one may use on the sealed rows. */
import { For, type JSX, Show } from 'solid-js'
import type { Form } from '../../lib/create/form.ts'
import { inputsOf, USUAL_STEPS } from '../../lib/create/models.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { Choice } from './choice.tsx'

export function ModelFields(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const inputs = () => {
    const data = props.state.prepared()
    const found = data && !data.problem ? inputsOf(data.truth) : []
    return found.length > 0 ? found : undefined
  }
  return (
    <section class="grid gap-5" aria-label="Models">
      <p class="text-sm text-ink-2 text-pretty">
        Solvers submit programs, and the oracles run them on rows that stay sealed until the end: no one labels them by
        hand, and what wins can be run again by anyone. A program gets these rows and nothing else; its steps are
        counted, never its time.{' '}
        <Given when={inputs()}>
          {(found) => (
            <>
              Models get, of each sealed row:{' '}
              <For each={found()}>
                {({ name, type }, at) => (
                  <>
                    {at() > 0 ? ', ' : ''}
                    <code class="num text-sm">{name}</code> ({type === 'number' ? 'a number' : 'a text'})
                  </>
                )}
              </For>
              .
            </>
          )}
        </Given>
      </p>
      <Show when={inputs() && !props.state.prepared()?.train}>
        <Notice tone="wait" title="No model can be tried before it is submitted">
          Publish a train file with the same columns: a solver’s page and command run a model on it first.
        </Notice>
      </Show>
      <Choice
        label="Models"
        value={form.models}
        onChange={(models) => setForm({ models: models as Form['models'] })}
        options={[
          { value: 'both', label: 'ONNX or WebAssembly', hint: 'Whatever solvers have.' },
          { value: 'onnx', label: 'ONNX alone', hint: 'What scikit-learn and other libraries export.' },
          { value: 'wasm', label: 'WebAssembly alone', hint: 'Any program: Rust, C, AssemblyScript.' },
        ]}
      />
      <div class="grid sm:grid-cols-3 gap-5">
        <TextField
          label="Steps of one run"
          mono
          inputmode="numeric"
          value={form.modelSteps}
          onInput={(modelSteps) => setForm({ modelSteps })}
          error={problems().modelSteps}
          hint={`Over all rows. An oracle with the usual two minutes for a file takes up to ${USUAL_STEPS.toLocaleString('en')}, those of an evaluator included.`}
        />
        <TextField
          label="Memory"
          mono
          suffix="MiB"
          inputmode="numeric"
          value={form.modelMemory}
          onInput={(modelMemory) => setForm({ modelMemory })}
          error={problems().modelMemory}
          hint="All rows are in it at once."
        />
        <TextField
          label="Largest file"
          mono
          suffix="MB"
          inputmode="decimal"
          value={form.modelMegabytes}
          onInput={(modelMegabytes) => setForm({ modelMegabytes })}
          error={problems().modelMegabytes}
          hint="A model brings what it has learned."
        />
      </div>
    </section>
  )
}
