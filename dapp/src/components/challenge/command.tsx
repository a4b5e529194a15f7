/** The same thing for people who live in a terminal. */
import { For, type JSX } from 'solid-js'
import { commandOf } from '../../lib/payout.ts'
import type { Challenge } from '../../lib/types.ts'
import { CopyButton } from '../ui/hash.tsx'
import { Panel } from '../ui/panel.tsx'

export function CommandLine(props: { challenge: Challenge }): JSX.Element {
  const command = () => commandOf(props.challenge)
  return (
    <Panel title="Command line" icon="terminal">
      <div class="flex items-start gap-2 rounded-md bg-sunken px-3 py-2">
        <code class="num text-xs text-ink-2 break-words min-w-0 flex-1">
          {/* A line ends between words, never after the hyphens of an option. */}
          <For each={command().split(' ')}>
            {(word) => <span class="inline-block max-w-full mr-[1ch]">{word} </span>}
          </For>
        </code>
        <CopyButton value={command()} what="command" />
      </div>
    </Panel>
  )
}
