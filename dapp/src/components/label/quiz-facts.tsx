/** The quiz that decides who may label: what it asks, and how the account stands. */
import { type JSX, Show } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import type { QuizRun } from '../../lib/label/quiz.ts'
import { formatCount } from '../../lib/words/format.ts'
import type { Quiz } from '../../lib/write/quiz.ts'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { Time } from '../ui/time.tsx'

/** Before the first batch, in plain words. */
export function QuizFacts(props: { manifest: Manifest; run: QuizRun }): JSX.Element {
  const terms = () => props.manifest.labeling?.quiz
  return (
    <Given when={terms()}>
      {(quiz) => (
        <section class="grid gap-3" aria-label="Quiz">
          <h2 class="section-title">Quiz</h2>
          <p class="text-sm text-ink-2 max-w-[72ch] text-pretty">
            Whoever labels here first answers {formatCount(quiz().questions, 'item')}, of which{' '}
            {Math.round(quiz().minAccuracy * 100)} % have to be right.{' '}
            {quiz().tries === 1
              ? 'There is one try.'
              : `There are ${quiz().tries} tries, with a wait after each that was not enough.`}{' '}
            It is not paid, and which answers were wrong is not shown.
          </p>
          <Given when={props.run.quiz()}>{(found) => <Stands quiz={found()} failed={props.run.failed()} />}</Given>
        </section>
      )}
    </Given>
  )
}

function Stands(props: { quiz: Quiz; failed: boolean }): JSX.Element {
  return (
    <div role="status" class="grid gap-2">
      <Show when={props.quiz.admitted}>
        <Notice tone="good" title="You passed the quiz">
          {props.quiz.passedAt} of {formatCount(props.quiz.oracles, 'oracle')} signed that. You can label.
        </Notice>
      </Show>
      <Show when={props.failed}>
        <Notice tone="wait" title="These answers were not enough">
          {props.quiz.over ? 'No try is left for this account.' : 'Read the instructions again before the next try.'}
        </Notice>
      </Show>
      <Show when={!props.quiz.admitted && props.quiz.over && !props.failed}>
        <Notice tone="bad" title="No try is left">
          This account has had {formatCount(props.quiz.tries, 'try', 'tries')} and cannot label here.
        </Notice>
      </Show>
      <Show when={!props.quiz.admitted && !props.quiz.over}>
        <p class="text-sm text-ink-2">
          Try {props.quiz.try} of {props.quiz.tries}
          <Show when={props.quiz.wait > 0}>
            , <Time at={props.quiz.wait * 1_000} />
          </Show>
          .
        </p>
      </Show>
    </div>
  )
}
