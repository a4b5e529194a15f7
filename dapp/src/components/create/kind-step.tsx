/** The first question: how the challenge pays. Everything else follows from it. */
import { type JSX, Show } from 'solid-js'
import { type Kind, kinds } from '../../lib/create/kinds.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { Notice } from '../ui/notice.tsx'
import { Choice } from './choice.tsx'

export function KindStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  return (
    <div class="grid gap-5">
      <Choice
        label="What do you want to pay for?"
        value={form.kind}
        onChange={(kind) =>
          setForm({ kind: kind as Kind, ...(kind === 'ranked' ? { opensSubmissions: 'all' as const } : {}) })
        }
        options={kinds}
      />
      <Show when={form.kind === 'earnings'}>
        <Notice tone="wait" title="Where trust lies with earnings">
          The oracles count the labels and post the amounts, and until they have posted, labelers trust them. Only
          oracles whose operators agreed to post amounts accept such a challenge. Nothing is labeled or judged on the
          ledger, and this page’s labeling desk serves labels that are paid per unit.
        </Notice>
      </Show>
    </div>
  )
}
