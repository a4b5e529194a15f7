/**
 * For the solver of a submission whose judge is the contract that grades: what it can open, when, and what that costs. Each chunk is a
 * transaction; what is open stays open, so a page that was left goes on where it was.
 */
import { revalidate } from '@solidjs/router'
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge, SubmissionDetail } from '../../lib/read/types.ts'
import { type AppealTime, appealTime, leftOf } from '../../lib/rules/appeal.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { wallet } from '../../lib/wallet/session.ts'
import type { Words } from '../../lib/words/errors.ts'
import { formatAmount, formatCount, formatDay } from '../../lib/words/format.ts'
import type { Brought, RecountStanding } from '../../lib/write/appeal.ts'
import { Drop } from '../submit/drop.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { Panel } from '../ui/panel.tsx'

const XLM = { code: 'XLM', decimals: 7, contract: '' }

export function Appeal(props: { challenge: Challenge; submission: SubmissionDetail }): JSX.Element {
  const now = createNow()
  const mine = () => wallet()?.address === props.submission.solver
  const time = (): AppealTime => (mine() ? appealTime(props.challenge, props.submission, now()) : null)
  return (
    <Given when={time()}>
      {(at) => (
        <Panel title="Recount on the ledger" icon="shield">
          <Switch>
            <Match when={at() === 'before'}>
              <Before challenge={props.challenge} submission={props.submission} />
            </Match>
            <Match when={at() === 'now'}>
              <Now challenge={props.challenge} submission={props.submission} />
            </Match>
            <Match when={at() === 'over'}>
              <p class="text-sm text-ink-2">
                The judge’s time is over, and this work was not opened to it: it stays as the oracles left it.
              </p>
            </Match>
          </Switch>
        </Panel>
      )}
    </Given>
  )
}

type Of = { challenge: Challenge; submission: SubmissionDetail }

const refOf = ({ challenge, solver, attempt }: SubmissionDetail) => ({ challenge, solver, attempt })

/** Read again whenever the ledger shows more of it. */
function createStanding(props: Of) {
  const source = () => {
    const { recount } = props.submission
    const truth = props.challenge.recount?.truth
    return [refOf(props.submission), truth?.complete, recount?.chunks, recount?.result?.tx] as const
  }
  return createTask(source, async ([ref]) => (await import('../../lib/write/appeal.ts')).appealOf(ref))
}

function Before(props: Of): JSX.Element {
  const standing = createStanding(props)
  const [failure, setFailure] = createSignal<Words>()
  const save = async () => {
    setFailure(
      await attemptAction(async () => {
        const { number, bytes } = await (await import('../../lib/write/appeal.ts')).disclosureOf(
          refOf(props.submission),
        )
        download(bytes, `submission-${props.challenge.id}-${number}.disclosure`)
      }),
    )
  }
  return (
    <div class="grid gap-3 text-sm text-ink-2 max-w-[72ch]">
      <p class="text-pretty">
        If the oracles leave this submission undecided, you can open your work to the judge, a contract that computes
        the score on the ledger, from {formatDay(Date.parse(props.challenge.gradeBy))} on.
      </p>
      <Given when={standing.value()}>
        {(it) => (
          <Show
            when={it().kept === 'all'}
            fallback={
              <p>
                Your work and its nonce are not kept in this browser: use the one that submitted, or a file that it
                saved. Without them you lose this right, and nothing else.
              </p>
            }
          >
            <p class="text-pretty">
              This browser keeps what opens it. Save a copy: without it you lose this right, and nothing else. Whoever
              has the file can read your work.
            </p>
            <div>
              <Button onClick={save} icon="download">
                Save my work and its nonce
              </Button>
            </div>
          </Show>
        )}
      </Given>
      <Failure words={failure()} />
    </div>
  )
}

