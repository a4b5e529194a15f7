/** Where a file is dropped or chosen: a real file input, so that keyboard and screen reader need nothing special. */
import { createSignal, createUniqueId, type JSX } from 'solid-js'
import { formatBytes } from '../../lib/words/format.ts'
import { Given } from '../ui/given.tsx'
import { Icon } from '../ui/icon.tsx'

type DropProps = {
  file: File | undefined
  onFile: (file: File) => void
  label: string
  hint: string
  accept?: string
  disabled?: boolean
  error?: string
}

export function Drop(props: DropProps): JSX.Element {
  const id = createUniqueId()
  const [over, setOver] = createSignal(false)
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0]
    if (file && !props.disabled) props.onFile(file)
  }
  return (
    <div class="grid gap-1.5">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the input inside is the control */}
      <div
        class={`relative rounded-lg border-2 border-dashed px-5 py-6 transition-colors duration-100 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-solid has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2 ${over() ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface'}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files)
        }}
      >
        <input
          id={id}
          type="file"
          class="absolute inset-0 size-full opacity-0 cursor-pointer disabled:cursor-not-allowed"
          accept={props.accept ?? '.csv,text/csv'}
          disabled={props.disabled}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
        <div class="flex items-start gap-3 pointer-events-none">
          <Icon name={props.file ? 'file' : 'upload'} size={20} class="text-accent mt-0.5" />
          <div class="min-w-0 grid gap-0.5">
            <label for={id} class="font-600 [overflow-wrap:anywhere]">
              <Given when={props.file} fallback={props.label}>
                {(file) => (
                  <>
                    {file().name} <span class="font-400 text-ink-3">{formatBytes(file().size)}</span>
                  </>
                )}
              </Given>
            </label>
            <p id={`${id}-hint`} class="text-sm text-ink-3">
              {props.file ? 'Choose or drop another file to replace it.' : props.hint}
            </p>
          </div>
        </div>
      </div>
      <p class="text-xs font-600 text-bad empty:hidden" role="alert">
        {props.error}
      </p>
    </div>
  )
}
