/** Submit: choose a file, see at once whether it would be taken, then seal, sign, hand over, and watch the path. */
import { A, useSearchParams } from '@solidjs/router'
import { createMemo, type JSX, Match, Show, Suspense, Switch } from 'solid-js'
import { OfAddress } from '../components/challenge/of-address.tsx'
import { Unreadable } from '../components/challenge/unreadable.tsx'
import { Form } from '../components/submit/form.tsx'
import { Landed } from '../components/submit/landed.tsx'
import { Standing } from '../components/submit/standing.tsx'
import { Unfinished } from '../components/submit/unfinished.tsx'
import { Amount } from '../components/ui/amount.tsx'
import { LinkButton } from '../components/ui/button.tsx'
import { Given } from '../components/ui/given.tsx'
import { Notice } from '../components/ui/notice.tsx'
import { Title } from '../components/ui/title.tsx'
import { createManifest } from '../lib/content/manifest.ts'
import { createNow } from '../lib/reactive/clock.ts'
import type { Challenge } from '../lib/read/types.ts'
import { createSubmitRun } from '../lib/submit/run.ts'
import { createStanding } from '../lib/submit/standing.ts'
import { goalOf, titleOf } from '../lib/words/challenge-words.ts'
import { headlineOf, takesFiles, workWords } from '../lib/words/payout.ts'
import { phaseAt, phaseWords, takesSubmissions } from '../lib/words/phases.ts'

export default function Submit(): JSX.Element {
  return <OfAddress>{(it) => <Page challenge={it()} />}</OfAddress>
}

function Page(props: { challenge: Challenge }): JSX.Element {
  const [search, setSearch] = useSearchParams<{ number: string }>()
  const manifest = createManifest(() => props.challenge.manifest)
  const now = createNow()
  const headline = () => headlineOf(props.challenge, goalOf(props.challenge))
  const run = createSubmitRun({
    challenge: () => props.challenge.id,
    manifest: manifest.value,
    number: search.number,
    onNumber: (number) => setSearch({ number }, { replace: true, scroll: false }),
  })
  const what = () => workWords(manifest.value()).action
  const landed = createMemo(() => {
    const state = run.state()
    return state.at === 'landed' ? state : undefined
  })
  // What was begun stays on the page, whatever the clock and the ledger say meanwhile.
  const begun = () => ['sending', 'stopped'].includes(run.state().at)
  // Each end of a try changes what the ledger says of the account.
  const tries = createMemo<number>((count) => count + (['landed', 'stopped'].includes(run.state().at) ? 1 : 0), 0)
  const standing = createStanding(() => props.challenge.id, tries)
  return (
    <div class="grid gap-6 max-w-220">
      <Title>{`Submit to ${titleOf(props.challenge)}`}</Title>
      <header class="grid gap-1">
        <p class="text-sm">
          <A class="link" href={`/challenges/${props.challenge.id}`}>
            {titleOf(props.challenge)}
          </A>
        </p>
        <h1 class="page-title">{takesFiles(props.challenge) ? what() : 'Take part'}</h1>
        <p class="text-ink-2">
          <Amount units={headline().units} asset={props.challenge.asset} /> {headline().words}
        </p>
      </header>
      <Switch>
        <Match when={landed()?.number} keyed>
          {(number) => (
            <Landed challenge={props.challenge} number={number} draft={landed()?.draft ?? null} onAgain={run.again} />
          )}
        </Match>
        <Match when={takesSubmissions(props.challenge, now()) || begun()}>
          <Standing challenge={props.challenge} state={standing()} />
          <Show when={standing().at !== 'barred' || begun()} fallback={<BackToChallenge challenge={props.challenge} />}>
            <Unfinished challenge={props.challenge} />
            <Suspense fallback={<Unreadable manifest={manifest} />}>
              <Given when={manifest.value()} fallback={<Unreadable manifest={manifest} />}>
                {(described) => (
                  <Form challenge={props.challenge} manifest={described()} run={run} standing={standing()} />
                )}
              </Given>
            </Suspense>
          </Show>
        </Match>
        <Match when={true}>
          <NotNow challenge={props.challenge} />
        </Match>
      </Switch>
    </div>
  )
}

function BackToChallenge(props: { challenge: Challenge }): JSX.Element {
  return (
    <LinkButton href={`/challenges/${props.challenge.id}`} class="justify-self-start">
      Back to the challenge
    </LinkButton>
  )
}

/** Why there is no form: too late, too early, or another kind of work. */
function NotNow(props: { challenge: Challenge }): JSX.Element {
  const it = () => props.challenge
  const now = createNow()
  const phase = () => phaseAt(it(), now())
  const over = () => !['accepting', 'announced', 'open'].includes(phase())
  return (
    <Notice
      tone="info"
      title={
        takesFiles(it())
          ? over()
            ? 'Too late for this challenge'
            : phaseWords[phase()].word
          : 'This challenge pays for labels'
      }
      actions={<LinkButton href={`/challenges/${it().id}`}>Back to the challenge</LinkButton>}
    >
      <Show
        when={takesFiles(it())}
        fallback="Labelers work in batches instead of submitting predictions. The challenge's page leads to them."
      >
        {phaseWords[phase()].sentence} The contract would refuse a submission now.
      </Show>
    </Notice>
  )
}
