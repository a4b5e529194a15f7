/** For the judge of this challenge, or a juror of it, while its wallet is connected: what it may decide now, and from when to when. */
import { createAsync, revalidate } from '@solidjs/router'
import { createMemo, createSignal, For, type JSX, Show, Suspense } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import { getSubmissions } from '../../lib/read/api.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { type Ballot, judgesNow, ranksNow, undecidedOf } from '../../lib/rules/judge.ts'
import { createJurorVotes, createJury, type Jury } from '../../lib/verdict/jury.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { wallet } from '../../lib/wallet/session.ts'
import type { Words } from '../../lib/words/errors.ts'
import { formatCount, formatDay } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Panel } from '../ui/panel.tsx'
import { BallotChoice } from './judge-ballot.tsx'
import { JudgeRanking } from './judge-ranking.tsx'

/** Ballots that one call takes. */
const BATCH = 40

export function JudgePanel(props: { challenge: Challenge }): JSX.Element {
  // A jury is read only for who is connected: nobody else could vote in it.
  const found = createJury(() => (wallet() ? props.challenge : { ...props.challenge, judge: null }))
  const jury = () => {
    const read = found.value()?.jury
    return read?.jurors.includes(wallet()?.address ?? '') ? read : undefined
  }
  const judge = () => {
    const named = props.challenge.judge
    return named && (wallet()?.address === named.address || jury()) ? named : undefined
  }
  return (
    <Given when={judge()}>
      {(named) => (
        <Panel class="mt-6" title={jury() ? 'You are a juror' : 'You are the judge'} icon="shield">
          <p class="text-sm text-ink-2 max-w-[72ch] text-pretty">
            From {formatDay(Date.parse(props.challenge.gradeBy))} to {formatDay(Date.parse(named().judgeBy))} you decide
            what the oracles left undecided, and nothing else. Your decisions are carried out after that. What you leave
            undecided earns nothing.
            <Given when={jury()}>
              {(of) => (
                <>
                  {' '}
                  You are one of {of().jurors.length}, and {of().majority} equal votes rule. Until then you may replace
                  yours. You sign each vote separately.
                </>
              )}
            </Given>
          </p>
          <Suspense>
            <Work challenge={props.challenge} jury={jury()} />
          </Suspense>
        </Panel>
      )}
    </Given>
  )
}

function Work(props: { challenge: Challenge; jury: Jury | undefined }): JSX.Element {
  const submissions = createAsync(() => getSubmissions(String(props.challenge.id)))
  const now = createNow()
  const open = createMemo(() => judgesNow(props.challenge, now()))
  const undecided = createMemo(() => (open() ? undecidedOf(props.challenge, submissions() ?? [], now()) : []))
  const [cast, setCast] = createSignal(0)
  const jurors = createJurorVotes(
    () => props.jury,
    () => props.challenge,
    () => undecided().map(({ submission }) => submission),
    cast,
  )
  const [ballots, setBallots] = createSignal<ReadonlyMap<number, Ballot>>(new Map())
  const [reasons, setReasons] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const choose = (number: number, ballot: Ballot | undefined) =>
    setBallots((all) => {
      const next = new Map(all)
      if (ballot) next.set(number, ballot)
      else next.delete(number)
      return next
    })
  const chosen = () =>
    undecided()
      .flatMap(({ submission }) => ballots().get(submission.number) ?? [])
      .slice(0, BATCH)
  const decide = async () => {
    setBusy(true)
    setFailure()
    const failed = await attemptAction(async () =>
      (await import('../../lib/write/judge.ts')).ruleOn(props.challenge.id, chosen(), reasons().trim()),
    )
    setBusy(false)
    setFailure(failed)
    if (failed) return
    setBallots(new Map())
    setCast((times) => times + 1)
    await revalidate()
  }
  return (
    <Show when={open()} fallback={<p class="text-sm text-ink-3">There is nothing for you to decide now.</p>}>
      <Show
        when={undecided().length > 0}
        fallback={<p class="text-sm text-ink-2">Every submission has its verdict.</p>}
      >
        <ul class="divide-y divide-line border-y border-line">
          <For each={undecided()}>
            {(one) => (
              <BallotChoice
                of={one}
                challenge={props.challenge}
                jurors={jurors.value()?.get(one.submission.number) ?? []}
                chosen={ballots().get(one.submission.number)}
                onChoose={(ballot) => choose(one.submission.number, ballot)}
              />
            )}
          </For>
        </ul>
        <TextField
          label="Your reasons"
          rows={3}
          value={reasons()}
          onInput={setReasons}
          hint="They are published with the decision."
        />
        <Failure words={failure()} />
        <Button
          look="primary"
          class="justify-self-start"
          busy={busy()}
          disabled={busy() || chosen().length === 0 || reasons().trim() === ''}
          onClick={decide}
        >
          {busy()
            ? 'Waiting for signature and ledger…'
            : chosen().length > 0
              ? `${props.jury ? 'Vote on' : 'Decide'} ${formatCount(chosen().length, 'submission')}`
              : props.jury
                ? 'Vote'
                : 'Decide'}
        </Button>
      </Show>
      <Show when={!props.jury && ranksNow(props.challenge, now())}>
        <JudgeRanking challenge={props.challenge} />
      </Show>
    </Show>
  )
}
