/** A state: an icon and a word, and a color only as the third sign. */
import type { JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'

export type Tone = 'good' | 'wait' | 'bad' | 'accent' | 'neutral'
const tones: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  wait: 'bg-wait-soft text-wait',
  bad: 'bg-bad-soft text-bad',
  accent: 'bg-accent-soft text-accent',
  neutral: 'bg-sunken text-ink-2',
}

export function Badge(props: { tone: Tone; icon: IconName; children: JSX.Element; title?: string }): JSX.Element {
  return (
    <span
      class={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-600 whitespace-nowrap ${tones[props.tone]}`}
      title={props.title}
    >
      <Icon name={props.icon} size={13} />
      {props.children}
    </span>
  )
}
