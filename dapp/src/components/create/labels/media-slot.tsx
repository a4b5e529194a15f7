/** Images or sounds: a whole folder, or files by themselves where a device knows no folders. */
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { formatBytes, formatCount } from '../../../lib/words/format.ts'
import { Icon } from '../../ui/icon.tsx'

/** What a page keeps in memory, and the IPFS node for an account beside what manifests name. */
const MOST_BYTES = 64 * 1024 * 1024
const MOST_FILES = 100_000

export function MediaSlot(props: { state: CreateState; label: string; hint: string }): JSX.Element {
  const id = createUniqueId()
  const labels = () => props.state.labels
  const [problem, setProblem] = createSignal('')
  const [reading, setReading] = createSignal(false)
  const bytes = () =>
    labels()
      .media()
      .reduce((sum, file) => sum + file.bytes.length, 0)
  const take = async (input: HTMLInputElement) => {
    const chosen = [...(input.files ?? [])].filter((file) => !file.name.startsWith('.'))
    input.value = ''
    if (chosen.length === 0) return setProblem('There is no file in it.')
    const size = chosen.reduce((sum, file) => sum + file.size, 0)
    if (chosen.length > MOST_FILES || size > MOST_BYTES)
      return setProblem(
        `These are ${formatCount(chosen.length, 'file')} with ${formatBytes(size)}; at most 64 MiB are uploaded. Host them elsewhere and link to them by https in a CSV.`,
      )
    setProblem('')
    setReading(true)
    const read = chosen.map(async (file) => ({
      name: file.webkitRelativePath || file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    }))
    labels().setMedia(await Promise.all(read))
    setReading(false)
  }
  return (
    <fieldset class="grid gap-2 rounded-lg border border-dashed border-line-strong bg-surface px-5 py-4">
      <legend class="sr-only">{props.label}</legend>
      <p class="font-600" aria-hidden="true">
        {props.label}
      </p>
      <p id={`${id}-hint`} class="text-sm text-ink-3 max-w-[60ch]">
        {props.hint}
      </p>
      <div class="flex flex-wrap gap-3">
        <Pick words="Choose a folder" folder describedby={`${id}-hint`} onFiles={take} />
        <Pick words="Choose files" describedby={`${id}-hint`} onFiles={take} />
      </div>
      <p role="status" class="text-sm text-ink-2 empty:hidden">
        <Show
          when={reading()}
          fallback={
            labels().media().length > 0
              ? `${formatCount(labels().media().length, 'file')}, ${formatBytes(bytes())}`
              : ''
          }
        >
          Reading the files…
        </Show>
      </p>
      <p class="text-xs font-600 text-bad empty:hidden" role="alert">
        {problem()}
      </p>
    </fieldset>
  )
}

/** A real file input under what looks like a button. */
function Pick(props: {
  words: string
  folder?: boolean
  describedby: string
  onFiles: (input: HTMLInputElement) => void
}): JSX.Element {
  return (
    <label class="relative inline-flex items-center gap-2 min-h-11 px-4 rounded-md border border-solid border-line-strong bg-surface text-sm font-600 cursor-pointer hover:bg-sunken has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-solid has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2">
      <input
        type="file"
        multiple
        ref={(input) => {
          if (props.folder) input.webkitdirectory = true
        }}
        accept={props.folder ? undefined : 'image/png,image/jpeg,image/gif,image/webp,audio/*'}
        class="absolute inset-0 size-full opacity-0 cursor-pointer"
        aria-describedby={props.describedby}
        onChange={(event) => props.onFiles(event.currentTarget)}
      />
      <Icon name="upload" /> {props.words}
    </label>
  )
}