function Now(props: Of): JSX.Element {
  const now = createNow()
  const standing = createStanding(props)
  const [brought, setBrought] = createSignal<Brought>()
  const [file, setFile] = createSignal<File>()
  const [progress, setProgress] = createSignal<{ open: number; of: number }>()
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const take = async (chosen: File) => {
    setFile(chosen)
    const bytes = new Uint8Array(await chosen.arrayBuffer())
    setBrought({ bytes, kind: chosen.name.endsWith('.disclosure') ? 'disclosure' : 'content' })
  }
  const open = async () => {
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () =>
      (await import('../../lib/write/appeal.ts')).openMine(refOf(props.submission), brought(), (open, of) =>
        setProgress({ open, of }),
      ),
    )
    setBusy(false)
    setProgress()
    setFailure(failed)
    standing.again()
    await revalidate()
  }
  const ready = (it: { kept: string }) => it.kept === 'all' || brought() !== undefined
  return (
    <div class="grid gap-3 text-sm text-ink-2 max-w-[72ch]">
      <Given when={standing.failure() ? 'The ledger cannot be read now.' : undefined}>
        {(words) => (
          <Notice tone="wait" title={words()}>
            <Button onClick={standing.again}>Try again</Button>
          </Notice>
        )}
      </Given>
      <Given when={standing.value()}>
        {(it) => (
          <>
            <p class="text-ink font-500">{stateWords(it(), props.challenge, now())}</p>
            <Show when={needsWork(it(), now())}>
              <Show when={!it().work.scored}>
                <p class="text-pretty">{costWords(it())} Your work is public from then on.</p>
                <Show when={it().kept !== 'all'}>
                  <Drop
                    file={file()}
                    onFile={take}
                    label="Your work, as it was saved"
                    hint={
                      it().kept === 'nonce'
                        ? 'The file that you submitted, or the .disclosure file that you saved.'
                        : 'The .disclosure file that was saved where you submitted: this browser does not keep the nonce.'
                    }
                    accept={it().kept === 'nonce' ? '.csv,text/csv,.disclosure' : '.disclosure'}
                    disabled={busy()}
                  />
                </Show>
              </Show>
              <div>
                <Button
                  look="primary"
                  onClick={open}
                  busy={busy()}
                  disabled={!(it().work.scored || (it().truth.open && ready(it())))}
                >
                  {it().work.scored ? 'Have it ruled on' : it().work.chunks > 0 ? 'Resume' : 'Open my work'}
                </Button>
              </div>
              <Given when={progress()}>
                {(at) => (
                  <div class="grid gap-1" role="status">
                    <progress class="w-full" value={at().open} max={at().of} aria-label="Chunks that are open" />
                    <span class="num">
                      {at().open} of {formatCount(at().of, 'chunk')} open
                    </span>
                  </div>
                )}
              </Given>
            </Show>
          </>
        )}
      </Given>
      <Failure words={failure()} />
    </div>
  )
}

type Standing = RecountStanding & { kept: 'all' | 'nonce' | 'nothing' }

const seconds = (now: number) => Math.floor(now / 1_000)

/** Whether the solver can do something now. */
const needsWork = ({ work, openUntil }: Standing, now: number): boolean =>
  work.scored ? !work.ruled && seconds(now) >= openUntil : seconds(now) < openUntil

function stateWords({ work, truth, openUntil, cost }: Standing, { recount }: Challenge, now: number): string {
  if (work.ruled) return 'Recounted on the ledger: the judge has computed the score and ruled.'
  if (work.scored && seconds(now) < openUntil)
    return `Your work is open. Identical content is a copy here, so the judge rules from ${formatDay(openUntil * 1_000)} on; an oracle has it do so, and you can too.`
  if (work.scored) return 'Your work is open, and the judge can rule on it now.'
  if (seconds(now) >= openUntil) return 'Works are opened no more, and this one was not.'
  if (!truth.open) return 'The truth is not open yet. An oracle that holds it opens it by itself; the maker can, too.'
  if (work.chunks > 0)
    return `${formatCount(work.chunks, 'chunk')} of your work ${work.chunks === 1 ? 'is' : 'are'} open, of at most ${cost.transactions}.`
  return `The truth is open${recount ? `, ${formatCount(recount.recounted, 'work')} recounted so far` : ''}.`
}

function costWords(standing: Standing): string {
  const { transactions, stroops } = leftOf(standing)
  return `You sign ${atMost(transactions, 'transaction')}; the network’s fee is about ${formatAmount(String(stroops), XLM)} in total.`
}

/** Shorter labels than the longest one take fewer chunks. */
const atMost = (count: number, what: string): string => `${count > 1 ? 'at most ' : ''}${formatCount(count, what)}`

function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
