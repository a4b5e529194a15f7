/** Appeals against rejected batches where earnings are paid: how they ended, and for the reviewer each one to decide by one key, all by one signature. */
import { partOf } from '@stellartrain/sdk/counted'
import { createMemo, createSignal, type JSX, onCleanup, Show } from 'solid-js'
import { isPlain, isTyping } from '../../lib/label/keys.ts'
import { createTask } from '../../lib/reactive/task.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { attemptAction } from '../../lib/wallet/sent.ts'
import { wallet } from '../../lib/wallet/session.ts'
import { inWords, type Words } from '../../lib/words/errors.ts'
import { formatCount } from '../../lib/words/format.ts'
import type { Decided, Appeals as Found, OpenAppeal } from '../../lib/write/work.ts'
import { KeyCap } from '../label/choice-button.tsx'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Hash } from '../ui/hash.tsx'

/** Decisions that one list takes. */
const MOST = 1_000

export function Appeals(props: { challenge: Challenge }): JSX.Element {
  const [decided, setDecided] = createSignal<Decided>()
  const read = createTask(
    () => `${props.challenge.id} ${props.challenge.earnings?.epochs} ${decided()?.number ?? 0}`,
    async () => (await import('../../lib/write/work.ts')).appealsOf(props.challenge.id),
  )
  // What was chosen stays while a new epoch has the list read again; who has signed begins anew.
  const of = () => `${props.challenge.id} ${decided()?.number ?? 0}`
  const last = createMemo<{ of: string; found: Found } | undefined>((before) => {
    const found = read.value()
    if (found) return { of: of(), found }
    return before?.of === of() && !read.failure() ? before : undefined
  })
  return (
    <section class="grid gap-3" aria-label="Appeals">
      <h2 class="section-title">Appeals</h2>
      <Given when={decided()}>
        {(done) => (
          <p class="text-sm text-ink-2" role="status">
            Decided: {partOf(done().took.length, done().oracles, 'oracle')} took your decisions.
          </p>
        )}
      </Given>
      <Given
        when={last()?.found}
        fallback={
          <p class="text-sm text-ink-3">{read.failure() ? inWords(read.failure()).sentence : 'Asking the oracles…'}</p>
        }
      >
        {(found) => (
          <>
            <p class="text-sm text-ink-2 max-w-[68ch]">{appealsWords(found())}</p>
            <Show
              when={wallet()?.address === found().reviewer}
              fallback={
                <p class="text-xs text-ink-3 flex flex-wrap items-baseline gap-x-2">
                  Decided by <Hash value={found().reviewer} what="reviewer" href={`/accounts/${found().reviewer}`} />
                </p>
              }
            >
              <Decide challenge={props.challenge} found={found()} onDecided={setDecided} />
            </Show>
          </>
        )}
      </Given>
    </section>
  )
}

/** How appeals ended, and how many wait. */
export function appealsWords({ won, lost, appeals }: Pick<Found, 'won' | 'lost' | 'appeals'>): string {
  const waiting = appeals.length === 0 ? '' : ` ${formatCount(appeals.length, 'appeal waits', 'appeals wait')}.`
  if (won + lost === 0) return appeals.length === 0 ? 'No labeler has appealed.' : waiting.trim()
  if (won + lost === 1) return `The one decided appeal was ${won === 1 ? 'won' : 'lost'}.${waiting}`
  return `Labelers won ${partOf(won, won + lost, 'decided appeal')} (${Math.round((won / (won + lost)) * 100)} %).${waiting}`
}

type Choice = 'accept' | 'uphold'
const nameOf = ({ labeler, attempt }: OpenAppeal) => `${labeler}/${attempt}`

