/** Submit: choose a file, see at once whether it would be taken, then seal, upload, sign, and watch the path. */
import { A, createAsync, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { Unreadable } from '../components/challenge/unreadable.tsx'
import { Path } from '../components/path/path.tsx'
import { SubmissionPath } from '../components/path/submission-path.tsx'
import { CheckResult } from '../components/submit/check-result.tsx'
import { Drop } from '../components/submit/drop.tsx'
import { Standing } from '../components/submit/standing.tsx'
import { Unfinished } from '../components/submit/unfinished.tsx'
import { Button, LinkButton } from '../components/ui/button.tsx'
import { Notice } from '../components/ui/notice.tsx'
import { Title } from '../components/ui/title.tsx'
import { getChallenge, getSubmissions } from '../lib/api.ts'
import { createNow } from '../lib/clock.ts'
import { inWords, type Words } from '../lib/errors.ts'
import { formatAmount } from '../lib/format.ts'
import { createLive } from '../lib/live.ts'
import { createManifest } from '../lib/manifest.ts'
import { type Draft, pathOfDraft } from '../lib/path.ts'
import { headlineOf, takesFiles } from '../lib/payout.ts'
import { checkFile, publishedIds } from '../lib/precheck.ts'
import { goalOf, rulesOf, stateWords, takesSubmissions, titleOf } from '../lib/rules.ts'
import { createTask } from '../lib/task.ts'
import type { Challenge } from '../lib/types.ts'
import { setDialogOpen, wallet } from '../lib/wallet/session.ts'

export default function Submit(): JSX.Element {
  const params = useParams<{ id: string }>()
  createLive(() => params.id)
  const challenge = createAsync(() => getChallenge(params.id))
  return <Show when={challenge()}>{(it) => <Page challenge={it()} />}</Show>
}

function Page(props: { challenge: Challenge }): JSX.Element {
  const [search, setSearch] = useSearchParams<{ number: string }>()
  const manifest = createManifest(() => props.challenge.manifest)
  const now = createNow()
  const headline = () => headlineOf(props.challenge, goalOf(props.challenge))
  const over = () =>
    Date.parse(props.challenge.deadline) <= now() || ['grading', 'ended', 'expired'].includes(props.challenge.state)
  const [file, setFile] = createSignal<File>()
  const [clear, setClear] = createSignal(false)
  const [draft, setDraft] = createSignal<Draft>()
  const [failure, setFailure] = createSignal<Words>()
  const [version, setVersion] = createSignal(0)
  const [bytes, setBytes] = createSignal<Uint8Array<ArrayBuffer>>()
  let work: AbortController | undefined
  onCleanup(() => work?.abort())

  const ids = createTask(() => (file() ? manifest.value() : undefined), publishedIds)
  const check = createTask(
    () => {
      const described = manifest.value()
      const content = bytes()
      return described && content && !ids.busy() ? { described, content, ids: ids.value() } : undefined
    },
    ({ described, content, ids: known }) => checkFile(described, content, known),
  )
  const choose = async (chosen: File) => {
    setFailure()
    setDraft()
    setBytes()
    setFile(chosen)
    setBytes(new Uint8Array(await chosen.arrayBuffer()))
  }
  const busy = () => draft() !== undefined && !failure() && draft()?.stage !== 'landed'
  const rules = createMemo(() => rulesOf(props.challenge))
  const idle = (): Draft => {
    if (check.busy() || ids.busy()) return { stage: 'check' }
    const result = file() ? check.value() : undefined
    if (!result) return { stage: 'idle' }
    return result.ok ? { stage: 'ready' } : { stage: 'check', failure: '' }
  }
  const steps = () => {
    const words = failure()
    const at = draft() ?? idle()
    return pathOfDraft(words ? { ...at, failure: '' } : at, rules())
  }
  const submit = async () => {
    const content = bytes()
    const chosen = file()
    if (!content || !chosen) return
    work = new AbortController()
    setFailure()
    setDraft({ stage: 'check' })
    try {
      const { submitPredictions } = await import('../lib/write/submit.ts')
      const done = await submitPredictions({
        challenge: props.challenge.id,
        csv: content,
        fileName: chosen.name,
        signal: work.signal,
        onDraft: setDraft,
      })
      setSearch({ number: String(done.number) }, { replace: true, scroll: false })
      setFile()
      setBytes()
    } catch (error) {
      if (work.signal.aborted) setDraft()
      else setFailure(inWords(error))
    } finally {
      setVersion((count) => count + 1)
    }
  }
  const again = () => {
    setSearch({ number: undefined }, { replace: true, scroll: false })
    setDraft()
    setFailure()
  }

  return (
    <div class="grid gap-6 max-w-220">
      <Title>{`Submit to ${titleOf(props.challenge)}`}</Title>
      <header class="grid gap-1">
        <p class="text-sm">
          <A class="link" href={`/challenges/${props.challenge.id}`}>
            {titleOf(props.challenge)}
          </A>
        </p>
        <h1 class="page-title">{takesFiles(props.challenge) ? 'Submit predictions' : 'Take part'}</h1>
        <p class="text-ink-2">
          {formatAmount(headline().units, props.challenge.asset)} {headline().words}
        </p>
      </header>

      <Show when={search.number}>
        {(number) => <Landed challenge={props.challenge} number={Number(number())} draft={draft()} onAgain={again} />}
      </Show>

      <Show when={!search.number}>
        <Show
          when={takesSubmissions(props.challenge, now()) || busy()}
          fallback={
            <Notice
              tone={over() ? 'bad' : 'wait'}
              title={over() ? 'Too late for this challenge' : stateWords[props.challenge.state].word}
              actions={<LinkButton href={`/challenges/${props.challenge.id}`}>Back to the challenge</LinkButton>}
            >
              <Show
                when={takesFiles(props.challenge)}
                fallback="It pays for labels, and takes no predictions here. The command line on the challenge's page takes part in it."
              >
                {props.challenge.state === 'open'
                  ? 'The deadline has passed.'
                  : stateWords[props.challenge.state].sentence}{' '}
                A submission now would be refused by the contract, so this page does not take one.
              </Show>
            </Notice>
          }
        >
          <Standing challenge={props.challenge} version={version()} onState={(state) => setClear(state.clear)} />
          <Unfinished challenge={props.challenge} />
          <Show when={manifest.value()} fallback={<Unreadable manifest={manifest} />}>
            {(described) => (
              <>
                <Drop
                  file={file()}
                  onFile={choose}
                  disabled={busy()}
                  label="Drop a CSV here, or choose one"
                  hint={`${described().submission.idColumn}, ${described()
                    .submission.columns.map((column) => column.name)
                    .join(
                      ', ',
                    )}: ${described().submission.rows.toLocaleString('en')} rows. It is checked here in your browser and sent nowhere.`}
                />
                <Show when={file() && (check.busy() || ids.busy())}>
                  <p role="status" class="text-sm text-ink-3">
                    Checking with the oracle's own engine…
                  </p>
                </Show>
                <Show when={check.failure()}>
                  <Notice tone="bad" title="The file could not be checked" details={String(check.failure())}>
                    {inWords(check.failure()).sentence}
                  </Notice>
                </Show>
                <Show when={file() && check.value()}>
                  {(result) => (
                    <div class="card px-4 sm:px-6 py-5">
                      <CheckResult check={result()} rows={described().submission.rows} />
                    </div>
                  )}
                </Show>
                <div class="card px-4 sm:px-6 py-5 grid gap-5">
                  <Path steps={steps()} label="Path of this submission" />
                  <Show when={failure()}>
                    {(words) => (
                      <Notice tone="bad" title={words().title} details={words().details} role="alert">
                        {words().sentence}
                      </Notice>
                    )}
                  </Show>
                  <div class="flex flex-wrap items-center gap-3">
                    <Show
                      when={wallet()}
                      fallback={
                        <Button look="primary" icon="wallet" onClick={() => setDialogOpen(true)}>
                          Connect a wallet to submit
                        </Button>
                      }
                    >
                      <Button
                        look="primary"
                        icon="seal"
                        disabled={busy() || !check.value()?.ok || !clear()}
                        busy={busy()}
                        onClick={submit}
                      >
                        {failure() ? 'Try again' : busy() ? 'Submitting…' : 'Seal, upload and sign'}
                      </Button>
                    </Show>
                    <Show when={busy() && draft()?.stage !== 'send'}>
                      <Button look="quiet" onClick={() => work?.abort()}>
                        Cancel
                      </Button>
                    </Show>
                    <p class="text-xs text-ink-3 max-w-[44ch]">
                      {`Sealed in this browser to ${props.challenge.oracles.length === 1 ? 'the oracle' : 'the oracles'}. The wallet signs in to the store once, then signs one transaction.`}
                    </p>
                  </div>
                </div>
              </>
            )}
          </Show>
        </Show>
      </Show>
    </div>
  )
}

function Landed(props: {
  challenge: Challenge
  number: number
  draft: Draft | undefined
  onAgain: () => void
}): JSX.Element {
  const all = createAsync(() => getSubmissions(String(props.challenge.id)))
  const known = () => all.latest?.find((submission) => submission.number === props.number)
  return (
    <section class="card px-4 sm:px-6 py-5 grid gap-5" aria-label={`Submission ${props.number}`}>
      <h2 class="section-title">Submission {props.number}</h2>
      <Show
        when={known()}
        fallback={<Path steps={pathOfDraft({ ...props.draft, stage: 'landed' }, rulesOf(props.challenge))} />}
      >
        {(submission) => <SubmissionPath submission={submission()} challenge={props.challenge} />}
      </Show>
      <div class="flex flex-wrap gap-3">
        <LinkButton href={`/challenges/${props.challenge.id}/submissions/${props.number}`}>
          Proofs and details
        </LinkButton>
        <Show when={props.challenge.state === 'open' && !known()?.won}>
          <Button look="quiet" onClick={props.onAgain}>
            Submit another file
          </Button>
        </Show>
      </div>
    </section>
  )
}
