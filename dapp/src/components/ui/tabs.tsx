/** Tabs whose choice is kept in the address, so that a tab can be linked and survives a reload; arrow keys move between them. */
import { useSearchParams } from '@solidjs/router'
import { createUniqueId, For, type JSX, Show } from 'solid-js'

export type Tab = { id: string; label: string; count?: number; content: () => JSX.Element }

/** Part of the window's height below which a panel is not in view. */
const LOWEST = 0.6

export function Tabs(props: { tabs: Tab[]; label: string }): JSX.Element {
  const [search, setSearch] = useSearchParams<{ tab: string }>()
  const prefix = createUniqueId()
  const ids = () => props.tabs.map((tab) => tab.id)
  const current = () => (ids().includes(search.tab ?? '') ? search.tab! : ids()[0]!)
  let list: HTMLDivElement | undefined
  const choose = (tab: string) => {
    setSearch({ tab: tab === ids()[0] ? undefined : tab }, { replace: true, scroll: false })
    // On a small screen the content may begin below what is seen: then the tabs move up, and it follows them.
    const top = list?.getBoundingClientRect().bottom ?? 0
    if (top > innerHeight * LOWEST) list?.scrollIntoView({ block: 'start' })
  }
  const onKey = (event: KeyboardEvent) => {
    const all = ids()
    const at = all.indexOf(current())
    const places: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }
    const place = places[event.key]
    if (place === undefined) return
    event.preventDefault()
    const next = all[(place + all.length) % all.length]!
    choose(next)
    document.getElementById(`${prefix}-tab-${next}`)?.focus()
  }
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={props.label}
        class="flex flex-wrap gap-x-1 border-b border-line scroll-mt-2"
        onKeyDown={onKey}
      >
        <For each={props.tabs}>
          {(tab) => (
            <button
              type="button"
              role="tab"
              id={`${prefix}-tab-${tab.id}`}
              aria-selected={current() === tab.id}
              aria-controls={current() === tab.id ? `${prefix}-panel` : undefined}
              tabIndex={current() === tab.id ? 0 : -1}
              class="tap shrink-0 px-3 text-sm font-600 text-ink-3 hover:text-ink bg-transparent border-b-2 border-solid border-transparent aria-selected:text-ink aria-selected:border-accent focusable focus-visible:-outline-offset-2"
              onClick={() => choose(tab.id)}
            >
              {tab.label}
              <Show when={tab.count !== undefined}>
                <span class="ml-1.5 font-400 text-ink-3">{tab.count}</span>
              </Show>
            </button>
          )}
        </For>
      </div>
      <div role="tabpanel" id={`${prefix}-panel`} aria-labelledby={`${prefix}-tab-${current()}`} class="pt-6">
        <Show when={current()} keyed>
          {(id) => props.tabs.find((tab) => tab.id === id)?.content()}
        </Show>
      </div>
    </>
  )
}
