/** The same thing for people who live in a terminal. */
import { For, type JSX, Show, Suspense } from 'solid-js'
import { createManifest } from '../../lib/content/manifest.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { commandOf, takesFiles } from '../../lib/words/payout.ts'
import { CopyButton } from '../ui/hash.tsx'
import { Panel } from '../ui/panel.tsx'

export function CommandLine(props: { challenge: Challenge }): JSX.Element {
  return (
    <Panel title="Command line" icon="terminal">
      <Show when={takesFiles(props.challenge)} fallback={<Line command={commandOf(props.challenge)} />}>
        <Suspense fallback={<Line command={commandOf(props.challenge)} />}>
          <Submitting challenge={props.challenge} />
        </Suspense>
      </Show>
    </Panel>
  )
}

/** The manifest says what kind of file is submitted. */
function Submitting(props: { challenge: Challenge }): JSX.Element {
  const manifest = createManifest(() => props.challenge.manifest)
  return <Line command={commandOf(props.challenge, manifest.value())} />
}

function Line(props: { command: string }): JSX.Element {
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
