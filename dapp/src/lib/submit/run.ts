/** Moves the submit page's state: reads and checks the chosen file, then seals, uploads and sends it. */
import { type Accessor, createEffect, createSignal, onCleanup, untrack } from 'solid-js'
import { failureWords, inWords } from '../errors.ts'
import type { Manifest } from '../manifest.ts'
import { checkFile, publishedIds } from '../precheck.ts'
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
  /** From the address: a submission that was made before a reload. */
  number: string | undefined
  onNumber: (number: number | undefined) => void
}

export function createSubmitRun(options: RunOptions): SubmitRun {
  const [state, setState] = createSignal(startOf(options.number))
  const tell = (event: SubmitEvent) => void setState((now) => next(now, event))
  let sending: AbortController | undefined
  onCleanup(() => sending?.abort())

  createEffect(() => {
    const now = state()
    const manifest = options.manifest()
    if (now.at !== 'checking' || !manifest) return
    const stop = new AbortController()
    onCleanup(() => stop.abort())
    const { file, bytes } = now
    publishedIds(manifest)
      .then((ids) => checkFile(manifest, bytes, ids, stop.signal))
      .then((check) => tell({ type: 'checked', file, check }))
      .catch((error) => stop.signal.aborted || tell({ type: 'unreadable', file, words: inWords(error) }))
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
      const work = new AbortController()
      sending = work
      try {
        const { submitPredictions } = await import('../write/submit.ts')
        const done = await submitPredictions({
          challenge,
          csv: now.bytes,
          fileName: now.file.name,
          signal: work.signal,
          onDraft: (draft) => tell({ type: 'moved', draft }),
        })
        tell({ type: 'landed', number: done.number })
        options.onNumber(done.number)
      } catch (error) {
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
