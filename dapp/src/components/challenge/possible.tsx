/** What anyone or the maker may do now, and what each call would do: cancel, settle, release, close, open the truth. */
import { A, createAsync, revalidate } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import { getSubmissions } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { possibleNow, type Settling, type Waiting } from '../../lib/rules/possible.ts'
import { config } from '../../lib/site/config.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import type { Words } from '../../lib/words/errors.ts'
import { formatAmount, formatCount } from '../../lib/words/format.ts'
import { Amount } from '../ui/amount.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Given } from '../ui/given.tsx'
import { Panel } from '../ui/panel.tsx'
import { ForTheJudge } from './for-the-judge.tsx'
import { KeptFile } from './kept-file.tsx'

/** Many submissions are looked through; the second does not matter. */
const LOOK_MS = 5_000
const LISTED = 8

export function Possible(props: { challenge: Challenge }): JSX.Element {
  return (
    <Suspense>
      <Now challenge={props.challenge} />
    </Suspense>
  )
}

type Manage = typeof import('../../lib/write/manage.ts')

function Now(props: { challenge: Challenge }): JSX.Element {
  const submissions = createAsync(() => getSubmissions(String(props.challenge.id)))
  const now = createNow()
  const look = createMemo(() => Math.floor(now() / LOOK_MS) * LOOK_MS)
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const can = createMemo(() =>
    possibleNow(props.challenge, submissions() ?? [], wallet()?.address, look(), config().recount),
  )
  const any = () => {
    const { cancel, settle, release, close, open, recount } = can()
    return cancel || settle || release.length > 0 || close || open || recount
  }
  const run = async (work: (lib: Manage) => Promise<unknown>) => {
    if (!wallet()) return setDialogOpen(true)
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () => work(await import('../../lib/write/manage.ts')))
    setBusy(false)
    setFailure(failed)
    if (!failed) await revalidate()
  }
  const Act = (given: { children: JSX.Element; work: (lib: Manage) => Promise<unknown> }) => (
    <Button disabled={busy()} busy={busy()} onClick={() => run(given.work)} class="justify-self-start">
      {given.children}
    </Button>
  )
  return (
    <Show when={any()}>
      <Panel title="Possible now" icon="arrow">
        <Show when={can().cancel}>
          <p class="text-sm text-ink-2">
            Not every oracle has accepted. The challenge can be cancelled; all money returns to the maker.
          </p>
          <Act work={(lib) => lib.cancel(props.challenge.id)}>Cancel the challenge</Act>
        </Show>
        <Given when={can().settle}>
          {(settle) => (
            <>
              <p class="text-sm text-ink-2 text-pretty">{settleWords(settle(), props.challenge)} Anyone may.</p>
              <Act work={(lib) => lib.settle(props.challenge.id)}>Settle</Act>
            </>
          )}
        </Given>
        <Show when={can().release.length > 0}>
          <Releases of={can().release} challenge={props.challenge} />
        </Show>
        <Given when={can().close}>
          {(close) => (
            <>
              <p class="text-sm text-ink-2 text-pretty">
                {close().total > 0n
                  ? `Closing sends the maker ${formatAmount(close().total, props.challenge.asset)}, which no one can still earn`
                  : 'Closing sends nothing'}
                {close().kept > 0n ? `; ${formatAmount(close().kept, props.challenge.asset)} stay` : ''}
                {close().folds ? ', and updates the records of the oracles and the maker' : ''}. Anyone may.
              </p>
              <Act work={(lib) => lib.close(props.challenge.id)}>Close</Act>
            </>
          )}
        </Given>
        <Show when={can().open}>
          <p class="text-sm text-ink-2">
            You promised to open the truth. Choose the file that was saved when you created the challenge.
          </p>
          <KeptFile
            label="Open the truth"
            disabled={busy()}
            onFile={(text) => run(async (lib) => lib.openKept(props.challenge.id, await text))}
          />
        </Show>
        <Show when={can().recount}>
          <ForTheJudge
            challenge={props.challenge}
            does={can().recount ?? 'fix'}
            busy={busy()}
            onFix={(text) => run(async (lib) => lib.fixRecount(props.challenge.id, await text))}
            onOpen={(text) => run(async (lib) => lib.openToJudge(props.challenge.id, await text))}
          />
        </Show>
        <Failure words={failure()} />
      </Panel>
    </Show>
  )
}

/** `Settling makes #3 and #4 final and passes over #5.` */
function settleWords({ concluded, passed, sent }: Settling, { asset }: Challenge): string {
  const final = concluded.length > 0 ? `makes ${listed(concluded)} final` : ''
  const over = passed.length > 0 ? `lets the queue pass over ${listed(passed)}` : ''
  const money = sent > 0n ? ` It sends ${formatAmount(sent, asset)}.` : ''
  return `Settling ${[final, over].filter(Boolean).join(' and ')}.${money}`
}

function listed(numbers: number[]): string {
  const all = numbers.map((number) => `#${number}`)
  if (all.length > LISTED) return formatCount(all.length, 'submission')
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}

/** Each is released on its own page, where its story says why. */
function Releases(props: { of: Waiting[]; challenge: Challenge }): JSX.Element {
  return (
    <>
      <p class="text-sm text-ink-2 text-pretty">
        {props.of.length === 1 ? 'A payment waits' : `${props.of.length} payments wait`} to be sent. Anyone may release{' '}
        {props.of.length === 1 ? 'it; it' : 'them; each'} can only go to its solver.
      </p>
      <ul class="grid gap-1 text-sm">
        <For each={props.of.slice(0, LISTED)}>
          {({ submission, units }) => (
            <li class="flex justify-between gap-4">
              <A class="link target" href={`/challenges/${props.challenge.id}/submissions/${submission.number}`}>
                Submission {submission.number}
              </A>
              <Amount units={units} asset={props.challenge.asset} />
            </li>
          )}
        </For>
      </ul>
      <Show when={props.of.length > LISTED}>
        <p class="text-xs text-ink-3">{`and ${props.of.length - LISTED} more`}</p>
      </Show>
    </>
  )
}
