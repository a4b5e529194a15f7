/** A batch that earnings are paid for, from its last answer to the oracles: one signature, no transaction. */
import { type Accessor, createSignal, onCleanup, untrack } from 'solid-js'
import { failureWords, type Words } from '../words/errors.ts'

export type HandInState =
  | { at: 'ready' }
  | { at: 'sending' }
  | { at: 'failed'; words: Words }
  | { at: 'done'; attempt: number; units: number; took: number }

export type HandIn = {
  state: Accessor<HandInState>
  send(csv: string): Promise<void>
  again(): void
}

export function createHandIn(challenge: () => number): HandIn {
  const [state, setState] = createSignal<HandInState>({ at: 'ready' })
  const gone = new AbortController()
  onCleanup(() => gone.abort())
  return {
    state,
    async send(csv) {
      if (untrack(state).at === 'sending') return
      setState({ at: 'sending' })
      try {
        const { handIn } = await import('../write/work.ts')
        const { attempt, units, took } = await handIn(untrack(challenge), csv, { signal: gone.signal })
        setState({ at: 'done', attempt, units, took: took.length })
      } catch (error) {
        // Repeating it is safe: the oracles know a file that they have.
        if (!gone.signal.aborted) setState({ at: 'failed', words: failureWords(error, 'nothing') })
      }
    },
    again: () => void setState({ at: 'ready' }),
  }
}
