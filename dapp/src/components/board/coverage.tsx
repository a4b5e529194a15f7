/** How many items have their labels, by an oracle's count; and how many oracles count at all. */
import { createAsync } from '@solidjs/router'
import { createMemo, type JSX } from 'solid-js'
import { countedWords, readCoverage, type ToldCoverage } from '../../lib/board/coverage.ts'
import { createTask, type Task } from '../../lib/reactive/task.ts'
import { getOracles } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'

/** @param version changes whenever it has to be asked again */
export function createCoverage(challenge: () => Challenge, version: () => string): Task<ToldCoverage | undefined> {
  const oracles = createAsync(() => getOracles())
  const read = createTask(
    () => oracles() && version(),
    () => {
      const known = oracles() ?? []
      const named = challenge().oracles.flatMap((one) => known.find(({ address }) => address === one.address) ?? [])
      return readCoverage(challenge().id, named)
    },
  )
  // What was counted last stays while it is asked again.
  const last = createMemo<ToldCoverage | undefined>((before) => (read.busy() ? before : read.value()))
  return { ...read, value: last }
}

/** Of what is leased or waits, how much was submitted where epochs count. */
function heldWords(held: number, waiting: number | undefined): string {
  const labels = formatCount(held, 'label')
  if (!waiting) return labels
  return `${labels}, ${waiting === held ? (held === 1 ? '' : 'all ') : `${waiting} of them `}submitted since the last epoch`
}

const share = (part: number, whole: number) => (whole > 0 ? ` (${Math.floor((part / whole) * 1000) / 10} %)` : '')

export function CoverageSection(props: {
  coverage: Task<ToldCoverage | undefined>
  /** Verdicts come with epochs, so that some labels wait for the next one. */
  byEpochs?: boolean
}): JSX.Element {
  return (
    <section class="grid gap-2" aria-label="Coverage">
      <h2 class="section-title">Coverage</h2>
      <Given
        when={props.coverage.value()}
        fallback={
          <p class="text-sm text-ink-3 max-w-[68ch]">
            {props.coverage.busy()
              ? 'Asking an oracle how far the items are…'
              : 'Only the oracles know how many items have all their labels, and none of them answers now. Without an overlap no one counts them.'}
          </p>
        }
      >
        {(it) => (
          <>
            <progress
              class="w-full h-2 accent-accent"
              max={it().places}
              value={it().accepted}
              aria-label="Labels accepted"
            />
            <Facts
              wide
              rows={[
                ['Labels accepted', `${it().accepted} of ${it().places}${share(it().accepted, it().places)}`],
                ['Leased or waiting', heldWords(it().held, props.byEpochs ? it().waiting : undefined)],
                ['Items with all their labels', `${it().covered} of ${it().items}${share(it().covered, it().items)}`],
                ['Labelers of each item', String(it().overlap)],
              ]}
            />
            <p class="text-xs text-ink-3 flex flex-wrap items-baseline gap-x-2">
              By the count of <Hash value={it().by} what="oracle" href={`/oracles/${it().by}`} /> · {countedWords(it())}
            </p>
          </>
        )}
      </Given>
    </section>
  )
}
