/** A batch that the oracles have: what happens next, and the next one. */
import { capital, partOf } from '@stellartrain/sdk/counted'
import type { JSX } from 'solid-js'
import type { HandInState } from '../../lib/label/hand-in.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Button, LinkButton } from '../ui/button.tsx'

export function HandedIn(props: {
  challenge: number
  /** How many oracles it has. */
  oracles: number
  done: Extract<HandInState, { at: 'done' }>
  open: boolean
  onNext: () => void
}): JSX.Element {
  return (
    <section class="card px-4 sm:px-6 py-5 grid gap-4" aria-label={`Batch ${props.done.attempt}`}>
      <h2 class="section-title">Batch {props.done.attempt} is submitted</h2>
      <p class="text-sm text-ink-2 max-w-[72ch] text-pretty" role="status">
        {tookWords(props.done.took, props.oracles)} your {formatCount(props.done.units, 'answer')}. Whether they are
        accepted, and what they earned, is shown on the challenge’s page once their epoch is posted.
      </p>
      <div class="flex flex-wrap gap-3">
        {props.open && (
          <Button look="primary" icon="arrow" onClick={() => props.onNext()}>
            Label the next batch
          </Button>
        )}
        <LinkButton href={`/challenges/${props.challenge}`}>Your batches and earnings</LinkButton>
      </div>
    </section>
  )
}

/** Oracles that were silent get it from those that have it. */
const tookWords = (took: number, oracles: number): string =>
  capital(partOf(took, oracles, 'oracle', { verb: ['has', 'have'] }))
