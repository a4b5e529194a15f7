/** The last step of a batch that earnings are paid for: sealed, signed and given to the oracles by one press. */
import type { JSX } from 'solid-js'
import type { HandIn } from '../../lib/label/hand-in.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'

export function SendWork(props: { handIn: HandIn; csv: () => string; oracles: number }): JSX.Element {
  const state = () => props.handIn.state()
  const sending = () => state().at === 'sending'
  const failure = () => {
    const now = state()
    return now.at === 'failed' ? now.words : undefined
  }
  return (
    <div class="card px-4 sm:px-6 py-5 grid gap-5">
      <Failure words={failure()} />
      <div class="fixed z-10 inset-x-0 bottom-0 p-3 bg-surface border-t border-line grid gap-2 md:static md:p-0 md:border-0 md:bg-transparent md:flex md:flex-wrap md:items-center md:gap-3">
        <Button
          look="primary"
          icon="seal"
          disabled={sending()}
          busy={sending()}
          onClick={() => void props.handIn.send(props.csv())}
        >
          {failure()
            ? 'Try again'
            : sending()
              ? 'Waiting for your signature and the oracles…'
              : 'Seal, sign and submit'}
        </Button>
      </div>
      <p class="text-xs text-ink-3 max-w-[60ch]">
        Your wallet signs the batch; that is not a transaction and costs nothing. The file is sealed in this browser so
        that only the {props.oracles === 1 ? 'oracle' : 'oracles'} can read it.
      </p>
    </div>
  )
}
