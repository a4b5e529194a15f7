/** A challenge in the list: what it asks, what it pays, that the money is there, how long it is open. */
import { A } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import type { ChallengeSummary, Phase } from '../../lib/read/types.ts'
import { goalOf, gradedBy, titleOf } from '../../lib/words/challenge-words.ts'
import { formatExact, formatScore } from '../../lib/words/format.ts'
import { bestIsUnknown, NOT_KNOWN } from '../../lib/words/known.ts'
import { lockedWords, paysLabels, peopleWords, shareWords, wholePrize } from '../../lib/words/payout.ts'
import { countdownOf, phaseAt } from '../../lib/words/phases.ts'
import { Amount } from '../ui/amount.tsx'
import { Given } from '../ui/given.tsx'
import { Icon } from '../ui/icon.tsx'
import { PhaseBadge } from '../ui/phase-badge.tsx'

export function ChallengeRow(props: { challenge: ChallengeSummary }): JSX.Element {
  const it = () => props.challenge
  const now = createNow()
  const counts = () => countdownOf(it(), now())
  return (
    <li class="relative grid gap-x-6 gap-y-2 px-4 sm:px-5 py-4 md:grid-cols-[minmax(0,1fr)_9.5rem_11rem] hover:bg-sunken">
      <div class="min-w-0 grid gap-1 content-start">
        <h2 class="text-base font-600 leading-snug [overflow-wrap:anywhere]">
          <A
            href={`/challenges/${it().id}`}
            class="text-ink no-underline focusable rounded-sm after:content-[''] after:absolute after:inset-0"
          >
            {titleOf(it())}
          </A>{' '}
          <span class="num text-sm font-400 text-ink-3">#{it().id}</span>
        </h2>
        <Show when={it().info?.summary}>
          <p class="text-sm text-ink-2 line-clamp-2 max-w-[72ch] [overflow-wrap:anywhere]">{it().info?.summary}</p>
        </Show>
        <p class="text-xs text-ink-3 flex flex-wrap gap-x-4 gap-y-0.5 mt-0.5">
          <span class="text-ink-2 font-500">{goalOf(it())}</span>
          <span>
            {peopleWords(it())}
            {paysLabels(it()) ? '' : bestWords(it())}
          </span>
          <span>{gradedBy(it())}</span>
          <Show when={it().info?.tags?.length}>
            <span>{it().info?.tags?.slice(0, 3).join(', ')}</span>
          </Show>
        </p>
      </div>
      <div class="flex md:grid md:content-start items-baseline gap-x-3 gap-y-0.5 md:justify-items-end">
        <Amount units={wholePrize(it())} asset={it().asset} class="text-lg font-500" />
        <p class="text-xs text-ink-3">{shareWords(it())}</p>
        <LockedProof challenge={it()} phase={phaseAt(it(), now())} />
      </div>
      <div class="flex md:grid md:content-start md:justify-items-end items-center gap-x-3 gap-y-1.5">
        <PhaseBadge phase={phaseAt(it(), now())} />
        <Given when={counts()}>
          {(next) => (
            <p class="text-xs text-ink-3" title={formatExact(Date.parse(next().at))}>
              {next().text}
            </p>
          )}
        </Given>
      </div>
    </li>
  )
}

function bestWords(challenge: ChallengeSummary): string {
  if (challenge.best) return `, best ${formatScore(challenge.best.value)}`
  return bestIsUnknown(challenge) ? `, best ${NOT_KNOWN}` : ', no score yet'
}

function LockedProof(props: { challenge: ChallengeSummary; phase: Phase }): JSX.Element {
  const words = () => lockedWords(props.challenge, props.phase)
  const Said = () => (
    <>
      <Icon name="lock" size={13} class={words() === 'was locked' ? '' : 'text-good'} />
      {words()}
    </>
  )
  const look =
    'relative z-1 inline-flex items-center gap-1 whitespace-nowrap md:text-right text-xs font-500 min-h-6 text-ink-2'
  return (
    <Given
      when={props.challenge.createdTx}
      fallback={
        <span class={look}>
          <Said />
        </span>
      }
    >
      {(tx) => (
        <A
          href={`/tx/${tx()}`}
          class={`${look} target no-underline hover:underline rounded-sm focusable`}
          aria-label={`${words()}: see the transaction that locked the prize of ${titleOf(props.challenge)}`}
        >
          <Said />
        </A>
      )}
    </Given>
  )
}
