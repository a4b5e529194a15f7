/** What a maker does for the judge that grades: fix how it scores, if creating broke off before, or open the truth to it. */
import { type JSX, Show } from 'solid-js'
import type { Challenge } from '../../lib/read/types.ts'
import { Button } from '../ui/button.tsx'
import { KeptFile } from './kept-file.tsx'

export function ForTheJudge(props: {
  challenge: Challenge
  does: 'fix' | 'open_truth'
  busy: boolean
  /** With the text of the kept file where the rules do not follow from the description alone. */
  onFix: (text: Promise<string> | undefined) => unknown
  onOpen: (text: Promise<string>) => unknown
}): JSX.Element {
  // Its two classes are named in the truth alone.
  const needsTruth = () => props.challenge.info?.metric === 'roc_auc'
  return (
    <Show
      when={props.does === 'fix'}
      fallback={
        <>
          <p class="text-sm text-ink-2 text-pretty">
            The judge of this challenge computes scores on the ledger once it has the truth. An oracle that holds it
            opens it by itself; you can, with the file that was saved when you created the challenge. The truth is
            public from then on.
          </p>
          <KeptFile label="Open the truth to the judge" disabled={props.busy} onFile={props.onOpen} />
        </>
      }
    >
      <p class="text-sm text-ink-2 text-pretty">
        How the judge scores on the ledger is not fixed yet, and the oracles do not accept the challenge before. Sign
        once more{needsTruth() ? ', with the file that was saved when you created the challenge' : ''}.
      </p>
      <Show
        when={needsTruth()}
        fallback={
          <Button
            class="justify-self-start"
            disabled={props.busy}
            busy={props.busy}
            onClick={() => props.onFix(undefined)}
          >
            Fix how the ledger scores
          </Button>
        }
      >
        <KeptFile label="Fix how the ledger scores" disabled={props.busy} onFile={props.onFix} />
      </Show>
    </Show>
  )
}
