/** The board: places whose prize is set aside, places that wait, places that are kept for somebody, and what each brings. */
import { A } from '@solidjs/router'
import { createMemo, For, type JSX, Show } from 'solid-js'
import type { Challenge } from '../../lib/read/types.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { formatScore, ordinal } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import { freeWords, keptWords, type PlaceRow, placesOf } from '../../lib/words/places.ts'
import { Amount } from '../ui/amount.tsx'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'

const looks: Record<PlaceRow['kind'], { tone: Tone; icon: IconName; word: string; title: string }> = {
  paid: { tone: 'good', icon: 'check', word: 'paid', title: 'The prize was sent.' },
  due: {
    tone: 'good',
    icon: 'lock',
    word: 'set aside',
    title: 'The prize is set aside for this solver; no one can take it.',
  },
  waiting: {
    tone: 'wait',
    icon: 'clock',
    word: 'waits',
    title: 'It wins unless the submission for which a place is kept takes it.',
  },
  running: { tone: 'neutral', icon: 'queue', word: 'so far', title: 'What this place would bring if it ended now.' },
}

export function Places(props: { challenge: Challenge }): JSX.Element {
  const view = createMemo(() => placesOf(props.challenge))
  const bounty = () => props.challenge.payout.rule === 'bounty'
  return (
    <Given when={view()}>
      {(places) => (
        <section aria-labelledby="places" class="grid gap-2">
          <h2 id="places" class="section-title">
            {bounty() ? 'Places' : 'Prizes'}
          </h2>
          <ol class="divide-y divide-line border-y border-line text-sm">
            <For each={places().rows}>{(row) => <Row row={row} challenge={props.challenge} />}</For>
            <Show when={places().kept.length > 0}>
              <li class="py-2.5 flex gap-2 items-start text-ink-2">
                <Icon name="clock" size={14} class="mt-1 text-wait" />
                <span class="text-pretty">
                  {keptWords(places()).before}{' '}
                  <For each={places().kept}>
                    {(number, index) => (
                      <>
                        {index() > 0 ? ', ' : ''}
                        <A class="link target num" href={`/challenges/${props.challenge.id}/submissions/${number}`}>
                          #{number}
                        </A>
                      </>
                    )}
                  </For>{' '}
                  {keptWords(places()).after}
                </span>
              </li>
            </Show>
            <Show when={places().free > 0}>
              <li class="py-2.5 text-ink-3">{freeWords(places().free)}</li>
            </Show>
          </ol>
        </section>
      )}
    </Given>
  )
}

const scoreWords = (score: Challenge['board'][number]['score']): string =>
  score ? formatScore(score.value) : NOT_KNOWN

function Row(props: { row: PlaceRow; challenge: Challenge }): JSX.Element {
  const it = () => props.row.place
  const look = () => looks[props.row.kind]
  return (
    <li
      class={`py-2.5 grid grid-cols-[2.5rem_minmax(0,1fr)_auto] sm:grid-cols-[2.5rem_minmax(0,1fr)_6rem_7rem_6.5rem] gap-x-4 gap-y-1 items-center ${wallet()?.address === it().solver ? 'bg-accent-soft' : ''}`}
    >
      <span class="num text-ink-3">{ordinal(it().place)}</span>
      <span class="min-w-0 inline-flex flex-wrap items-center gap-x-3">
        <Hash value={it().solver} what="solver" href={`/accounts/${it().solver}`} plain />
        <A class="link target num" href={`/challenges/${props.challenge.id}/submissions/${it().number}`}>
          #{it().number}
        </A>
      </span>
      <span class="num text-right font-500">{scoreWords(it().score)}</span>
      <span class="text-right col-start-2 sm:col-start-auto justify-self-start sm:justify-self-end">
        <Amount
          units={it().prize}
          asset={props.challenge.asset}
          class={props.row.kind === 'running' ? 'text-ink-3' : ''}
        />
      </span>
      <span class="justify-self-end">
        <Badge tone={look().tone} icon={look().icon} title={look().title}>
          {look().word}
        </Badge>
      </span>
    </li>
  )
}
