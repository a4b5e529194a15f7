/** One submission: its story and path, live; what can be done for it; every vote on it; and what proves it. */
import { A, createAsync, useParams } from '@solidjs/router'
import { createMemo, type JSX } from 'solid-js'
import { StoryActions } from '../components/path/story-actions.tsx'
import { SubmissionPath } from '../components/path/submission-path.tsx'
import { Appeal } from '../components/submission/appeal.tsx'
import { Proofs } from '../components/submission/proofs.tsx'
import { Votes } from '../components/submission/votes.tsx'
import { LinkButton } from '../components/ui/button.tsx'
import { Given } from '../components/ui/given.tsx'
import { Hash } from '../components/ui/hash.tsx'
import { Time } from '../components/ui/time.tsx'
import { Title } from '../components/ui/title.tsx'
import { createNow } from '../lib/reactive/clock.ts'
import { createTask } from '../lib/reactive/task.ts'
import { getSubmissionOf } from '../lib/read/api.ts'
import { createLive } from '../lib/read/live.ts'
import type { Challenge, SubmissionDetail } from '../lib/read/types.ts'
import { titleOf } from '../lib/words/challenge-words.ts'
import { storyInWords } from '../lib/words/path.ts'
import { reportsToRead, storyOf } from '../lib/words/tell.ts'

export default function SubmissionPage(): JSX.Element {
  const params = useParams<{ id: string; number: string }>()
  createLive(() => params.id)
  const both = createAsync(() => getSubmissionOf(params.id, params.number))
  return <Given when={both()}>{(it) => <Page challenge={it().challenge} submission={it().submission} />}</Given>
}

function Page(props: { challenge: Challenge; submission: SubmissionDetail }): JSX.Element {
  const it = () => props.submission
  const of = () => props.challenge
  const now = createNow()
  // As text, so that a submission that was read anew does not ask again.
  const told = createTask(
    () => reportsToRead(it()).join(' '),
    async (reports) => (await import('../lib/verdict/reported.ts')).readReports(it(), reports.split(' ')),
  )
  const story = createMemo(() => storyOf(of(), it(), now(), told.value()))
  return (
    <article class="grid gap-8">
      <Title>{`Submission #${it().number}, ${titleOf(of())}`}</Title>
      <header class="flex flex-wrap items-end justify-between gap-4">
        <div class="grid gap-1">
          <p class="text-sm">
            <A class="link" href={`/challenges/${of().id}`}>
              {titleOf(of())}
            </A>
          </p>
          <h1 class="page-title">
            Submission <span class="num">#{it().number}</span>
          </h1>
          <p class="text-ink font-500">{storyInWords(story())}</p>
          <p class="text-sm text-ink-3 inline-flex flex-wrap items-center gap-x-3">
            <span class="inline-flex items-center gap-1">
              By <Hash value={it().solver} what="solver" href={`/accounts/${it().solver}`} />
            </span>
            <span>attempt {it().attempt}</span>
            <Time at={it().submittedAt} />
          </p>
        </div>
        <LinkButton href={`/verify/${of().id}/${it().number}`} icon="shield">
          Verify it yourself
        </LinkButton>
      </header>
      <div class="card px-4 sm:px-6 py-5">
        <SubmissionPath submission={it()} challenge={of()} told={told.value()} />
        <StoryActions submission={it()} challenge={of()} />
      </div>
      <Appeal challenge={of()} submission={it()} />
      <Votes challenge={of()} submission={it()} />
      <Proofs submission={it()} story={story()} />
    </article>
  )
}
