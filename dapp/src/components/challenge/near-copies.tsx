/** Opened submissions of different solvers that resemble each other, for people to look at. */

import { A } from '@solidjs/router'
import { partOf } from '@stellartrain/sdk/counted'
import { For, type JSX, Show } from 'solid-js'
import type { ReportedCopies } from '../../lib/content/near-copies.ts'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Given } from '../ui/given.tsx'

const WORDS = {
  errors: 'go wrong in the same places',
  residuals: 'are off by the same amounts',
  cells: 'have the same cells',
} as const

export function NearCopies(props: { challenge: Challenge }): JSX.Element {
  const found = createTask(
    () => props.challenge.reveals.length > 0 && props.challenge,
    async (challenge) => (await import('../../lib/content/near-copies.ts')).readNearCopies(challenge),
  )
  return <Given when={found.value()}>{(known) => <Found challenge={props.challenge} found={known()} />}</Given>
}

export function Found(props: { challenge: Pick<Challenge, 'id'>; found: ReportedCopies }): JSX.Element {
  const link = (number: number) => (
    <A class="link target num" href={`/challenges/${props.challenge.id}/submissions/${number}`}>
      #{number}
    </A>
  )
  return (
    <section aria-labelledby="near-copies" class="grid gap-2">
      <h2 id="near-copies" class="section-title">
        Near-copies
      </h2>
      <Show when={props.found.pairs.length > 0}>
        <ul class="divide-y divide-line border-y border-line text-sm">
          <For each={props.found.pairs}>
            {(pair) => (
              <li class="py-2.5 flex flex-wrap items-center gap-x-2">
                {link(pair.numbers[0])} and {link(pair.numbers[1])} {WORDS[pair.measure]}
                <span class="num text-ink-3">{pair.value.toFixed(4)}</span>
                <Show when={pair.by < props.found.oracles}>
                  <span class="text-ink-3">reported by {partOf(pair.by, props.found.oracles, 'oracle')}</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <p class="text-sm text-ink-2 text-pretty max-w-[72ch]">
        {formatCount(props.found.oracles, 'oracle reports', 'oracles report')} having compared up to{' '}
        {formatCount(props.found.compared, 'opened submission')} of different solvers
        {props.found.pairs.length === 0 ? ', and that none resembles another more than honest work does.' : '.'} The
        errors are compared, for what everyone gets right says nothing; 1 is the same. This decides no prize: look at
        the files, and compute it again with <code class="num">npx stellartrain copies {props.challenge.id}</code>.
      </p>
    </section>
  )
}
