/** What this attempt costs and how many there are, read from the ledger for the connected account; or what is in the way. */
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { config } from '../../lib/site/config.ts'
import type { Standing as State } from '../../lib/submit/standing.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { accountChanged, wallet } from '../../lib/wallet/session.ts'
import { titles, type Words } from '../../lib/words/errors.ts'
import { formatAmount, formatCount, formatDuration } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'

export function Standing(props: { challenge: Challenge; state: State }): JSX.Element {
  const now = createNow()
  const closes = () => formatDuration((Date.parse(props.challenge.deadline) - now()) / 1000)
  const clear = () => (props.state.at === 'clear' ? props.state.terms : undefined)
  const barred = () => (props.state.at === 'barred' ? props.state : undefined)
  const held = () => (props.state.at === 'held' ? props.state : undefined)
  const deposit = (units: bigint) =>
    units > 0n ? `deposit ${formatAmount(units, props.challenge.asset)}, returned when the file is valid` : 'no deposit'
  const carry = (units: bigint) =>
    units > 0n
      ? ` · up to ${formatAmount(units, props.challenge.asset)} of grading fees, because the maker's fee budget is used up`
      : ''
  return (
    <div class="text-sm text-ink-2" aria-live="polite">
      <Switch>
        <Match when={!wallet()}>
          <p>
            {formatCount(props.challenge.attemptsPerDay, 'attempt')} a day, {props.challenge.attempts} in total ·{' '}
            {deposit(BigInt(props.challenge.deposit))} · closes in {closes()}
          </p>
        </Match>
        <Match when={clear()} keyed>
          {(terms) => (
            <p>
              Attempt <span class="num text-ink">{terms.attempt}</span> · {terms.attemptsLeftToday} of{' '}
              {props.challenge.attemptsPerDay} left today, {terms.attemptsLeft} in total · {deposit(terms.deposit)}
              {carry(terms.carry)} · closes in {closes()}
            </p>
          )}
        </Match>
        <Match when={barred()} keyed>
          {({ code, words }) => (
            <Notice tone="info" title={titles[code] ?? 'This account cannot submit here'}>
              {words.sentence}
            </Notice>
          )}
        </Match>
        <Match when={held()} keyed>
          {({ code, words }) => <Held code={code} words={words} challenge={props.challenge} />}
        </Match>
      </Switch>
    </div>
  )
}

/** Something that can be put right, here where it can. */
function Held(props: { code: string; words: Words; challenge: Challenge }): JSX.Element {
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const help = async (work: (lib: typeof import('../../lib/write/account.ts')) => Promise<void>) => {
    setBusy(true)
    setFailure(await attemptAction(async () => work(await import('../../lib/write/account.ts'))))
    setBusy(false)
    accountChanged()
  }
  return (
    <div class="grid gap-3">
      <Notice
        tone="wait"
        title={titles[props.code] ?? 'This account cannot submit now'}
        details={props.words.details}
        actions={
          <>
            <Show when={(props.code === 'no_funds' || props.code === 'no_account') && config().friendbotUrl}>
              <Button
                look="primary"
                disabled={busy()}
                busy={busy()}
                onClick={() => help((lib) => lib.askFriendbot(wallet()!.address))}
              >
                Get test money
              </Button>
            </Show>
            <Show when={props.code === 'no_trustline'}>
              <Button
                look="primary"
                disabled={busy()}
                busy={busy()}
                onClick={() => help((lib) => lib.acceptAsset(props.challenge.asset))}
              >
                Add {props.challenge.asset.code} to the account
              </Button>
            </Show>
          </>
        }
      >
        {props.words.sentence}
      </Notice>
      <Failure words={failure()} />
    </div>
  )
}
