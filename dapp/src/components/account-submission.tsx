/** A submission in an account's list: the challenge it is for, and its path in one line. */
import { A, createAsync } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { getChallenge } from '../lib/read/api.ts'
import type { Submission } from '../lib/read/types.ts'
import { titleOf } from '../lib/words/challenge-words.ts'
import { SubmissionPath } from './path/submission-path.tsx'
import { Given } from './ui/given.tsx'
import { Time } from './ui/time.tsx'

export function AccountSubmission(props: { submission: Submission }): JSX.Element {
  const challenge = createAsync(() => getChallenge(String(props.submission.challenge)))
  return (
    <Given when={challenge()}>
      {(it) => (
        <li class="px-4 sm:px-5 py-3 grid gap-x-6 gap-y-1.5 md:grid-cols-[minmax(0,1fr)_auto_7rem] items-center text-sm">
          <A
            class="link target font-500 justify-self-start"
            href={`/challenges/${it().id}/submissions/${props.submission.number}`}
          >
            {titleOf(it())} #{props.submission.number}
          </A>
          <SubmissionPath submission={props.submission} challenge={it()} compact />
          <Time at={props.submission.submittedAt} class="text-xs text-ink-3 md:text-right" />
        </li>
      )}
    </Given>
  )
}
