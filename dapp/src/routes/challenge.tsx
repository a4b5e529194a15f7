/** One challenge: what it asks on the left; the money, whom to trust and what happens by itself on the right, always in view. */
import { createAsync, revalidate, useParams } from '@solidjs/router'
import { createEffect, createMemo, type JSX, lazy, on, onCleanup, Show, Suspense } from 'solid-js'
import { Activity } from '../components/challenge/activity.tsx'
import { CommandLine } from '../components/challenge/command.tsx'
import { Data } from '../components/challenge/data.tsx'
import { EarningsClaim } from '../components/challenge/earnings-claim.tsx'
import { ChallengeHead } from '../components/challenge/head.tsx'
import { JudgePanel } from '../components/challenge/judge.tsx'
import { Leaderboard } from '../components/challenge/leaderboard.tsx'
import { MoneyCard } from '../components/challenge/money.tsx'
import { MyPath } from '../components/challenge/my-path.tsx'
import { Overview } from '../components/challenge/overview.tsx'
import { OwnBatches } from '../components/challenge/own-batches.tsx'
import { Possible } from '../components/challenge/possible.tsx'
import { Rules } from '../components/challenge/rules.tsx'
import { Silence } from '../components/challenge/silence.tsx'
import { Trust } from '../components/challenge/trust.tsx'
import { Given } from '../components/ui/given.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { Tabs } from '../components/ui/tabs.tsx'
import { Title } from '../components/ui/title.tsx'
import { createManifest } from '../lib/content/manifest.ts'
import { createNow } from '../lib/reactive/clock.ts'
import { getChallenge } from '../lib/read/api.ts'
import { createLive } from '../lib/read/live.ts'
import type { Challenge as ChallengeData } from '../lib/read/types.ts'
import { titleOf } from '../lib/words/challenge-words.ts'
import { paysLabels, takesWork } from '../lib/words/payout.ts'
import { phaseAt } from '../lib/words/phases.ts'

// Of a challenge that pays for labels alone.
const Board = lazy(() => import('../components/board/board.tsx'))
const EarningsBoard = lazy(() => import('../components/board/earnings-board.tsx'))

export default function Challenge(): JSX.Element {
  const params = useParams<{ id: string }>()
  createLive(() => params.id)
  const challenge = createAsync(() => getChallenge(params.id))
  return <Given when={challenge()}>{(it) => <Page challenge={it()} />}</Given>
}

/** No event tells that time has passed: what the index says of money and of what happens next is asked for again. */
function refreshAfter(phase: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(timer))
  createEffect(
    on(
      phase,
      () => {
        clearTimeout(timer)
        timer = setTimeout(() => void revalidate(), LEDGERS_MS)
      },
      { defer: true },
    ),
  )
}

/** Until a ledger has closed after the moment and the index has read it. */
const LEDGERS_MS = 7_000

function Page(props: { challenge: ChallengeData }): JSX.Element {
  const manifest = createManifest(() => props.challenge.manifest)
  const waiting = <Skeleton lines={7} />
  const now = createNow()
  const phase = createMemo(() => phaseAt(props.challenge, now()))
  refreshAfter(phase)
  return (
    <>
      <Title>{titleOf(props.challenge)}</Title>
      <ChallengeHead challenge={props.challenge} />
      <JudgePanel challenge={props.challenge} />
      <MyPath challenge={props.challenge} />
      <EarningsClaim challenge={props.challenge} />
      <Suspense>
        <OwnBatches challenge={props.challenge} manifest={manifest.value()} />
      </Suspense>
      <div class="mt-6 grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div class="min-w-0">
          <Tabs
            label="About this challenge"
            tabs={[
              {
                id: 'overview',
                label: 'Overview',
                content: () => (
                  <Suspense fallback={waiting}>
                    <Overview manifest={manifest} />
                  </Suspense>
                ),
              },
              {
                id: 'data',
                label: 'Data',
                content: () => (
                  <Suspense fallback={waiting}>
                    <Data manifest={manifest} />
                  </Suspense>
                ),
              },
              {
                id: 'rules',
                label: 'Rules',
                content: () => (
                  <Suspense fallback={waiting}>
                    <Rules challenge={props.challenge} manifest={manifest} />
                  </Suspense>
                ),
              },
              {
                id: 'leaderboard',
                label: paysLabels(props.challenge) ? 'Labelers' : 'Leaderboard',
                // Labelers paid by epochs submit nothing: how many they are is not known.
                count: props.challenge.payout.rule === 'earnings' ? undefined : (props.challenge.solvers ?? undefined),
                content: () => (
                  <Suspense fallback={waiting}>
                    <Leaderboard challenge={props.challenge} />
                  </Suspense>
                ),
              },
              ...(props.challenge.payout.rule === 'per_unit' || takesWork(props.challenge, manifest.value())
                ? [
                    {
                      id: 'board',
                      label: 'Board',
                      content: () => (
                        <Suspense fallback={waiting}>
                          <Show
                            when={props.challenge.payout.rule === 'earnings'}
                            fallback={<Board challenge={props.challenge} />}
                          >
                            <EarningsBoard challenge={props.challenge} />
                          </Show>
                        </Suspense>
                      ),
                    },
                  ]
                : []),
              {
                id: 'activity',
                label: 'Activity',
                count: props.challenge.events ?? undefined,
                content: () => (
                  <Suspense fallback={waiting}>
                    <Activity challenge={props.challenge} />
                  </Suspense>
                ),
              },
            ]}
          />
        </div>
        <aside aria-label="Money, trust and what happens by itself" class="grid gap-5 content-start">
          <MoneyCard challenge={props.challenge} />
          <div class="grid gap-5">
            <Suspense fallback={waiting}>
              <Trust challenge={props.challenge} manifest={manifest} />
            </Suspense>
            <Possible challenge={props.challenge} />
            <Silence challenge={props.challenge} />
            <Show when={phase() === 'open'}>
              <CommandLine challenge={props.challenge} />
            </Show>
          </div>
        </aside>
      </div>
    </>
  )
}
