/** Your own submissions here, on top: the path comes to you. */
import { A, createAsync } from '@solidjs/router'
import { ErrorBoundary, type JSX, Suspense } from 'solid-js'
import { getSubmissions } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { StoryActions } from '../path/story-actions.tsx'
import { SubmissionPath } from '../path/submission-path.tsx'
import { Given } from '../ui/given.tsx'
import { Panel } from '../ui/panel.tsx'

export function MyPath(props: { challenge: Challenge }): JSX.Element {
  return (
    <Given when={wallet()}>
      {(connected) => (
        <ErrorBoundary fallback={null}>
          <Suspense>
            <Latest challenge={props.challenge} address={connected().address} />
          </Suspense>
        </ErrorBoundary>
      )}
    </Given>
  )
}

function Latest(props: { challenge: Challenge; address: string }): JSX.Element {
  const all = createAsync(() => getSubmissions(String(props.challenge.id)))
  const mine = () => (all() ?? []).filter((submission) => submission.solver === props.address)
  const latest = () => mine().toSorted((a, b) => b.number - a.number)[0]
  return (
    <Given when={latest()}>
      {(submission) => (
        <Panel
          class="mt-6"
          title={`Your latest submission, attempt ${submission().attempt}`}
          aside={
            <A class="link text-sm" href={`/challenges/${props.challenge.id}/submissions/${submission().number}`}>
              Details
            </A>
          }
        >
          <SubmissionPath submission={submission()} challenge={props.challenge} />
          <StoryActions submission={submission()} challenge={props.challenge} />
        </Panel>
      )}
    </Given>
  )
}
