/** A command to copy into a terminal. */
import { For, type JSX } from 'solid-js'
import { CopyButton } from './hash.tsx'

export function ShellCommand(props: { command: string }): JSX.Element {
  return (
    <div class="flex items-start gap-2 rounded-md bg-sunken px-3 py-2">
      <code class="num text-xs text-ink-2 break-words min-w-0 flex-1">
        {/* A line ends between words, never after the hyphens of an option. */}
        <For each={props.command.split(' ')}>
          {(word) => <span class="inline-block max-w-full mr-[1ch]">{word} </span>}
        </For>
      </code>
      <CopyButton value={props.command} what="command" />
    </div>
  )
}
