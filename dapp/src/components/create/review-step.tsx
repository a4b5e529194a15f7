/** Step 5: everything that can happen and when; then one signature. */
import { useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import { getOracles, untilListed } from '../../lib/api.ts'
import { networkNow } from '../../lib/clock.ts'
import { outcomesOf } from '../../lib/create/outcomes.ts'
import { clearDraft } from '../../lib/create/store.ts'
import { formTerms } from '../../lib/create/terms.ts'
import { failureWords, type Sent, type Words } from '../../lib/errors.ts'
import { formatAmount, formatScore, meetsSign, metricName } from '../../lib/format.ts'
import { readOracleStatus } from '../../lib/oracle-status.ts'
import { createTask } from '../../lib/task.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import type { CreateProgress } from '../../lib/write/create.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { ChallengePreview } from './challenge-preview.tsx'
import type { CreateState } from './context.ts'
import { keepTruth } from './keep-truth.ts'

const LOOK_FIRST =
  'Look at your account before you try again: a second signature would lock a second prize. Your draft is kept.'

export function ReviewStep(props: { state: CreateState; missing: string[] }): JSX.Element {
  const navigate = useNavigate()
  const [status, setStatus] = createSignal<string>()
  const [progress, setProgress] = createSignal<number>()
  const [failure, setFailure] = createSignal<Words>()
  const [warnings, setWarnings] = createSignal<string[]>([])
  let work: AbortController | undefined
  const [sent, setSent] = createSignal<Sent>('nothing')
  onCleanup(() => work?.abort())
  const { state } = props
  const goal = () =>
    `${meetsSign(state.trials()?.direction ?? 'maximize')} ${formatScore(Number(state.form.threshold))} (${metricName(state.form.metric)})`

  const silent = createTask(
    () => state.form.oracles.join(' '),
    async (addresses) => {
      const chosen = (await getOracles()).filter(({ address }) => addresses.split(' ').includes(address))
      const said = await Promise.all(chosen.map(async (one) => ({ ...one, status: await readOracleStatus(one) })))
      return said.filter(({ status }) => status === null).map(({ url }) => url)
    },
  )

  const outcomes = () => {
    const [sums, times, trials, decimals] = [state.sums(), state.times(), state.trials(), state.asset().decimals]
    const rows = state.prepared()?.target.rows ?? 0
    const terms = sums && times && trials && formTerms(state.form, { sums, times, trials, decimals, now: networkNow() })
    return terms ? outcomesOf(state.form, sums, times, terms, state.asset(), { goal: goal(), rows }) : []
  }

  const create = async () => {
    const data = state.prepared()
    const trials = state.trials()
    const sums = state.sums()
    if (!data || !trials || !sums) return
    work = new AbortController()
    setSent('nothing')
    setFailure()
    try {
      setStatus('Sealing the truth and trying the metric')
      const lib = await import('../../lib/write/create.ts')
      const baseline = state.form.baseline === 'file' ? state.files().baseline : undefined
      const prepared = await lib.prepare({
        form: state.form,
        data,
        trials,
        baseline: baseline ? new TextDecoder().decode(baseline.bytes) : null,
        feeBudget: sums.feeBudget,
        decimals: state.asset().decimals,
      })
      setWarnings(prepared.warnings)
      const created = await lib.create(prepared, work.signal, follow)
      setStatus('Locked. Waiting for the index to list it')
      keepTruth(created.challenge, data.truth, prepared.salt)
      await untilListed(created.challenge)
      void clearDraft()
      navigate(`/challenges/${created.challenge}`)
    } catch (error) {
      if (!work.signal.aborted || sent() === 'perhaps') setFailure(failureWords(error, sent(), LOOK_FIRST))
    } finally {
      setStatus()
      setProgress()
    }
  }
  const follow = (at: CreateProgress) => {
    setProgress()
    if (at.step === 'signing_in') setStatus('Waiting for your sign-in, which costs nothing')
    else if (at.step === 'uploading') {
      setStatus(`Uploading ${at.name}, file ${at.file} of ${at.files}`)
      setProgress(at.total > 0 ? at.sent / at.total : 0)
    } else if (at.step === 'funding')
      setStatus(
        at.progress.state === 'signing'
          ? 'Waiting for your signature'
          : at.progress.state === 'simulating'
            ? 'Asking the network what it costs'
            : 'Waiting for the ledger',
      )
    if (at.step === 'funding' && at.progress.state !== 'signing' && at.progress.state !== 'simulating')
      setSent('perhaps')
  }
  return (
    <Show
      when={state.sums() && state.times() && props.missing.length === 0}
      fallback={
        <Notice tone="wait" title="Not complete yet">
          {props.missing.length > 0
            ? `Look at these steps again: ${props.missing.join(', ')}.`
            : 'Some amounts or dates are missing.'}
        </Notice>
      }
    >
      <div class="grid gap-6">
        <ChallengePreview state={state} />
        <table class="w-full border-collapse text-sm">
          <caption class="text-left text-base font-600 pb-2">Everything that can happen, and when</caption>
          <thead class="sr-only">
            <tr>
              <th scope="col">When</th>
              <th scope="col">What happens</th>
            </tr>
          </thead>
          <tbody>
            <For each={outcomes()}>
              {(outcome) => (
                <tr class="border-b border-line align-top block sm:table-row py-2 sm:py-0">
                  <th scope="row" class="text-left font-600 pr-5 sm:py-2.5 sm:w-50 block sm:table-cell">
                    {outcome.when}
                  </th>
                  <td class="text-ink-2 sm:py-2.5 block sm:table-cell text-pretty">{outcome.what}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <For each={silent.value()}>
          {(url) => (
            <Notice tone="wait" title="An oracle does not answer">
              {url} does not answer this browser at the moment. The challenge takes submissions only once every oracle
              has accepted.
            </Notice>
          )}
        </For>
        <For each={warnings()}>{(warning) => <Notice tone="wait">{warning}</Notice>}</For>
        <Failure words={failure()} />
        <p role="status" class="text-sm text-ink-2 min-h-5">
          {status()}
        </p>
        <Show when={progress() !== undefined}>
          <progress class="w-full h-1.5 accent-accent" max="1" value={progress()} aria-label="Uploaded" />
        </Show>
        <div class="flex flex-wrap gap-3 items-center">
          <Show
            when={wallet()}
            fallback={
              <Button look="primary" icon="wallet" onClick={() => setDialogOpen(true)}>
                Connect a wallet to create
              </Button>
            }
          >
            <Button look="primary" icon="lock" disabled={Boolean(status())} busy={Boolean(status())} onClick={create}>
              Sign and lock {formatAmount(state.sums()?.total ?? 0n, state.asset())}
            </Button>
          </Show>
          <Show when={status()}>
            <Button look="quiet" onClick={() => work?.abort()}>
              Cancel
            </Button>
          </Show>
          <p class="text-xs text-ink-3 max-w-[46ch]">
            The wallet signs in to the file store once, which costs nothing, then signs one transaction. A copy of the
            truth and its salt is saved to your downloads: you need it to open the truth yourself.
          </p>
        </div>
      </div>
    </Show>
  )
}
