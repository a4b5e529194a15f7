/** What the maker published of an item: text as text, pictures and sounds as such, and nothing that could be a program. */
import { createResource, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { inWords } from '../../lib/errors.ts'
import type { ItemValues } from '../../lib/label/items.ts'
import type { Media, MediaKind } from '../../lib/label/media.ts'
import { type LabelingTask, subjectsOf } from '../../lib/label/task.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { useDesk } from './context.ts'
import { Zoomed } from './zoom.tsx'

type Shown = LabelingTask['show'][number]

/** More of a text than anyone reads at once; the rest is behind a button. */
const FIRST_CHARACTERS = 6_000

/** The columns that the answer itself does not show. */
export function Item(props: { item: ItemValues }): JSX.Element {
  const { desk } = useDesk()
  const subjects = subjectsOf(desk.task)
  const shown = desk.task.show.filter(({ column }) => !subjects.includes(column))
  return (
    <div class="grid gap-4">
      <For each={shown}>
        {(one) => (
          <div class="grid gap-1">
            <Show when={shown.length > 1 || one.title}>
              <p class="text-xs font-500 text-ink-3 [overflow-wrap:anywhere]">{one.title ?? one.column}</p>
            </Show>
            <Cell shown={one} item={props.item} />
          </div>
        )}
      </For>
    </div>
  )
}

/** One column of an item. */
export function Cell(props: { shown: Shown; item: ItemValues }): JSX.Element {
  const value = () => props.item[props.shown.column] ?? ''
  return (
    <Show when={value() !== ''} fallback={<p class="text-ink-3 italic">empty</p>}>
      <Switch fallback={<LongText text={value()} />}>
        <Match when={props.shown.as === 'image'}>
          <Picture cell={value()} name={props.shown.title ?? props.shown.column} />
        </Match>
        <Match when={props.shown.as === 'audio'}>
          <Sound cell={value()} name={props.shown.title ?? props.shown.column} />
        </Match>
      </Switch>
    </Show>
  )
}

function LongText(props: { text: string }): JSX.Element {
  const [whole, setWhole] = createSignal(false)
  const isLong = () => props.text.length > FIRST_CHARACTERS
  return (
    <div class="grid gap-2">
      <p class="text-lg leading-relaxed text-ink whitespace-pre-wrap max-w-[72ch] [overflow-wrap:anywhere]">
        {isLong() && !whole() ? `${props.text.slice(0, FIRST_CHARACTERS)}…` : props.text}
      </p>
      <Show when={isLong() && !whole()}>
        <button type="button" class="tap justify-self-start link" onClick={() => setWhole(true)}>
          Show all of it
        </button>
      </Show>
    </div>
  )
}

/** Something that is loaded, or why it is not shown. */
export function Loaded(props: {
  cell: string
  kind: MediaKind
  children: (media: () => Media, failed: () => void) => JSX.Element
}): JSX.Element {
  const { media } = useDesk()
  const [loaded, { mutate, refetch }] = createResource(
    () => props.cell,
    async (cell): Promise<{ media: Media } | { why: string }> => {
      try {
        return { media: await media.get(cell, props.kind) }
      } catch (error) {
        return { why: inWords(error).sentence }
      }
    },
  )
  const now = () => loaded.latest
  const found = () => {
    const state = now()
    return state && 'media' in state ? state.media : undefined
  }
  const why = () => {
    const state = now()
    return state && 'why' in state ? state.why : undefined
  }
  return (
    <Switch fallback={<Skeleton lines={1} height="12rem" />}>
      <Match when={why()}>
        <div class="grid gap-2 justify-items-start rounded-md bg-sunken p-4 text-sm" role="alert">
          <p class="text-ink-2 max-w-[60ch] [overflow-wrap:anywhere]">It could not be shown. {why()}</p>
          <button type="button" class="tap link" onClick={() => void refetch()}>
            Try again
          </button>
        </div>
      </Match>
      <Match when={found()}>
        {props.children(
          () => found()!,
          () => mutate({ why: 'Its address gave nothing that a browser can show.' }),
        )}
        <Show when={found()?.host}>
          <p class="text-xs text-ink-3">From {found()?.host}, which sees your network address.</p>
        </Show>
      </Match>
    </Switch>
  )
}

export function Picture(props: { cell: string; name: string }): JSX.Element {
  return (
    <Loaded cell={props.cell} kind="image">
      {(media, failed) => (
        <Zoomed label={props.name}>
          {(width) => (
            <img
              src={media().url}
              alt={`${props.name}, to be labeled`}
              referrerpolicy="no-referrer"
              draggable={false}
              class="block h-auto max-w-none mx-auto"
              style={{
                width: width() === '100%' ? 'auto' : width(),
                'max-width': width(),
                'max-height': width() === '100%' ? '62vh' : 'none',
              }}
              onError={failed}
            />
          )}
        </Zoomed>
      )}
    </Loaded>
  )
}

function Sound(props: { cell: string; name: string }): JSX.Element {
  return (
    <Loaded cell={props.cell} kind="audio">
      {(media, failed) => (
        // biome-ignore lint/a11y/useMediaCaption: what is to be labeled has no captions
        <audio src={media().url} aria-label={props.name} controls class="w-full" preload="auto" onError={failed} />
      )}
    </Loaded>
  )
}
