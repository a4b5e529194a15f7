/** An order, the best first: dragged by a handle, moved by buttons, or picked up and moved by keys. */
import { createSignal, For, type JSX, onCleanup } from 'solid-js'
import type { ItemValues } from '../../../lib/label/items.ts'
import type { Asked } from '../../../lib/label/task.ts'
import { Icon } from '../../ui/icon.tsx'
import { KeyCap } from '../choice-button.tsx'
import { useDesk } from '../context.ts'
import { Cell } from '../item.tsx'

export default function RankingKind(props: { asked: Asked<'ranking'>; id: string; item: ItemValues }): JSX.Element {
  const { desk, listen } = useDesk()
  const [held, setHeld] = createSignal<string>()
  let list: HTMLOListElement | undefined

  const order = (): readonly string[] => {
    const value = desk.work().given[props.id]?.value
    return value?.kind === 'ranking' ? value.order : props.asked.columns
  }
  const moveTo = (column: string, to: number) => {
    const others = order().filter((one) => one !== column)
    const place = Math.min(Math.max(to, 0), others.length)
    if (order()[place] === column) return
    desk.enter({ kind: 'ranking', order: [...others.slice(0, place), column, ...others.slice(place)] })
  }
  const moveBy = (column: string, by: number) => moveTo(column, order().indexOf(column) + by)
  const shownAs = (column: string) =>
    desk.task.show.find((one) => one.column === column) ?? { column, as: 'text' as const }

  onCleanup(
    listen(({ key }) => {
      const at = /^[1-9]$/.test(key) ? Number(key) - 1 : -1
      const column = order()[at]
      if (column !== undefined) {
        setHeld(held() === column ? undefined : column)
        return true
      }
      const picked = held()
      if (key === 'Escape') setHeld(undefined)
      else if (picked !== undefined && key === 'ArrowUp') moveBy(picked, -1)
      else if (picked !== undefined && key === 'ArrowDown') moveBy(picked, 1)
      else return false
      return true
    }),
  )

  /** While a handle is held, the row goes where the pointer is. */
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }, column: string) => {
    event.preventDefault()
    const handle = event.currentTarget
    handle.setPointerCapture?.(event.pointerId)
    setHeld(column)
    const follow = ({ clientY }: PointerEvent) => {
      const rows = [...(list?.children ?? [])].map((row) => row.getBoundingClientRect())
      const above = rows.filter(({ top, height }, at) => order()[at] !== column && clientY > top + height / 2).length
      moveTo(column, above)
    }
    const end = () => {
      handle.removeEventListener('pointermove', follow)
      setHeld(undefined)
    }
    handle.addEventListener('pointermove', follow)
    handle.addEventListener('pointerup', end, { once: true })
    handle.addEventListener('pointercancel', end, { once: true })
  }

  return (
    <ol ref={list} class="grid gap-2" aria-label="From the best to the worst">
      <For each={order()}>
        {(column, at) => (
          <li
            class={`rounded-lg border bg-surface flex items-start gap-2 p-2 ${held() === column ? 'border-accent bg-accent-soft' : 'border-line'}`}
          >
            <div class="grid justify-items-center gap-1 shrink-0">
              <span class="num text-lg font-600 text-ink w-11 text-center">{at() + 1}</span>
              <KeyCap name={at() < 9 ? String(at() + 1) : undefined} />
            </div>
            <div class="min-w-0 flex-1 py-1">
              <p class="text-xs text-ink-3">{shownAs(column).title ?? column}</p>
              <Cell shown={shownAs(column)} item={props.item} />
            </div>
            <div class="grid shrink-0">
              <RowButton label={`Move ${column} up`} disabled={at() === 0} onClick={() => moveBy(column, -1)}>
                <Icon name="chevron" class="rotate-180" />
              </RowButton>
              <button
                type="button"
                class="size-11 grid place-items-center bg-transparent text-ink-3 cursor-grab touch-none focusable rounded-sm"
                aria-label={`Drag ${column}`}
                tabindex={-1}
                onPointerDown={(event) => drag(event, column)}
              >
                <Icon name="queue" />
              </button>
              <RowButton
                label={`Move ${column} down`}
                disabled={at() === order().length - 1}
                onClick={() => moveBy(column, 1)}
              >
                <Icon name="chevron" />
              </RowButton>
            </div>
          </li>
        )}
      </For>
    </ol>
  )
}

function RowButton(props: {
  label: string
  disabled: boolean
  onClick: () => void
  children: JSX.Element
}): JSX.Element {
  return (
    <button
      type="button"
      class="size-11 grid place-items-center bg-transparent text-ink disabled:opacity-40 hover:bg-sunken focusable rounded-sm"
      aria-label={props.label}
      disabled={props.disabled}
      onClick={() => props.onClick()}
    >
      {props.children}
    </button>
  )
}
