/** Label: what it pays and by which rule, then one item at a time, then one signature for the batch and its path to the payment. */
import { A, useSearchParams } from '@solidjs/router'
import {
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  lazy,
  Match,
  on,
  onCleanup,
  Show,
  Suspense,
  Switch,
} from 'solid-js'
import { OfAddress } from '../components/challenge/of-address.tsx'
import { Unreadable } from '../components/challenge/unreadable.tsx'
import { Intro } from '../components/label/intro.tsx'
import { Button, LinkButton } from '../components/ui/button.tsx'
import { Given } from '../components/ui/given.tsx'
import { Notice } from '../components/ui/notice.tsx'
import { Skeleton } from '../components/ui/skeleton.tsx'
import { Title } from '../components/ui/title.tsx'
import { createManifest } from '../lib/content/manifest.ts'
import { createBatch } from '../lib/label/batch.ts'
import { createHandIn } from '../lib/label/hand-in.ts'
import { createNow } from '../lib/reactive/clock.ts'
import type { Challenge, Submission } from '../lib/read/types.ts'
import { createSubmitRun } from '../lib/submit/run.ts'
import { createStanding, type StandingTerms } from '../lib/submit/standing.ts'
import { wallet } from '../lib/wallet/session.ts'
import { titleOf } from '../lib/words/challenge-words.ts'
import { paysLabels, takesWork } from '../lib/words/payout.ts'
import { phaseAt, phaseWords, takesLabels } from '../lib/words/phases.ts'

// What comes after the first look loads with the items that are asked for.
const Working = lazy(async () => ({ default: (await import('../components/label/working.tsx')).Working }))
const HandedIn = lazy(async () => ({ default: (await import('../components/label/handed-in.tsx')).HandedIn }))
const Landed = lazy(async () => ({ default: (await import('../components/submit/landed.tsx')).Landed }))

export default function Label(): JSX.Element {
  return <OfAddress>{(it) => <Page challenge={it()} />}</OfAddress>
}

