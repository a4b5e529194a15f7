/** Waiting that can be interrupted, and how long to wait before the next try. */

/** Resolves after `ms`, or rejects with the signal's reason. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/** Doubles from `first` up to `most`; a fifth of jitter keeps many clients from knocking at the same moment. */
export function backoff(attempt: number, first = 250, most = 5_000, random: () => number = Math.random): number {
  const base = Math.min(most, first * 2 ** Math.min(attempt, 20))
  return Math.round(base * (0.8 + 0.4 * random()))
}

/** A server may ask to be left alone for a minute at most; who asks for more is asked again before. */
const LONGEST_WAIT = 60_000

/** The header's seconds or date, in milliseconds from now, `most` at the most; undefined where it says neither. */
export function readRetryAfter(
  header: string | null,
  now: number = Date.now(),
  most: number = LONGEST_WAIT,
): number | undefined {
  if (header === null || header.trim() === '') return undefined
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.min(most, Math.max(0, ms)) : undefined
}
