/** Title to tags: what every kind of challenge says of itself. */
import { type JSX, Show } from 'solid-js'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { TextField } from '../ui/field.tsx'
import { Markdown } from '../ui/markdown.tsx'

export function About(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  return (
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
          label="License of the data"
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
  )
}
