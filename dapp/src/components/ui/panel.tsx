/** A titled box beside the main text. */
import type { JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'

export function Panel(props: {
  title: string
  icon?: IconName
  aside?: JSX.Element
  children: JSX.Element
  class?: string
}): JSX.Element {
  return (
    <section class={`card px-4 sm:px-5 py-4 grid gap-3 content-start ${props.class ?? ''}`} aria-label={props.title}>
      <div class="flex items-center justify-between gap-3">
        <h2 class="text-sm font-600 text-ink flex items-center gap-2">
          {props.icon && <Icon name={props.icon} class="text-ink-3" />}
          {props.title}
        </h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  )
}
