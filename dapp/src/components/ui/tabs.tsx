/** Tabs whose choice stands in the address, so that a tab can be linked and survives a reload. */
import { Tabs as Kobalte } from '@kobalte/core/tabs'
import { useSearchParams } from '@solidjs/router'
import { For, type JSX } from 'solid-js'

export type Tab = { id: string; label: string; count?: number; content: () => JSX.Element }

export function Tabs(props: { tabs: Tab[]; label: string }): JSX.Element {
  const [search, setSearch] = useSearchParams<{ tab: string }>()
  const value = () => (props.tabs.some((tab) => tab.id === search.tab) ? search.tab : props.tabs[0]!.id)
  return (
    <Kobalte
      value={value()}
      onChange={(tab) =>
        setSearch({ tab: tab === props.tabs[0]!.id ? undefined : tab }, { replace: true, scroll: false })
      }
    >
      <Kobalte.List
        aria-label={props.label}
        class="flex gap-1 overflow-x-auto border-b border-line -mx-4 px-4 sm:mx-0 sm:px-0 [scrollbar-width:none]"
      >
        <For each={props.tabs}>
          {(tab) => (
            <Kobalte.Trigger
              value={tab.id}
              class="tap shrink-0 px-3 first:pl-0 text-sm font-600 text-ink-3 hover:text-ink bg-transparent border-b-2 border-solid border-transparent data-[selected]:text-ink data-[selected]:border-accent focusable focus-visible:-outline-offset-2"
            >
              {tab.label}
              {tab.count !== undefined && <span class="ml-1.5 font-400 text-ink-3">{tab.count}</span>}
            </Kobalte.Trigger>
          )}
        </For>
      </Kobalte.List>
      <For each={props.tabs}>
        {(tab) => (
          <Kobalte.Content value={tab.id} class="pt-6 focusable rounded-sm">
            {tab.content()}
          </Kobalte.Content>
        )}
      </For>
    </Kobalte>
  )
}
