/** The image or sound of an example: from IPFS, checked against its CID; what is on another site is named and not loaded. */
import { itemLink } from '@stellartrain/ipfs-content/labeling'
import { type JSX, onCleanup, Show } from 'solid-js'
import { createMediaStore, type MediaKind, type ReadMedia } from '../../lib/label/media.ts'
import { createTask } from '../../lib/reactive/task.ts'
import { inWords } from '../../lib/words/errors.ts'
import { Given } from '../ui/given.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const fromIpfs: ReadMedia = async (cid, most) => (await import('../../lib/content/content.ts')).readContent(cid, most)

export default function ExampleMedia(props: {
  cell: string
  kind: MediaKind
  name: string
  read?: ReadMedia | undefined
}): JSX.Element {
  const store = createMediaStore((cid, most) => (props.read ?? fromIpfs)(cid, most))
  onCleanup(() => store.close())
  const elsewhere = () => {
    try {
      const link = itemLink(props.cell)
      return 'url' in link ? new URL(link.url).host : undefined
    } catch {
      return undefined
    }
  }
  const media = createTask(
    () => elsewhere() === undefined && props.cell,
    (cell) => store.get(cell, props.kind),
  )
  return (
    <Show
      when={!elsewhere()}
      fallback={
        <p class="text-ink-3">
          {props.name}: on {elsewhere()}
        </p>
      }
    >
      <Show
        when={media.failure() === undefined}
        fallback={<p class="text-ink-3">It could not be shown. {inWords(media.failure()).sentence}</p>}
      >
        <Given when={media.value()} fallback={<Skeleton lines={1} height="6rem" />}>
          {(found) => (
            <Show
              when={props.kind === 'image'}
              // biome-ignore lint/a11y/useMediaCaption: what is to be labeled has no captions
              fallback={<audio src={found().url} aria-label={props.name} controls class="w-full" />}
            >
              <img src={found().url} alt={`${props.name} of an example`} class="block max-h-40 max-w-full rounded-sm" />
            </Show>
          )}
        </Given>
      </Show>
    </Show>
  )
}
