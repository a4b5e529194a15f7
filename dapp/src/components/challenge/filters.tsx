/** Search, phase, asset and order of the list; all of it is kept in the address. */
import { useSearchParams } from '@solidjs/router'
import { createUniqueId, For, type JSX, onCleanup } from 'solid-js'
import { config } from '../../lib/site/config.ts'
import { PHASE_ORDER, phaseWords } from '../../lib/words/phases.ts'
import { Icon } from '../ui/icon.tsx'

const TYPING_MS = 250

export function Filters(): JSX.Element {
  const [search, setSearch] = useSearchParams<{ q: string; phase: string; asset: string; sort: string }>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const set = (patch: Record<string, string | undefined>) =>
    setSearch({ ...patch, cursor: undefined }, { replace: true, scroll: false })
  const typed = (q: string) => {
    clearTimeout(timer)
    timer = setTimeout(() => set({ q: q || undefined }), TYPING_MS)
  }
  onCleanup(() => clearTimeout(timer))
  return (
    <search class="mt-5 mb-4 grid gap-2 grid-cols-2 md:grid-cols-[1fr_auto_auto_auto]">
      <label class="relative col-span-2 md:col-span-1">
        <span class="sr-only">Search challenges</span>
        <Icon name="search" class="absolute left-3 top-1/2 -translate-y-1/2 text-ink-3" />
        <input
          type="search"
          class="control pl-9"
          placeholder="Search by title or tag"
          value={search.q ?? ''}
          onInput={(event) => typed(event.currentTarget.value)}
        />
      </label>
      <Choice label="Phase" value={search.phase} any="Any phase" onChange={(phase) => set({ phase })}>
        {PHASE_ORDER.map((phase) => ({ value: phase, label: phaseWords[phase].word }))}
      </Choice>
      <Choice label="Asset" value={search.asset} any="Any asset" onChange={(asset) => set({ asset })}>
        {config().assets.map((asset) => ({ value: asset.contract, label: asset.code }))}
      </Choice>
      <Choice
        label="Order"
        value={search.sort}
        any="Open first"
        onChange={(sort) => set({ sort })}
        class="col-span-2 md:col-span-1"
      >
        {[
          { value: 'deadline', label: 'Closing soonest' },
          { value: 'prize', label: 'Largest prize' },
          { value: 'newest', label: 'Newest' },
        ]}
      </Choice>
    </search>
  )
}

type ChoiceProps = {
  label: string
  value: string | undefined
  any: string
  onChange: (value: string | undefined) => void
  children: { value: string; label: string }[]
  class?: string
}

function Choice(props: ChoiceProps): JSX.Element {
  const id = createUniqueId()
  return (
    <div class={props.class}>
      <label for={id} class="sr-only">
        {props.label}
      </label>
      <select
        id={id}
        class="control md:w-auto"
        onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
      >
        <option value="">{props.any}</option>
        <For each={props.children}>
          {(option) => (
            <option value={option.value} selected={props.value === option.value}>
              {option.label}
            </option>
          )}
        </For>
      </select>
    </div>
  )
}
