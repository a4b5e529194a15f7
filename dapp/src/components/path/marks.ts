/** How a step's state looks: one table for the full path and the compact one. */
import type { StepState } from '../../lib/words/path.ts'
import type { IconName } from '../ui/icon.tsx'

export const marks: Record<StepState, { icon: IconName; disc: string; bar: string; ink: string; word: string }> = {
  done: { icon: 'check', disc: 'bg-good text-surface', bar: 'bg-good', ink: 'text-ink', word: 'done' },
  active: {
    icon: 'clock',
    disc: 'bg-wait-soft text-wait ring-2 ring-wait',
    bar: 'bg-wait',
    ink: 'text-ink',
    word: 'in progress',
  },
  failed: { icon: 'cross', disc: 'bg-bad text-surface', bar: 'bg-bad', ink: 'text-bad', word: 'failed' },
  skipped: {
    icon: 'minus',
    disc: 'bg-sunken text-ink-3 ring-1 ring-line-strong',
    bar: 'bg-line-strong',
    ink: 'text-ink-2',
    word: 'does not apply',
  },
  todo: {
    icon: 'ring',
    disc: 'bg-surface text-ink-3 ring-1 ring-line-strong',
    bar: 'bg-line-strong',
    ink: 'text-ink-3',
    word: 'still to come',
  },
}
