/** The same thing for people who live in a terminal. */
import { type JSX, Suspense } from 'solid-js'
import { createManifest } from '../../lib/content/manifest.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { commandOf } from '../../lib/words/payout.ts'
import { Panel } from '../ui/panel.tsx'
import { ShellCommand } from '../ui/shell-command.tsx'

export function CommandLine(props: { challenge: Challenge }): JSX.Element {
  return (
    <Panel title="Command line" icon="terminal">
      <Suspense fallback={<ShellCommand command={commandOf(props.challenge, undefined, wallet()?.address)} />}>
        <Next challenge={props.challenge} />
      </Suspense>
    </Panel>
  )
}

/** The manifest says what kind of file is submitted, and whether labels are taken. */
function Next(props: { challenge: Challenge }): JSX.Element {
  const manifest = createManifest(() => props.challenge.manifest)
  return <ShellCommand command={commandOf(props.challenge, manifest.value(), wallet()?.address)} />
}
