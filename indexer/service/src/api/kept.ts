/**
 * Answers that were made a moment ago: who asks the same of the same state is sent the same, without its rows being read again. Only
 * what has an entity tag is kept, since its tag names the state that it was made from.
 */
import type { Context } from 'hono'
import type { AppEnv } from './context.ts'

/** `_meta` says how old the state is: an answer that is sent again is not much older. */
export const USUAL_MS = 1_000
const MOST = 2_000
const MOST_BYTES = 32 * 1024 * 1024
const LARGEST = 256 * 1024

export type KeptAnswer = { body: string; tag: string; headers: Record<string, string> }

/** Of an answer's headers, those that follow from the request and from the state alone. */
const NAMES = ['content-type', 'link', 'vary', 'etag', 'cache-control']

export const keptHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(NAMES.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))

/** What decides on an answer beside the state. */
export const keyOf = (c: Context<AppEnv>): string => `${c.req.url}\n${c.req.header('accept') ?? ''}`

export type Answers = {
  /** Whether it is worth to ask for the state. */
  has(key: string): boolean
  /** As it is to be sent; null: there is none. */
  find(state: string, key: string): KeptAnswer | null
  keep(state: string, key: string, answer: KeptAnswer): void
}

export function createAnswers(longestMs: number, now: () => number = () => performance.now()): Answers {
  let of = ''
  let bytes = 0
  const kept = new Map<string, KeptAnswer & { at: number }>()
  return {
    has: (key) => kept.has(key),
    find(state, key) {
      const found = of === state ? kept.get(key) : undefined
      return found && now() - found.at < longestMs ? found : null
    },
    keep(state, key, answer) {
      if (of !== state) {
        of = state
        bytes = 0
        kept.clear()
      }
      const { length } = answer.body
      if (length > LARGEST || kept.size >= MOST || bytes + length > MOST_BYTES) return
      bytes += length - (kept.get(key)?.body.length ?? 0)
      kept.set(key, { ...answer, at: now() })
    },
  }
}
