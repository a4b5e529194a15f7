/** Title, maker, phase, countdown, and the one main action: beside the title on a desk, within reach of the thumb on a phone. */
import { createAsync } from '@solidjs/router'
import { ErrorBoundary, type JSX, Show, Suspense } from 'solid-js'
import { createManifest, type Manifest } from '../../lib/content/manifest.ts'
import { createNow } from '../../lib/reactive/clock.ts'
import { getSubmissions } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { goalOf, titleOf } from '../../lib/words/challenge-words.ts'
import { doubtWords } from '../../lib/words/known.ts'
import { headlineOf, takesWork, workWords } from '../../lib/words/payout.ts'
import { countdownOf, phaseAt, phaseWords, takesLabels, takesSubmissions } from '../../lib/words/phases.ts'
import { Amount } from '../ui/amount.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'
import type { IconName } from '../ui/icon.tsx'
import { PhaseBadge } from '../ui/phase-badge.tsx'
import { Time } from '../ui/time.tsx'

export function ChallengeHead(props: { challenge: Challenge }): JSX.Element {
  const it = () => props.challenge
  const now = createNow()
  const phase = () => phaseAt(it(), now())
  const counts = () => countdownOf(it(), now())
  const headline = () => headlineOf(it(), goalOf(it()))
  const manifest = createManifest(() => it().manifest)
  return (
    <header class="grid gap-4 md:grid-cols-[minmax(0,1fr)_auto] md:items-start">
      <div class="grid gap-2">
        <p class="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-3">
          <PhaseBadge phase={phase()} />
          <Given when={counts()} fallback={phaseWords[phase()].sentence}>
            {(next) => (
              <span>
                {next().verb} <Time at={next().at} class="text-ink font-500" />
              </span>
            )}
          </Given>
        </p>
        <h1 class="page-title max-w-[32ch] [overflow-wrap:anywhere]">{titleOf(it())}</h1>
        <Show when={it().info?.summary}>
          <p class="text-ink-2 max-w-[72ch] text-pretty [overflow-wrap:anywhere]">{it().info?.summary}</p>
        </Show>
        <p class="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-3">
          <span class="inline-flex items-center gap-1">
            By <Hash value={it().maker} what="maker" href={`/accounts/${it().maker}`} />
          </span>
          <span>Challenge {it().id}</span>
        </p>
        <Given when={doubtWords(it())}>
          {(words) => <p class="text-sm text-wait max-w-[72ch] text-pretty">{words()}</p>}
        </Given>
      </div>
      <div class="grid gap-2 md:justify-items-end md:text-right">
        <p class="text-2xl font-500">
          <Amount units={headline().units} asset={it().asset} />
        </p>
        <p class="text-sm text-ink-3">{headline().words}</p>
        <Show when={takesSubmissions(it(), now())}>
          <Suspense fallback={<SubmitAction challenge={it()} />}>
            <SubmitAction challenge={it()} manifest={manifest.value()} />
          </Suspense>
        </Show>
        <Show when={takesLabels(it(), now())}>
          <Suspense>
            <LabelAction challenge={it()} />
          </Suspense>
        </Show>
      </div>
    </header>
  )
}

function SubmitAction(props: { challenge: Challenge; manifest?: Manifest | undefined }): JSX.Element {
  return <MainAction challenge={props.challenge} href="submit" icon="upload" words={workWords(props.manifest).action} />
}

/** Earnings can also be amounts that the oracles post by hand: the manifest says whether labels are taken. */
function LabelAction(props: { challenge: Challenge }): JSX.Element {
  const manifest = createManifest(() => props.challenge.manifest)
  return (
    <Show when={props.challenge.payout.rule === 'per_unit' || takesWork(props.challenge, manifest.value())}>
      <MainAction challenge={props.challenge} href="label" icon="arrow" words="Label and be paid" />
    </Show>
  )
}

/** The one main action, for those whom the contract would let in. */
function MainAction(props: {
  challenge: Challenge
  /** Below the challenge's own address. */
  href: string
  icon: IconName
  words: string
}): JSX.Element {
  const button = () => (
    <div class="fixed z-10 inset-x-0 bottom-0 p-3 bg-surface border-t border-line md:static md:p-0 md:border-0 md:bg-transparent">
      <LinkButton
        href={`/challenges/${props.challenge.id}/${props.href}`}
        look="primary"
        icon={props.icon}
        class="w-full md:w-auto"
      >
        {props.words}
      </LinkButton>
    </div>
  )
  return (
    <ErrorBoundary fallback={button()}>
      <Suspense fallback={button()}>
        <Unbarred challenge={props.challenge}>{button()}</Unbarred>
      </Suspense>
    </ErrorBoundary>
  )
}

/** Not for the maker, the oracles, the judge, and those who have won already. */
function Unbarred(props: { challenge: Challenge; children: JSX.Element }): JSX.Element {
  const submissions = createAsync(async () => (wallet() ? getSubmissions(String(props.challenge.id)) : []))
  const barred = () => {
    const address = wallet()?.address
    if (!address) return undefined
    if (address === props.challenge.maker) return 'You created this challenge.'
    if (props.challenge.oracles.some((oracle) => oracle.address === address)) return 'You grade this challenge.'
    if (address === props.challenge.judge?.address) return 'You judge this challenge.'
    const won = submissions()?.some((one) => one.solver === address && one.won)
    return won && props.challenge.payout.rule === 'bounty' ? 'You have won this challenge.' : undefined
  }
  return (
    <Given when={barred()} fallback={props.children}>
      {(why) => <p class="text-sm text-ink-2">{why()}</p>}
    </Given>
  )
}
