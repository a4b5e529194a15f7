/** Asks for the file that was saved when the challenge was created, and does something with its text. */
import { createUniqueId, type JSX } from 'solid-js'

export function KeptFile(props: {
  label: string
  disabled: boolean
  onFile: (text: Promise<string>) => unknown
}): JSX.Element {
  const file = createUniqueId()
  return (
    <>
      <label
        for={file}
        class="inline-flex items-center justify-center min-h-11 px-4 rounded-md border border-line-strong text-sm font-600 has-[+:focus-visible]:outline-2"
      >
        {props.label}
      </label>
      <input
        id={file}
        type="file"
        accept=".json,application/json"
        class="sr-only"
        disabled={props.disabled}
        onChange={(event) => {
          const kept = event.currentTarget.files?.[0]
          if (kept) void props.onFile(kept.text())
        }}
      />
    </>
  )
}
