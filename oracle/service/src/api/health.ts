/** How the oracle's upstreams are doing, from the calls that it makes anyway. */
import { type PublicError, publicError } from '../errors.ts'

export type Upstream = 'rpc' | 'ipfs'

/** An old failure says nothing about now; what still fails fails again within this time. */
const FORGOTTEN_MS = 90_000

export type Health = {
  /** Runs a call to an upstream and remembers how it ended; the error goes on to the caller. */
  watch<T>(upstream: Upstream, call: () => Promise<T>): Promise<T>
  errorOf(upstream: Upstream): PublicError | null
  /** Milliseconds since 1970 of the last answer; undefined before the first. */
  lastAnswer(upstream: Upstream): number | undefined
}

export function createHealth(now: () => number): Health {
  const errors = new Map<Upstream, { error: PublicError; at: number }>()
  const answers = new Map<Upstream, number>()
  return {
    async watch(upstream, call) {
      try {
        const result = await call()
        errors.delete(upstream)
        answers.set(upstream, now())
        return result
      } catch (error) {
        errors.set(upstream, { error: publicError(error), at: now() })
        throw error
      }
    },
    errorOf(upstream) {
      const last = errors.get(upstream)
      return last !== undefined && now() - last.at < FORGOTTEN_MS ? last.error : null
    },
    lastAnswer: (upstream) => answers.get(upstream),
  }
}
