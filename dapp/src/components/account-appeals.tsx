/** How labelers' appeals in a maker's challenges ended, summed over what their oracles tell now. */
import { partOf } from '@stellartrain/sdk/counted'
import { type JSX, Show } from 'solid-js'
import { createTask } from '../lib/reactive/task.ts'
import type { ChallengeSummary } from '../lib/read/types.ts'
import { formatCount } from '../lib/words/format.ts'
import { Given } from './ui/given.tsx'

/** The newest ones: each is asked of its oracles. */
const MOST = 10

export function AccountAppeals(props: { challenges: readonly ChallengeSummary[] }): JSX.Element {
  const paying = () =>
    props.challenges.filter(({ payout, earnings }) => payout.rule === 'earnings' && (earnings?.epochs ?? 0) > 0)
  const ids = () =>
    paying()
      .slice(0, MOST)
      .map(({ id }) => id)
  /** Of how many the sum is, where it is not of all. */
  const ofSome = (told: number) =>
    told < paying().length ? `In ${partOf(told, paying().length, 'challenge')}, whose oracles answered: ` : ''
  const read = createTask(
    () => ids().length > 0 && ids().join(' '),
    async () => {
      const { appealsOf } = await import('../lib/write/work.ts')
      const told = await Promise.allSettled(ids().map(appealsOf))
      return told.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    },
  )
  const sum = (of: (one: { won: number; lost: number; appeals: readonly unknown[] }) => number) =>
    (read.value() ?? []).reduce((total, one) => total + of(one), 0)
  const decided = () => sum(({ won, lost }) => won + lost)
  return (
    <Given when={read.value()}>
      {(told) => (
        <Show when={told().length > 0}>
          <p class="text-sm text-ink-2">
            {ofSome(told().length)}
            {decided() === 0
              ? 'No appeal of a labeler was decided.'
              : `Labelers won ${sum(({ won }) => won)} of ${formatCount(decided(), 'decided appeal')}.`}
            <Show when={sum(({ appeals }) => appeals.length) > 0}>
              {' '}
              {formatCount(
                sum(({ appeals }) => appeals.length),
                'waits',
                'wait',
              )}
              .
            </Show>
          </p>
        </Show>
      )}
    </Given>
  )
}
