/** Step 4: who grades, who decides if they fall silent, who may take part, and what is opened afterwards. */
import { For, type JSX, Show } from 'solid-js'
import { paysLabels } from '../../lib/create/kinds.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { quorumOf } from '../../lib/create/sums.ts'
import { createTask } from '../../lib/reactive/task.ts'
import { getOracles } from '../../lib/read/api.ts'
import { inWords } from '../../lib/words/errors.ts'
import { formatCount, formatDuration } from '../../lib/words/format.ts'
import { OracleLine } from '../oracle-line.tsx'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { TextField } from '../ui/field.tsx'
import { Hash } from '../ui/hash.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Choice } from './choice.tsx'
import { JudgeFields } from './judge-fields.tsx'

export function OraclesStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  // A page that cannot be read now must not take the draft off the screen.
  const oracles = createTask(
    () => true,
    () => getOracles(),
  )
  const toggle = (address: string, on: boolean) => {
    const chosen = on ? [...form.oracles, address] : form.oracles.filter((one) => one !== address)
    setForm({ oracles: chosen })
  }
  const count = () => form.oracles.length
  const lost = () => count() - quorumOf(form) + 1
  return (
    <div class="grid gap-7">
      <fieldset class="grid gap-3">
        <legend class="text-sm font-600 mb-2">Oracles: one, three or five</legend>
        <Show
          when={oracles.value()?.length}
          fallback={
            oracles.failure() !== undefined ? (
              <Notice
                tone="wait"
                title="The oracles could not be listed"
                actions={<Button onClick={() => oracles.again()}>Try again</Button>}
              >
                {inWords(oracles.failure()).sentence}
              </Notice>
            ) : oracles.value() === undefined ? (
              <Skeleton lines={3} />
            ) : (
              <Empty title="No oracle here yet">
                Someone has to run an oracle on this network before a challenge can be created.
              </Empty>
            )
          }
        >
          <ul class="card divide-y divide-line">
            <For each={oracles.value()}>
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
                        key version {oracle.keyVersion} · {formatCount(oracle.votes, 'vote')}, {oracle.disagreed}{' '}
                        against the others, {oracle.missing} missing ·{' '}
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
      <Show when={count() === 1}>
        <Notice tone="wait" title="Graded by one party">
          The challenge page says so. With three oracles no single one decides, and one may fail.
        </Notice>
      </Show>
      <Show when={count() === 3 || count() === 5}>
        <p class="text-sm text-ink-2">
          The verdict that {quorumOf(form)} of the {count()} agree on counts. Decisions stop only if {lost()} of them
          fall silent.
        </p>
      </Show>
      <Show when={form.kind !== 'earnings'}>
        <section class="grid gap-5" aria-label="Judge and admission">
          <JudgeFields state={props.state} />
          <TextField
            label="Gate"
            mono
            placeholder="C…, or everyone"
            value={form.gate}
            onInput={(gate) => setForm({ gate })}
            error={props.state.problems().gate}
            hint="A contract that is asked whether it admits a solver: for invitations or qualifications. Your challenge then says “admission by C…”."
          />
        </section>
      </Show>
      <Show when={!paysLabels(form.kind)}>
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
            {
              value: 'all',
              label: 'Open everything',
              hint: 'All scored submissions as well; a ranking can be recomputed only then.',
            },
            { value: 'none', label: 'Open the truth only', hint: 'Submissions stay sealed.' },
            {
              value: 'closed',
              label: 'Keep the truth closed',
              hint: 'The challenge’s page says that scores cannot be recomputed.',
            },
          ]}
        />
      </Show>
    </div>
  )
}
