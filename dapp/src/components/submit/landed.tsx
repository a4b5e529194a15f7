/** A submission that the ledger has: its path, as soon as the index knows it, and what can be done next. */
import { createAsync } from '@solidjs/router'
import { type JSX, Show, Suspense } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import { getSubmissions } from '../../lib/read/api.ts'
import type { Challenge, Submission } from '../../lib/read/types.ts'
import { type Draft, pathOfDraft } from '../../lib/words/path.ts'
import { takesSubmissions } from '../../lib/words/phases.ts'
import { Path } from '../path/path.tsx'
import { SubmissionPath } from '../path/submission-path.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'

type LandedProps = {
  challenge: Challenge
  number: number
  draft: Draft | null
  onAgain: () => void
  /** Where something else than another file comes next. */
  next?: (submission: () => Submission | undefined) => JSX.Element
}

export function Landed(props: LandedProps): JSX.Element {
  const sent = () => <Path steps={pathOfDraft(props.draft ?? { stage: 'landed' })} />
  return (
    <section class="card px-4 sm:px-6 py-5 grid gap-5" aria-label={`Submission ${props.number}`}>
      <h2 class="section-title">Submission {props.number}</h2>
      <Suspense fallback={sent()}>
        <Known {...props} fallback={sent()} />
      </Suspense>
    </section>
  )
}

function Known(props: LandedProps & { fallback: JSX.Element }): JSX.Element {
  const all = createAsync(() => getSubmissions(String(props.challenge.id)))
  const now = createNow()
  const known = () => all()?.find((submission) => submission.number === props.number)
  return (
    <>
      <Given when={known()} fallback={props.fallback}>
        {(submission) => <SubmissionPath submission={submission()} challenge={props.challenge} draft={props.draft} />}
      </Given>
      <div class="flex flex-wrap gap-3">
        <LinkButton href={`/challenges/${props.challenge.id}/submissions/${props.number}`}>
          Proofs and details
        </LinkButton>
        {props.next?.(known)}
        <Show when={takesSubmissions(props.challenge, now()) && !known()?.won}>
          <Button look="quiet" onClick={props.onAgain}>
            Submit another file
          </Button>
        </Show>
      </div>
    </>
  )
}
