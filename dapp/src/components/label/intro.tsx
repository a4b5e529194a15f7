/** Before a batch: how to label, what it pays, by which rule, and the one button. */
import { type JSX, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import type { Manifest } from '../../lib/content/manifest.ts'
import type { BatchRun } from '../../lib/label/batch.ts'
import { createQuiz, type QuizRun } from '../../lib/label/quiz.ts'
import { canLabelHere } from '../../lib/label/task.ts'
import { createNow } from '../../lib/reactive/clock.ts'
import type { Challenge } from '../../lib/read/types.ts'
import type { Standing as State } from '../../lib/submit/standing.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import { inWords } from '../../lib/words/errors.ts'
import { CommandLine } from '../challenge/command.tsx'
import { Standing } from '../submit/standing.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { Instructions } from './instructions.tsx'
import { PayFacts, PayRule } from './pay-facts.tsx'
import { QuizFacts } from './quiz-facts.tsx'

const QuizDesk = lazy(async () => ({ default: (await import('./quiz-desk.tsx')).QuizDesk }))

type IntroProps = {
  challenge: Challenge
  manifest: Manifest
  batch: BatchRun
  standing: State
}

export function Intro(props: IntroProps): JSX.Element {
  const quiz = createQuiz({
    challenge: () => props.challenge.id,
    asked: () => props.manifest.labeling?.quiz !== undefined && canLabelHere(props.manifest),
  })
  return (
    <Show when={quiz.taking()} keyed fallback={<Before {...props} quiz={quiz} />}>
      {(taking) => (
        <Suspense fallback={<Skeleton lines={5} />}>
          <QuizDesk challenge={props.challenge.id} manifest={props.manifest} run={quiz} quiz={taking} />
        </Suspense>
      )}
    </Show>
  )
}

function Before(props: IntroProps & { quiz: QuizRun }): JSX.Element {
  const state = () => props.batch.state()
  const asking = () => state().at === 'asking'
  const signing = () => {
    const now = state()
    return now.at === 'asking' && now.signing
  }
  const failure = () => {
    const now = state()
    return now.at === 'failed' ? now.words : undefined
  }
  return (
    <div class="grid gap-8">
      <section class="grid gap-3" aria-label="How to label">
        <h2 class="section-title">How to label</h2>
        <Instructions task={props.manifest.labeling?.task} description={props.manifest.description} />
      </section>
      <section class="grid gap-2" aria-label="What it pays">
        <h2 class="section-title">What it pays</h2>
        <PayFacts challenge={props.challenge} manifest={props.manifest} />
      </section>
      <section class="grid gap-2" aria-label="Before you begin">
        <h2 class="section-title">Before you begin</h2>
        <PayRule challenge={props.challenge} manifest={props.manifest} />
      </section>
      <QuizFacts manifest={props.manifest} run={props.quiz} />
      <Show
        when={canLabelHere(props.manifest)}
        fallback={
          <div class="grid gap-3">
            <Notice tone="info" title="This challenge is labeled in a file">
              Its description does not say what an answer is in a way that a page can ask for. The CLI gives you the
              items as a CSV, which you fill in and submit.
            </Notice>
            <CommandLine challenge={props.challenge} />
          </div>
        }
      >
        <div class="grid gap-4 pb-16">
          <Show
            when={
              props.challenge.payout.rule === 'earnings' &&
              props.standing.at !== 'held' &&
              props.standing.at !== 'barred'
            }
            fallback={<Standing challenge={props.challenge} state={props.standing} />}
          >
            <p class="text-sm text-ink-2">No transaction, no fee and no deposit: you sign each batch.</p>
          </Show>
          <Failure words={failure()} />
          <div class="fixed z-10 inset-x-0 bottom-0 p-3 bg-surface border-t border-line md:static md:p-0 md:border-0 md:bg-transparent flex flex-wrap items-center gap-3">
            <Switch>
              <Match when={!wallet()}>
                <Button look="primary" icon="wallet" class="w-full md:w-auto" onClick={() => setDialogOpen(true)}>
                  Connect a wallet to label
                </Button>
              </Match>
              <Match when={props.quiz.needed() && props.quiz.failure() !== undefined}>
                <Button onClick={() => props.quiz.again()}>Ask again for the quiz</Button>
                <p role="status" class="text-xs text-ink-3 max-w-[48ch] w-full md:w-auto">
                  {inWords(props.quiz.failure()).sentence}
                </p>
              </Match>
              <Match when={props.quiz.needed() && props.standing.at === 'clear'}>
                <QuizButton run={props.quiz} />
              </Match>
              <Match when={props.standing.at === 'clear' || props.standing.at === 'unknown' || asking()}>
                <Button
                  look="primary"
                  icon="arrow"
                  class="w-full md:w-auto"
                  disabled={asking() || props.standing.at === 'unknown'}
                  busy={asking() || props.standing.at === 'unknown'}
                  onClick={() => void props.batch.take()}
                >
                  {asking() ? 'Asking for items…' : 'Get a batch of items'}
                </Button>
                <p role="status" class="text-xs text-ink-3 max-w-[48ch] w-full md:w-auto">
                  {signing()
                    ? 'Your wallet is asked to sign in at an oracle of this challenge. That is not a transaction and costs nothing.'
                    : props.manifest.labeling?.overlap !== undefined
                      ? 'The items are leased to your account: your wallet signs in, which costs nothing.'
                      : 'Nothing is signed until you submit.'}
                </p>
              </Match>
            </Switch>
          </div>
        </div>
      </Show>
    </div>
  )
}

/** The next try, as soon as the account may have it. */
function QuizButton(props: { run: QuizRun }): JSX.Element {
  const now = createNow()
  const waits = () => (props.run.quiz()?.wait ?? 0) * 1_000 > now()
  const known = () => props.run.quiz() !== undefined
  return (
    <Show when={!props.run.quiz()?.over}>
      <Button
        look="primary"
        icon="arrow"
        class="w-full md:w-auto"
        disabled={!known() || waits()}
        busy={!known()}
        onClick={() => props.run.begin()}
      >
        Take the quiz
      </Button>
      <Show when={waits()}>
        <p class="text-xs text-ink-3 max-w-[48ch] w-full md:w-auto">The next try is not yet open.</p>
      </Show>
    </Show>
  )
}
