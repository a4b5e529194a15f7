/** Verify: every check of a score and its payment, made in this browser from chain and content alone, one line each. */
import { A, useParams } from '@solidjs/router'
import { createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { Button } from '../components/ui/button.tsx'
import { Failure } from '../components/ui/failure.tsx'
import { Given } from '../components/ui/given.tsx'
import { Icon, type IconName } from '../components/ui/icon.tsx'
import { Notice } from '../components/ui/notice.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { Title } from '../components/ui/title.tsx'
import { config } from '../lib/site/config.ts'
import { type End, type Look, lookOf, outcomeOf, sentenceOfCheck } from '../lib/verdict/verify-words.ts'
import { inWords, type Words } from '../lib/words/errors.ts'
import type { Check, Verification } from '../lib/write/verify.ts'

const icons: Record<Look['mark'], { icon: IconName; ink: string }> = {
  good: { icon: 'check', ink: 'text-good' },
  bad: { icon: 'cross', ink: 'text-bad' },
  later: { icon: 'clock', ink: 'text-ink-3' },
  retry: { icon: 'alert', ink: 'text-wait' },
  never: { icon: 'alert', ink: 'text-wait' },
  none: { icon: 'minus', ink: 'text-ink-3' },
}

export default function Verify(): JSX.Element {
  const params = useParams<{ id: string; number: string }>()
  const [checks, setChecks] = createSignal<Check[]>([])
  const [result, setResult] = createSignal<Verification>()
  const [failure, setFailure] = createSignal<Words>()
  const [end, setEnd] = createSignal<End | null>(null)
  let work: AbortController | undefined
  onCleanup(() => work?.abort())
  const run = async () => {
    work?.abort()
    work = new AbortController()
    setChecks([])
    setResult()
    setFailure()
    try {
      const { endOf, verifySubmission } = await import('../lib/write/verify.ts')
      const { signal } = work
      void endOf(Number(params.id), signal).then(
        (at) => setEnd({ at, now: Date.now() }),
        () => setEnd(null),
      )
      const ref = { challenge: Number(params.id), number: Number(params.number) }
      setResult(await verifySubmission(ref, work.signal, (check) => setChecks((made) => [...made, check])))
    } catch (error) {
      if (!work.signal.aborted) setFailure(inWords(error))
    }
  }
  onMount(run)
  return (
    <div class="grid gap-6 max-w-200">
      <Title>{`Verify submission ${params.number} of challenge ${params.id}`}</Title>
      <header class="grid gap-1">
        <p class="text-sm">
          <A class="link" href={`/challenges/${params.id}/submissions/${params.number}`}>
            Submission {params.number} of challenge {params.id}
          </A>
        </p>
        <h1 class="page-title">Verify score and payment</h1>
        <p class="text-ink-2 max-w-[68ch] text-pretty">
          These checks run here, in your browser, on the contract's storage and events and on content checked against
          its hash. The index behind these pages is not asked.
        </p>
      </header>
      <Given when={result()}>
        {(it) => (
          <Notice tone={outcomeOf(it(), end()).tone} title={outcomeOf(it(), end()).title} role="status">
            {outcomeOf(it(), end()).sentence}
          </Notice>
        )}
      </Given>
      <Failure words={failure()} />
      <ol class="card divide-y divide-line empty:hidden" aria-label="Checks">
        <For each={checks()}>{(check) => <CheckLine check={check} end={end()} />}</For>
      </ol>
      <Show when={!result() && !failure()}>
        <div class="grid gap-3">
          <p role="status" class="text-sm text-ink-3">
            Reading the chain at <span class="num break-all">{config().rpcUrl}</span>…
          </p>
          <Skeleton lines={5} height="2.5rem" />
        </div>
      </Show>
      <div class="flex flex-wrap items-center gap-3">
        <Button icon="shield" onClick={run} disabled={!result() && !failure()}>
          Check again
        </Button>
        <code class="num text-xs text-ink-3 break-words">
          npx stellartrain verify {`${params.id}/${params.number}`}
        </code>
      </div>
    </div>
  )
}

function CheckLine(props: { check: Check; end: End | null }): JSX.Element {
  const look = () => lookOf(props.check)
  const icon = () => icons[look().mark]
  return (
    <li class="px-4 sm:px-5 py-3 grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-sm">
      <Icon name={icon().icon} class={`mt-0.5 ${icon().ink}`} />
      <div class="grid gap-1 min-w-0">
        <p class="font-600">
          {props.check.title} <span class={`text-xs ${icon().ink}`}>{look().word}</span>
        </p>
        <Given when={sentenceOfCheck(props.check, props.end)}>
          {(sentence) => <p class="text-ink-2 text-pretty break-words">{sentence()}</p>}
        </Given>
        <Given when={props.check.compared}>
          {(compared) => (
            <details open={props.check.state === 'failed'}>
              <summary class="text-xs text-ink-3 summary">What was compared</summary>
              <dl class="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 text-xs">
                <dt class="text-ink-3">expected</dt>
                <dd class="num break-all">{compared().expected}</dd>
                <dt class="text-ink-3">found</dt>
                <dd class={`num break-all ${props.check.state === 'failed' ? 'text-bad' : ''}`}>{compared().got}</dd>
              </dl>
            </details>
          )}
        </Given>
      </div>
    </li>
  )
}
