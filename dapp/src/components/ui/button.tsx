/** Buttons and links that look like buttons; 44 pixels high, one primary per view. */
import { A } from '@solidjs/router'
import { type JSX, splitProps } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'

type Look = 'primary' | 'plain' | 'quiet'
const looks: Record<Look, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-strong',
  plain: 'bg-surface text-ink border-line-strong hover:bg-sunken',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-sunken hover:text-ink',
}
export const buttonClass = (look: Look = 'plain', extra = ''): string =>
  `inline-flex items-center justify-center gap-2 min-h-11 px-4 rounded-md border border-solid text-sm font-600 no-underline transition-colors duration-100 focusable disabled:opacity-55 aria-disabled:opacity-55 ${looks[look]} ${extra}`

type ButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; icon?: IconName; busy?: boolean }

export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['look', 'icon', 'busy', 'class', 'children'])
  return (
    <button type="button" {...rest} aria-busy={own.busy || undefined} class={buttonClass(own.look, own.class)}>
      {own.icon && <Icon name={own.icon} />}
      {own.children}
    </button>
  )
}

export function LinkButton(props: {
  href: string
  look?: Look
  icon?: IconName
  class?: string
  children: JSX.Element
}): JSX.Element {
  return (
    <A href={props.href} class={buttonClass(props.look, props.class)}>
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </A>
  )
}