function Decide(props: { challenge: Challenge; found: Found; onDecided: (decided: Decided) => void }): JSX.Element {
  const [choices, setChoices] = createSignal<readonly { of: OpenAppeal; choice: Choice }[]>([])
  const [withdraw, setWithdraw] = createSignal('')
  const [busy, setBusy] = createSignal(false)
  const [failure, setFailure] = createSignal<Words>()
  const open = createMemo(() => {
    const done = new Set(choices().map(({ of }) => nameOf(of)))
    return props.found.appeals.filter((one) => !done.has(nameOf(one)))
  })
  /** Without those that were settled meanwhile. */
  const chosen = createMemo(() => {
    const there = new Set(props.found.appeals.map(nameOf))
    return choices().filter(({ of }) => there.has(nameOf(of)))
  })
  const current = () => (choices().length < MOST ? open()[0] : undefined)
  const choose = (choice: Choice) => {
    const of = current()
    if (of && !busy()) setChoices((all) => [...all, { of, choice }])
  }
  const undo = () => setChoices((all) => all.slice(0, -1))
  let place: HTMLElement | undefined
  const onKey = (event: KeyboardEvent) => {
    if (!isPlain(event) || isTyping(event.target) || !place?.contains(document.activeElement)) return
    if (event.key === 'a' && current()) choose('accept')
    else if (event.key === 'r' && current()) choose('uphold')
    else if (event.key === 'u' && choices().length > 0 && !busy()) undo()
    else return
    event.preventDefault()
  }
  document.addEventListener('keydown', onKey)
  onCleanup(() => document.removeEventListener('keydown', onKey))
  const items = () =>
    withdraw()
      .split('\n')
      .flatMap((one) => one.trim() || [])
  const count = () => chosen().length + items().length
  const sign = async () => {
    setBusy(true)
    const named = (choice: Choice) => chosen().flatMap((one) => (one.choice === choice ? [one.of] : []))
    const decisions = { accepted: named('accept'), upheld: named('uphold'), withdrawn: items() }
    let decided: Decided | undefined
    const failed = await attemptAction(async () => {
      decided = await (await import('../../lib/write/work.ts')).decide(props.challenge.id, decisions)
    })
    setBusy(false)
    setFailure(failed)
    if (decided) props.onDecided(decided)
  }
  return (
    <section class="grid gap-3 outline-none" tabindex={-1} ref={place} aria-label="Appeals to decide">
      <Given when={current()}>
        {(appeal) => (
          <div class="card px-4 py-4 grid gap-3">
            <p class="text-sm flex flex-wrap items-baseline gap-x-2">
              Batch {appeal().attempt} of
              <Hash value={appeal().labeler} what="labeler" href={`/accounts/${appeal().labeler}`} />
            </p>
            <p class="text-sm text-ink-2 max-w-[68ch]">{appeal().rejected}</p>
            <p class="text-sm max-w-[68ch] [overflow-wrap:anywhere]">“{appeal().why}”</p>
            <div class="flex flex-wrap gap-2">
              <Button disabled={busy()} onClick={() => choose('accept')}>
                <KeyCap name="a" /> Accept it after all
              </Button>
              <Button disabled={busy()} onClick={() => choose('uphold')}>
                <KeyCap name="r" /> Leave it rejected
              </Button>
            </div>
          </div>
        )}
      </Given>
      <details>
        <summary class="summary text-sm text-ink-2">Withdraw known items that turned out wrong</summary>
        <TextField
          label="Ids of known items"
          rows={3}
          class="max-w-120 pt-2"
          value={withdraw()}
          onInput={setWithdraw}
          hint="One a line. Every batch that was rejected because of one is paid without an appeal; what was paid stays paid."
        />
      </details>
      <Show when={count() > 0}>
        <p class="text-sm text-ink-2" role="status">
          {formatCount(count(), 'decision')}: {chosen().filter(({ choice }) => choice === 'accept').length} accepted,{' '}
          {chosen().filter(({ choice }) => choice === 'uphold').length} left rejected, {items().length} withdrawn. What
          is signed stays.
        </p>
        <div class="flex flex-wrap gap-2">
          <Button look="primary" busy={busy()} disabled={busy()} onClick={() => void sign()}>
            {busy() ? 'Waiting for your signature…' : `Sign ${formatCount(count(), 'decision')}`}
          </Button>
          <Show when={choices().length > 0}>
            <Button icon="back" disabled={busy()} onClick={undo}>
              Undo the last one
            </Button>
          </Show>
        </div>
      </Show>
      <Failure words={failure()} />
    </section>
  )
}
