/** What the maker published of an item: text as text, pictures and sounds as such, and nothing that could be a program. */
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import type { ItemValues } from '../../lib/label/items.ts'
import type { Media, MediaKind } from '../../lib/label/media.ts'
import type { Size } from '../../lib/label/shapes.ts'
import { type LabelingTask, subjectsOf } from '../../lib/label/task.ts'
import { createTask } from '../../lib/reactive/task.ts'
import { inWords } from '../../lib/words/errors.ts'
import { Button } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'
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
    <div class={`grid gap-4 ${shown.length === 0 ? 'hidden' : ''}`}>
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
  const [broken, setBroken] = createSignal(false)
  const loading = createTask(
    () => props.cell,
    (cell) => media.get(cell, props.kind),
  )
  const elsewhere = ({ host }: Media) => host
  const why = () => {
    const failure = loading.failure()
    if (failure !== undefined) return inWords(failure).sentence
    return broken() ? 'Its address gave nothing that a browser can show.' : undefined
  }
  const again = () => {
    setBroken(false)
    loading.again()
  }
  return (
    <Show
      when={why() === undefined}
      fallback={
        <div class="grid gap-2 justify-items-start rounded-md bg-sunken p-4 text-sm" role="alert">
          <p class="text-ink-2 max-w-[60ch] [overflow-wrap:anywhere]">It could not be shown. {why()}</p>
          <button type="button" class="tap link" onClick={again}>
            Try again
          </button>
        </div>
      }
    >
      <Given when={loading.value()} fallback={<Skeleton lines={1} height="12rem" />}>
        {(found) => (
          <Given when={elsewhere(found())} fallback={props.children(found, () => setBroken(true))}>
            {(host) => (
              <Show when={media.hosts.agreed(host())} fallback={<AskFirst host={host()} kind={props.kind} />}>
                {props.children(found, () => setBroken(true))}
                <p class="text-xs text-ink-3">From {host()}, which sees your network address.</p>
              </Show>
            )}
          </Given>
        )}
      </Given>
    </Show>
  )
}

/** Nothing is asked of another site before the labeler knows which one it is. */
function AskFirst(props: { host: string; kind: MediaKind }): JSX.Element {
  const { media } = useDesk()
  const what = () => (props.kind === 'image' ? 'images' : 'sounds')
  return (
    <div class="grid gap-3 justify-items-start rounded-md bg-sunken p-4 text-sm">
      <p class="text-ink-2 max-w-[60ch] [overflow-wrap:anywhere]">
        The {what()} of this task are on <strong class="text-ink font-600">{props.host}</strong>. If you load them, that
        site sees your network address and when you look at each.
      </p>
      <Button onClick={() => media.hosts.agree(props.host)}>
        Load {what()} from {props.host}
      </Button>
    </div>
  )
}

/** A picture of fewer pixels is shown larger, with its pixels as squares. */
const SMALL = 160

export function Picture(props: { cell: string; name: string }): JSX.Element {
  const [size, setSize] = createSignal<Size>()
  const isSmall = () => (size()?.width ?? SMALL) < SMALL
  return (
    <Loaded cell={props.cell} kind="image">
      {(media, failed) => (
        <Zoomed label={props.name} size={size()} most={isSmall() ? '16rem' : `${size()?.width ?? 0}px`}>
          {(width) => (
            <img
              src={media().url}
              alt={`${props.name}, to be labeled`}
              referrerpolicy="no-referrer"
              draggable={false}
              class="block h-auto max-w-none mx-auto"
              style={{ width: width(), 'image-rendering': isSmall() ? 'pixelated' : 'auto' }}
              onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
                setSize({ width: naturalWidth || 1, height: naturalHeight || 1 })
              }
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
