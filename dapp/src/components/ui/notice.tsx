/** A sentence that matters: what happened, what it cost, what to do; technical details behind a fold. */
import { type JSX, Show } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'

type Tone = 'info' | 'wait' | 'bad' | 'good'
const tones: Record<Tone, { box: string; icon: IconName; ink: string }> = {
  info: { box: 'bg-accent-soft', icon: 'info', ink: 'text-accent' },
  wait: { box: 'bg-wait-soft', icon: 'alert', ink: 'text-wait' },
  bad: { box: 'bg-bad-soft', icon: 'alert', ink: 'text-bad' },
  good: { box: 'bg-good-soft', icon: 'check', ink: 'text-good' },
}
type NoticeProps = {
  tone: Tone
  title?: string
  children: JSX.Element
  details?: string
  actions?: JSX.Element
  role?: 'alert' | 'status'
}

export function Notice(props: NoticeProps): JSX.Element {
  const tone = () => tones[props.tone]
  return (
    <div class={`flex gap-3 rounded-lg px-4 py-3 text-sm text-ink ${tone().box}`} role={props.role}>
      <Icon name={tone().icon} class={`mt-0.5 ${tone().ink}`} />
      <div class="min-w-0 flex-1 grid gap-2">
        <div class="max-w-[72ch]">
          <Show when={props.title}>
            <p class="font-600">{props.title}</p>
          </Show>
          <div class="text-ink-2 text-pretty [overflow-wrap:anywhere]">{props.children}</div>
        </div>
        <Show when={props.details}>
          <details>
            <summary class="text-ink-3 summary">Details for a bug report</summary>
            <pre class="mt-2 whitespace-pre-wrap break-all text-xs font-mono text-ink-3">{props.details}</pre>
          </details>
        </Show>
        <Show when={props.actions}>
          <div class="flex flex-wrap gap-2">{props.actions}</div>
        </Show>
      </div>
    </div>
  )
}
