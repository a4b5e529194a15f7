/** Step 4: who grades, how many must agree, and what is opened afterwards. */
import { createAsync } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import { getOracles } from '../../lib/api.ts'
import { formatDuration } from '../../lib/format.ts'
import { OracleLine } from '../oracle-line.tsx'
import { Empty } from '../ui/empty.tsx'
import { SelectField } from '../ui/field.tsx'
import { Hash } from '../ui/hash.tsx'
import { Notice } from '../ui/notice.tsx'
import { Choice } from './choice.tsx'
import type { CreateState } from './context.ts'

export function OraclesStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const oracles = createAsync(() => getOracles())
  const toggle = (address: string, on: boolean) => {
    const chosen = on ? [...form.oracles, address] : form.oracles.filter((one) => one !== address)
    setForm({ oracles: chosen, quorum: String(Math.floor(chosen.length / 2) + 1) })
  }
  const quorums = () => {
    const count = form.oracles.length
    const least = Math.floor(count / 2) + 1
    return Array.from({ length: Math.max(0, count - least + 1) }, (_, at) => String(least + at))
  }
  return (
    <div class="grid gap-7">
      <fieldset class="grid gap-3">
        <legend class="text-sm font-600 mb-2">Oracles, one to five</legend>
        <Show
          when={oracles()?.length}
          fallback={
            <Empty title="No oracle here yet">
              Someone has to run an oracle on this network before a challenge can be created.
            </Empty>
          }
        >
          <ul class="card divide-y divide-line">
            <For each={oracles()}>
              {(oracle) => (
                <li>
                  <label class="flex items-start gap-3 px-4 py-3 cursor-pointer">
                    <input
                      type="checkbox"
                      class="size-5 mt-0.5 accent-accent focusable rounded-sm"
                      checked={form.oracles.includes(oracle.address)}
                      disabled={form.oracles.length >= 5 && !form.oracles.includes(oracle.address)}
                      onChange={(event) => toggle(oracle.address, event.currentTarget.checked)}
                    />
                    <span class="min-w-0 grid gap-0.5 text-sm">
                      <span class="font-500 break-all">{oracle.url}</span>
                      <Hash value={oracle.address} what="oracle" plain />
                      <OracleLine url={oracle.url} address={oracle.address} />
                      <span class="text-xs text-ink-3">
                        key version {oracle.keyVersion} · {oracle.votes} votes, {oracle.disagreed} against the others,{' '}
                        {oracle.missed} missed ·{' '}
                        {oracle.medianSecondsToVote === null
                          ? 'no vote yet'
                          : `half within ${formatDuration(oracle.medianSecondsToVote)}`}
                      </span>
                    </span>
                  </label>
                </li>
              )}
            </For>
          </ul>
        </Show>
        <p class="text-xs font-600 text-bad empty:hidden" role="alert">
          {props.state.problems().oracles}
        </p>
      </fieldset>
      <Show when={form.oracles.length === 1}>
        <Notice tone="wait" title="Graded by one party">
          The challenge page says so. With three oracles and a quorum of two, no single oracle decides.
        </Notice>
      </Show>
      <Show when={form.oracles.length > 1}>
        <SelectField
          label="How many must post the same score"
          value={form.quorum}
          onChange={(quorum) => setForm({ quorum })}
          options={quorums().map((count) => ({ value: count, label: `${count} of ${form.oracles.length}` }))}
          hint={
            props.state.problems().quorum ??
            (Number(form.quorum) === form.oracles.length
              ? 'If all must agree, a single silent oracle blocks every verdict.'
              : undefined)
          }
        />
      </Show>
      <Choice
        label="After the end"
        value={form.opensTruth ? form.opensSubmissions : 'closed'}
        onChange={(value) =>
          setForm(
            value === 'closed'
              ? { opensTruth: false, opensSubmissions: 'none' }
              : { opensTruth: true, opensSubmissions: value as 'winning' | 'all' | 'none' },
          )
        }
        options={[
          {
            value: 'winning',
            label: 'Open truth and winners',
            hint: 'Anyone can recompute the winners’ scores and look for copies.',
          },
          { value: 'all', label: 'Open everything', hint: 'All scored submissions as well.' },
          { value: 'none', label: 'Open the truth only', hint: 'Submissions stay sealed.' },
          {
            value: 'closed',
            label: 'Keep the truth closed',
            hint: 'The challenge’s page says that scores cannot be recomputed.',
          },
        ]}
      />
    </div>
  )
}
