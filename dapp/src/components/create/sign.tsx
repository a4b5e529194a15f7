/** The signature, of the ledger's rules a second one: what is missing before it, what happens during it, and where it leads. */
import { useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import type { CreateProgress, PreparedChallenge } from '../../lib/create/create.ts'
import { judgedByLedger } from '../../lib/create/recount.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { clearDraft } from '../../lib/create/store.ts'
import { readOracleStatus } from '../../lib/oracle/status.ts'
import { createTask } from '../../lib/reactive/task.ts'
import { getOracles, untilListed } from '../../lib/read/api.ts'
import { setDialogOpen, wallet } from '../../lib/wallet/session.ts'
import { failureWords, type Sent, type Words } from '../../lib/words/errors.ts'
import { formatAmount } from '../../lib/words/format.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { keepTruth } from './keep-truth.ts'

const LOOK_FIRST =
  'Look at your account before you try again: a second signature would lock a second prize. Your draft is kept.'

type Progress = Extract<CreateProgress, { step: 'funding' }>['progress']
type Lib = typeof import('../../lib/create/create.ts')

export function Sign(props: {
  state: CreateState
  /** What is sealed, and saved for the maker: the truth, or the known answers. */
  sealed: { what: string; csv: () => string | undefined }
  prepare: () => Promise<PreparedChallenge | undefined>
}): JSX.Element {
  const navigate = useNavigate()
  const [status, setStatus] = createSignal<string>()
  const [progress, setProgress] = createSignal<number>()
  const [failure, setFailure] = createSignal<Words>()
  const [warnings, setWarnings] = createSignal<string[]>([])
  const [sent, setSent] = createSignal<Sent>('nothing')
  let work: AbortController | undefined
  onCleanup(() => work?.abort())
  const { state } = props
  const silent = createTask(
    () => state.form.oracles.join(' '),
    async (addresses) => {
      const chosen = (await getOracles()).filter(({ address }) => addresses.split(' ').includes(address))
      const said = await Promise.all(chosen.map(async (one) => ({ ...one, status: await readOracleStatus(one) })))
      return said.filter(({ status }) => status === null).map(({ url }) => url)
    },
  )
  const create = async () => {
    const signing = new AbortController()
    work = signing
    setSent('nothing')
    setFailure()
    try {
      setStatus(`Sealing ${props.sealed.what} and trying the metric`)
      const lib = await import('../../lib/create/create.ts')
      const prepared = await props.prepare()
      if (!prepared) return
      setWarnings(prepared.warnings)
      const challenge = await created(lib, prepared, signing.signal)
      setStatus('Locked. Waiting for the index to list it')
      await untilListed(challenge)
      // A browser that keeps no files has none to forget.
      clearDraft().catch(() => {})
      navigate(`/challenges/${challenge}`)
    } catch (error) {
      if (!signing.signal.aborted || sent() === 'perhaps') setFailure(failureWords(error, sent(), LOOK_FIRST))
    } finally {
      setStatus()
      setProgress()
    }
  }
  /** The challenge's number as soon as the ledger has it: what happens to the second signature, its page goes on with. */
  const created = async (lib: Lib, prepared: PreparedChallenge, signal: AbortSignal): Promise<number> => {
    const csv = props.sealed.csv()
    let funded: number | undefined
    const keep = (challenge: number) => {
      if (funded === undefined && csv !== undefined) keepTruth(challenge, csv, prepared.salt)
      funded = challenge
    }
    try {
      const { challenge } = await lib.create(prepared, signal, (at) => {
        if (at.step === 'fixing_rules') keep(at.challenge)
        follow(at)
      })
      keep(challenge)
      return challenge
    } catch (error) {
      if (funded === undefined) throw error
      return funded
    }
  }
  const follow = (at: CreateProgress) => {
    setProgress()
    if (at.step === 'signing_in') setStatus('Waiting for your sign-in, which costs nothing')
    else if (at.step === 'uploading_media') {
      setStatus(`Uploading the items’ files, ${at.sent} of ${at.total}`)
      setProgress(at.total > 0 ? at.sent / at.total : 0)
    } else if (at.step === 'uploading') {
      setStatus(`Uploading ${at.name}, file ${at.file} of ${at.files}`)
      setProgress(at.total > 0 ? at.sent / at.total : 0)
    } else if (at.step === 'funding') setStatus(signingWords(at.progress, 'Waiting for your signature'))
    else if (at.step === 'fixing_rules')
      setStatus(
        signingWords(at.progress, 'Locked. Waiting for your second signature, which fixes how the ledger scores'),
      )
    if (at.step === 'funding' && at.progress.state !== 'signing' && at.progress.state !== 'simulating')
      setSent('perhaps')
  }
  return (
    <>
      <For each={silent.value()}>
        {(url) => (
          <Notice tone="wait" title="An oracle does not answer">
            {url} does not answer this browser at the moment. The challenge takes submissions only once every oracle has
            accepted.
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
          The wallet signs in to the file store once, which costs nothing, then signs{' '}
          {judgedByLedger(state.form) ? 'two transactions' : 'one transaction'}. A copy of {props.sealed.what} and its
          salt is saved to your downloads: you need it to open {props.sealed.what} yourself.
        </p>
      </div>
    </>
  )
}

function signingWords({ state }: Progress, signing: string): string {
  if (state === 'signing') return signing
  return state === 'simulating' ? 'Asking the network what it costs' : 'Waiting for the ledger'
}
