/** Whether RPC and IPFS answer, from the calls that the oracle makes anyway. */
import { type PublicError, publicError } from '../errors.ts'

export type Upstream = 'rpc' | 'ipfs'

/** An older failure is no longer current: what still fails has failed again within this time. */
const CURRENT_MS = 90_000

export type Upstreams = {
  /** Runs a call to an upstream and remembers how it ended; the caller gets the error. */
  watch<T>(upstream: Upstream, call: () => Promise<T>): Promise<T>
  errorOf(upstream: Upstream): PublicError | null
  /** Milliseconds, on the clock of `now`, of the last answer; undefined before the first. */
  lastAnswer(upstream: Upstream): number | undefined
}

/** @param now milliseconds that only grow */
export function createUpstreams(now: () => number): Upstreams {
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
      return last !== undefined && now() - last.at < CURRENT_MS ? last.error : null
    },
    lastAnswer: (upstream) => answers.get(upstream),
  }
}
