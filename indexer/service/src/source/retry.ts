/** Asks again what failed and may succeed later, as long as it takes; the wait grows, and is never shorter than the server asked for. */
import { ChainFailure } from '@stellartrain/contracts-client'
import { IndexerError } from '../errors.ts'
import { pause } from './pause.ts'

export type RetryOptions = {
  signal: AbortSignal
  /** Told before each wait; may throw to give up. */
  failed?: (error: Error, failures: number) => void
  random?: () => number
  /** Milliseconds; the first wait and the longest. */
  first?: number
  longest?: number
  /** How long waits are, in parts of the usual: less than 1 for those who test what happens behind them. */
  patience?: number | undefined
}

/** @throws what cannot be asked again, and the signal's reason */
export async function retrying<T>(ask: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, random = Math.random, first = 200, longest = 10_000, patience = 1 } = options
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted()
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error
      options.failed?.(error, failures)
      const wait = patience * Math.min(longest, first * 2 ** Math.min(failures - 1, 20)) * (0.75 + 0.5 * random())
      const asked = error instanceof ChainFailure ? (error.retryAfterMs ?? 0) : 0
      await pause(Math.max(wait, asked), signal)
    }
  }
}

export const mayPass = (error: unknown): error is ChainFailure | IndexerError =>
  (error instanceof ChainFailure || error instanceof IndexerError) && error.retryable