function Page(props: { challenge: Challenge }): JSX.Element {
  const [search, setSearch] = useSearchParams<{ number: string }>()
  const manifest = createManifest(() => props.challenge.manifest)
  const now = createNow()
  const open = createMemo(() => takesLabels(props.challenge, now()))
  const run = createSubmitRun({
    challenge: () => props.challenge.id,
    manifest: manifest.value,
    ids: async () => {
      const state = batch.state()
      return state.at === 'ready' ? [...state.batch.items.keys()] : undefined
    },
    number: search.number,
    onNumber: (number) => setSearch({ number }, { replace: true, scroll: false }),
  })
  // Each end of a batch changes what the ledger says of the account.
  const [version, setVersion] = createSignal(0)
  const ends = createMemo<number>((count) => count + (['landed', 'stopped'].includes(run.state().at) ? 1 : 0), 0)
  const work = () => props.challenge.payout.rule === 'earnings'
  const standing = createStanding(
    () => props.challenge.id,
    () => version() + ends(),
    async (id, labeler) =>
      work()
        ? nextOf(await import('../lib/write/work.ts'), id, labeler)
        : (await import('../lib/write/submit.ts')).standingOf(id, labeler),
  )
  const batch = createBatch({ challenge: () => props.challenge.id, manifest: manifest.value, standing, work })
  const handIn = createHandIn(() => props.challenge.id)
  const handedIn = createMemo(() => {
    const state = handIn.state()
    return state.at === 'done' ? state : undefined
  })
  const landed = createMemo(() => {
    const state = run.state()
    return state.at === 'landed' ? state : undefined
  })
  const working = createMemo(() => {
    const state = batch.state()
    return state.at === 'ready' ? state.batch : undefined
  })
  // The verdict on a batch that was waited for.
  createEffect(
    on(
      () => props.challenge.concluded,
      () => standing().at === 'held' && setVersion((count) => count + 1),
      { defer: true },
    ),
  )
  // A page that was closed between the signature and the ledger still has the sealed file of that batch.
  const gone = new AbortController()
  onCleanup(() => gone.abort())
  let handed = false
  createEffect(() => {
    const now = standing()
    const labeler = wallet()?.address
    if (handed || !labeler || now.at !== 'held' || now.code !== 'batch_pending') return
    handed = true
    void import('../lib/write/submit.ts')
      .then(({ resumeHandOut }) => resumeHandOut(labeler, { signal: gone.signal, onDraft: () => {} }))
      // What stays is tried again at the next visit.
      .catch(() => {})
  })
  const again = () => {
    batch.leave()
    run.again()
    handIn.again()
    setVersion((count) => count + 1)
  }
  return (
    <div class="grid gap-6 max-w-220">
      <Title>{`Label ${titleOf(props.challenge)}`}</Title>
      <header class="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 class={working() && !landed() ? 'text-sm font-600' : 'page-title'}>Label</h1>
        <p class="text-sm min-w-0 [overflow-wrap:anywhere]">
          <A class="link" href={`/challenges/${props.challenge.id}`}>
            {titleOf(props.challenge)}
          </A>
        </p>
      </header>
      <Switch>
        <Match when={landed()?.number} keyed>
          {(number) => (
            <Suspense fallback={<Skeleton lines={5} />}>
              <Landed
                challenge={props.challenge}
                number={number}
                draft={landed()?.draft ?? null}
                onAgain={again}
                next={(known) => <Next known={known()} open={open()} onNext={again} />}
              />
            </Suspense>
          )}
        </Match>
        <Match when={handedIn()} keyed>
          {(done) => (
            <Suspense fallback={<Skeleton lines={3} />}>
              <HandedIn
                challenge={props.challenge.id}
                oracles={props.challenge.oracles.length}
                done={done}
                open={open()}
                onNext={again}
              />
            </Suspense>
          )}
        </Match>
        <Match
          when={!(open() || working()) || (work() && manifest.value() && !takesWork(props.challenge, manifest.value()))}
        >
          <NotNow challenge={props.challenge} labels={!work() || takesWork(props.challenge, manifest.value())} />
        </Match>
        <Match when={true}>
          <Suspense fallback={<Unreadable manifest={manifest} />}>
            <Given when={manifest.value()} fallback={<Unreadable manifest={manifest} />}>
              {(described) => (
                <Show
                  when={working()}
                  keyed
                  fallback={
                    <Intro challenge={props.challenge} manifest={described()} batch={batch} standing={standing()} />
                  }
                >
                  {(it) => (
                    <Working
                      challenge={props.challenge}
                      manifest={described()}
                      batch={it}
                      run={run}
                      handIn={handIn}
                      standing={standing()}
                      onEnded={again}
                    />
                  )}
                </Show>
              )}
            </Given>
          </Suspense>
        </Match>
      </Switch>
    </div>
  )
}

/** What no ledger knows: the oracles have the batches. Nothing is paid in. */
async function nextOf(
  { handedIn }: typeof import('../lib/write/work.ts'),
  challenge: number,
  labeler: string,
): Promise<StandingTerms> {
  const attempts = await handedIn(challenge, labeler)
  return { attempt: attempts + 1, attemptsLeft: 0, attemptsLeftToday: 0, deposit: 0n, carry: 0n }
}

/** One batch at a time: the next one is handed out once this one has its verdict. */
function Next(props: { known: Submission | undefined; open: boolean; onNext: () => void }): JSX.Element {
  const waits = () => props.known === undefined || props.known.status === 'pending'
  return (
    <Show when={props.open}>
      <Button look="primary" icon="arrow" disabled={waits()} onClick={() => props.onNext()}>
        Label the next batch
      </Button>
      <Show when={waits()}>
        <p class="text-xs text-ink-3 self-center">It can be asked for when this one has its verdict.</p>
      </Show>
    </Show>
  )
}

/** Why nothing is labeled here: another kind of challenge, too early, or too late. */
function NotNow(props: { challenge: Challenge; labels: boolean }): JSX.Element {
  const now = createNow()
  const phase = () => phaseAt(props.challenge, now())
  const labels = () => props.labels && paysLabels(props.challenge)
  return (
    <Notice
      tone="info"
      title={labels() ? phaseWords[phase()].word : 'No batches of labels are paid here'}
      actions={<LinkButton href={`/challenges/${props.challenge.id}`}>Back to the challenge</LinkButton>}
    >
      {labels()
        ? `${phaseWords[phase()].sentence} No batch would be taken now.`
        : 'The challenge’s page says how to take part.'}
    </Notice>
  )
}
