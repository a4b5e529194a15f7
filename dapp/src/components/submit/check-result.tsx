/** What the check found: rows, ids, the first ten problems by row and column, and what the values look like. */
import { For, type JSX, Show } from 'solid-js'
import type { Evaluated, FileCheck } from '../../lib/submit/precheck.ts'
import { rowsInWords } from '../../lib/submit/problem-groups.ts'
import { formatCount, formatScore } from '../../lib/words/format.ts'
import { Given } from '../ui/given.tsx'
import { Histogram } from '../ui/histogram.tsx'
import { Icon } from '../ui/icon.tsx'
import { Notice } from '../ui/notice.tsx'

/** `unsent`: nothing has left the browser yet, and only then it says so. */
export function CheckResult(props: {
  check: FileCheck
  rows: number
  /** The file is a model, which was run on published rows where there are any. */
  model?: boolean
  unsent: boolean
}): JSX.Element {
  return (
    <section aria-label="Check of the file" class="grid gap-4">
      <p role="status" class={`flex items-start gap-2 font-600 ${props.check.ok ? 'text-good' : 'text-bad'}`}>
        <Icon name={props.check.ok ? 'check' : 'cross'} class="mt-1" />
        {props.check.ok
          ? 'The oracle would take this file.'
          : `The oracle would reject this file: ${formatCount(props.check.problemCount, 'problem')}.`}
        {props.unsent ? ' Nothing has been sent or spent.' : ''}
      </p>
      <Show when={props.model && props.check.ok}>
        <p class="text-sm text-ink-2 text-pretty">
          {props.check.rows > 0
            ? `The model ran here on ${formatCount(props.check.rows, 'published row')}; what it predicts is below.`
            : 'The challenge publishes no rows that the model could be run on: only its form was checked.'}
        </p>
      </Show>
      <dl class="grid grid-cols-2 sm:grid-cols-4 gap-x-6 gap-y-3 text-sm" hidden={props.model}>
        <Count name="Rows" value={props.check.rows} wanted={props.rows} />
        <Given when={props.check.ids} fallback={<Text name="Ids" value="not published, checked by count" />}>
          {(ids) => (
            <>
              <Count name="Ids found" value={ids().matched} wanted={ids().expected} />
              <Count name="Missing" value={ids().missing} wanted={0} />
              <Count
                name="Unknown or duplicate"
                value={(props.check.counts.unknown_id ?? 0) + (props.check.counts.duplicate_id ?? 0)}
                wanted={0}
              />
            </>
          )}
        </Given>
      </dl>
      <Given when={props.check.evaluated}>{(evaluated) => <EvaluatedLine evaluated={evaluated()} />}</Given>
      <Given when={props.check.hint}>{(hint) => <Notice tone="bad">{hint()}</Notice>}</Given>
      <Show when={props.check.groups.length > 0 && !props.check.hint}>
        <div class="grid gap-2">
          <h2 class="text-sm font-600">What is wrong</h2>
          <ul class="grid divide-y divide-line border-y border-line text-sm">
            <For each={props.check.groups}>
              {(group) => (
                <li class="py-2.5 grid gap-0.5">
                  <p>
                    <Show when={group.count > 1}>
                      <strong class="num font-500">{group.count.toLocaleString('en')} ×</strong>{' '}
                    </Show>
                    <Given when={group.column}>
                      {(column) => (
                        <>
                          <code class="num break-all">{column()}</code>:{' '}
                        </>
                      )}
                    </Given>
                    {group.sentence}
                  </p>
                  <p class="text-xs text-ink-3 break-words">
                    In {rowsInWords(group)}
                    <Show when={group.values.length > 0}>
                      {'; the file has '}
                      <For each={group.values}>
                        {(value, at) => (
                          <>
                            {at() > 0 ? ', ' : ''}
                            <Show when={value !== ''} fallback="nothing there">
                              <code class="num text-ink-2">{value.slice(0, 60)}</code>
                            </Show>
                          </>
                        )}
                      </For>
                    </Show>
                    .
                  </p>
                  <Given when={group.hint}>{(hint) => <p class="text-xs">Hint: {hint()}</p>}</Given>
                </li>
              )}
            </For>
          </ul>
          <Show when={props.check.ids && props.check.ids.missingExamples.length > 0}>
            <p class="text-xs text-ink-3">
              Missing, for example: <span class="num">{props.check.ids?.missingExamples.join(', ')}</span>
            </p>
          </Show>
        </div>
      </Show>
      <For each={props.check.summaries.filter((summary) => summary.count > 0)}>
        {(summary) => <Histogram summary={summary} />}
      </For>
    </section>
  )
}

/** The truth is sealed: what can be seen is whether the evaluator gets through with this file at all. */
function EvaluatedLine(props: { evaluated: Evaluated }): JSX.Element {
  return (
    <Given
      when={'score' in props.evaluated ? props.evaluated : undefined}
      fallback={
        <Notice tone="wait" title="The evaluator stopped at this file">
          {'fault' in props.evaluated ? props.evaluated.fault : ''} It was run here with your file in the place of the
          truth, too. Read the evaluator before you spend an attempt.
        </Notice>
      }
    >
      {(ran) => (
        <p class="text-sm text-ink-2 text-pretty">
          The challenge’s evaluator ran here on your file. Were your file the truth, it would score{' '}
          <strong class="num font-500">{formatScore(ran().score)}</strong>.
        </p>
      )}
    </Given>
  )
}

function Count(props: { name: string; value: number; wanted: number }): JSX.Element {
  const good = () => props.value === props.wanted
  return (
    <div class="grid gap-0.5">
      <dt class="text-ink-3 text-xs">{props.name}</dt>
      <dd class={`num text-lg flex items-center gap-1.5 ${good() ? '' : 'text-bad'}`}>
        {props.value.toLocaleString('en')}
        <Show when={!good()}>
          <span class="font-sans text-xs">instead of {props.wanted.toLocaleString('en')}</span>
        </Show>
      </dd>
    </div>
  )
}

function Text(props: { name: string; value: string }): JSX.Element {
  return (
    <div class="grid gap-0.5 col-span-2">
      <dt class="text-ink-3 text-xs">{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  )
}
