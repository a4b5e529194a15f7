/** How the oracle's upstreams are doing, from the calls that it makes anyway. */
import { type PublicError, publicError } from '../errors.ts'

export type Upstream = 'rpc' | 'ipfs'

export type Health = {
  /** Runs a call to an upstream and remembers how it ended; the error goes on to the caller. */
  watch<T>(upstream: Upstream, call: () => Promise<T>): Promise<T>
  errorOf(upstream: Upstream): PublicError | null
  /** Milliseconds since 1970 of the last answer; undefined before the first. */
  lastAnswer(upstream: Upstream): number | undefined
}

export function createHealth(now: () => number): Health {
  const errors = new Map<Upstream, PublicError>()
  const answers = new Map<Upstream, number>()
  return {
    async watch(upstream, call) {
      try {
        const result = await call()
        errors.delete(upstream)
        answers.set(upstream, now())
        return result
      } catch (error) {
        errors.set(upstream, publicError(error))
        throw error
      }
    },
    errorOf: (upstream) => errors.get(upstream) ?? null,
    lastAnswer: (upstream) => answers.get(upstream),
  }
}
