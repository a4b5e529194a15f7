/** Moves the submit page's state: reads and checks the chosen file, then seals, signs and hands it out; resumes what was begun before. */
import { type Accessor, createEffect, createSignal, onCleanup, untrack } from 'solid-js'
import type { Manifest } from '../content/manifest.ts'
import { config } from '../site/config.ts'
import { wallet } from '../wallet/session.ts'
import { failureWords, inWords } from '../words/errors.ts'
import type { Draft } from '../words/path.ts'
import { unfinishedDrafts } from '../write/drafts.ts'
import { checkFile, publishedIds } from './precheck.ts'
import { maybeSent, next, type SubmitEvent, type SubmitState, startOf } from './state.ts'

export type SubmitRun = {
  state: Accessor<SubmitState>
  choose(file: File): void
  submit(): Promise<void>
  cancel(): void
  again(): void
}

type RunOptions = {
  challenge: Accessor<number>
  manifest: Accessor<Manifest | undefined>
  /** The ids that the file must have; what the maker published where this is not given. */
  ids?: (manifest: Manifest) => Promise<readonly string[] | undefined>
  /** From the address: a submission that was made before a reload. */
  number: string | undefined
  onNumber: (number: number | undefined) => void
}

/** Between two tries to hand a file out. */
const RETRY_MS = 8_000

export function createSubmitRun(options: RunOptions): SubmitRun {
  const [state, setState] = createSignal(startOf(options.number))
  const tell = (event: SubmitEvent) => void setState((now) => next(now, event))
  const gone = new AbortController()
  let sending: AbortController | undefined
  onCleanup(() => {
    sending?.abort()
    gone.abort()
  })

  createEffect(() => {
    const now = state()
    const manifest = options.manifest()
    if (now.at !== 'checking' || !manifest) return
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    const { file, bytes } = now
    const ids = options.ids ?? publishedIds
    ids(manifest)
      .then((ids) => checkFile(manifest, bytes, ids, stop.signal))
      .then((check) => tell({ type: 'checked', file, check }))
      .catch((error) => stop.signal.aborted || tell({ type: 'unreadable', file, words: inWords(error) }))
  })

  const draftsHere = (solver: string) => {
    const { passphrase, contract } = config()
    return unfinishedDrafts({ network: passphrase, contract, challenge: untrack(options.challenge), solver })
  }
  const inLedger = async (solver: string) => (await draftsHere(solver)).filter(({ stage }) => stage === 'submitted')
  let handing = false
  /** Until the oracles have the files, or the page is left; the drafts stay for the next visit. */
  const handOut = async (solver: string) => {
    if (handing) return
    handing = true
    for (let open = await inLedger(solver); open.length > 0 && !gone.signal.aborted; open = await inLedger(solver)) {
      const numbers = open.flatMap(({ number }) => number ?? [])
      const all = (event: (number: number) => SubmitEvent) => {
        for (const number of numbers) tell(event(number))
      }
      let why = ''
      try {
        const { resumeHandOut } = await import('../write/submit.ts')
        const onDraft = (draft: Draft) => all((number) => ({ type: 'handing', number, draft }))
        await resumeHandOut(solver, { signal: gone.signal, onDraft })
      } catch (error) {
        why = inWords(error).sentence
      }
      if (gone.signal.aborted) break
      const left = new Set((await inLedger(solver)).map(({ number }) => number))
      all((number) => (left.has(number) ? { type: 'unheard', number, why } : { type: 'handed', number }))
      if (left.size > 0) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
    handing = false
  }

  createEffect(() => {
    const solver = wallet()?.address
    if (!solver) return
    void inLedger(solver).then(([draft]) => {
      if (draft?.number === undefined || gone.signal.aborted) return
      tell({ type: 'resumed', number: draft.number })
      const now = untrack(state)
      if (now.at === 'landed' && now.number === draft.number) options.onNumber(draft.number)
      void handOut(solver)
    })
  })

  return {
    state,
    choose(file) {
      tell({ type: 'chosen', file })
      file
        .arrayBuffer()
        .then((buffer) => tell({ type: 'read', file, bytes: new Uint8Array(buffer) }))
        .catch((error) => tell({ type: 'unreadable', file, words: inWords(error) }))
    },
    async submit() {
      tell({ type: 'submitting' })
      const now = untrack(state)
      if (now.at !== 'sending') return
      const challenge = untrack(options.challenge)
      const solver = untrack(wallet)?.address
      const work = new AbortController()
      sending = work
      let number: number | undefined
      const land = (landed: number) => {
        if (number !== undefined) return
        number = landed
        tell({ type: 'landed', number })
        options.onNumber(number)
      }
      try {
        const { submitPredictions } = await import('../write/submit.ts')
        const done = await submitPredictions({
          challenge,
          csv: now.bytes,
          fileName: now.file.name,
          signal: work.signal,
          onDraft: (draft) =>
            tell(number === undefined ? { type: 'moved', draft } : { type: 'handing', number, draft }),
          onNumber: land,
        })
        land(done.number)
        tell({ type: 'handed', number: done.number })
      } catch (error) {
        if (number !== undefined) {
          tell({ type: 'unheard', number, why: inWords(error).sentence })
          if (solver) void handOut(solver)
          return
        }
        if (work.signal.aborted) return tell({ type: 'cancelled' })
        const last = untrack(state)
        const sent = last.at === 'sending' && maybeSent(last.draft)
        tell({ type: 'failed', words: failureWords(error, sent ? 'perhaps' : 'nothing', RESUMES) })
      }
    },
    cancel() {
      const now = untrack(state)
      if (now.at === 'sending' && !maybeSent(now.draft)) sending?.abort()
    },
    again() {
      tell({ type: 'again' })
      options.onNumber(undefined)
    },
  }
}

const RESUMES = 'Try again with the same file: it first looks for that transaction, and submits nothing twice.'
