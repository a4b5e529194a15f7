/** A hash, address or CID: a short chip with the whole value on hover, a copy button and, where there is a page, a link. */
import { A } from '@solidjs/router'
import { createSignal, type JSX, Show } from 'solid-js'
import { shorten } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import { Given } from './given.tsx'
import { Icon } from './icon.tsx'

type HashProps = {
  /** null: not known. */
  value: string | null
  what: string
  href?: string
  external?: boolean
  head?: number
  tail?: number
  plain?: boolean
}

export function Hash(props: HashProps): JSX.Element {
  return (
    <Given
      when={props.value}
      fallback={
        <span class="text-sm text-ink-3">
          {props.what} {NOT_KNOWN}
        </span>
      }
    >
      {(value) => <KnownHash {...props} value={value()} />}
    </Given>
  )
}

function KnownHash(props: HashProps & { value: string }): JSX.Element {
  const text = () => shorten(props.value, props.head ?? 4, props.tail ?? 4)
  const Spoken = () => (
    <>
      <span aria-hidden="true">{text()}</span>
      <span class="sr-only">
        {props.what} {props.value}
      </span>
    </>
  )
  return (
    <span class="inline-flex items-center gap-0.5 align-baseline max-w-full">
      <Given
        when={props.href}
        fallback={
          <code class="num text-sm text-ink-2 whitespace-nowrap" title={props.value}>
            <Spoken />
          </code>
        }
      >
        {(href) => (
          <Show
            when={props.external}
            fallback={
              <A href={href()} class="link target num text-sm whitespace-nowrap" title={props.value}>
                <Spoken />
              </A>
            }
          >
            <a
              href={href()}
              class="link target num text-sm whitespace-nowrap"
              title={props.value}
              rel="noopener noreferrer"
              target="_blank"
            >
              <Spoken />
            </a>
          </Show>
        )}
      </Given>
      <Show when={!props.plain}>
        <CopyButton value={props.value} what={props.what} />
      </Show>
    </span>
  )
}

/** Copies and says so; the target is 44 pixels although the glyph is small. */
export function CopyButton(props: { value: string; what: string }): JSX.Element {
  const [copied, setCopied] = createSignal(false)
  const copy = async () => {
    await navigator.clipboard.writeText(props.value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <button
      type="button"
      class="target inline-grid place-items-center size-6 rounded-sm text-ink-3 hover:text-ink focusable bg-transparent"
      aria-label={copied() ? `Copied ${props.what}` : `Copy ${props.what}`}
      onClick={copy}
    >
      <Icon name={copied() ? 'check' : 'copy'} size={14} />
    </button>
  )
}
