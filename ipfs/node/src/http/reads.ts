/** Answers on their way, within bounds: so many at once, so many of one address, and none that takes nothing. */
import { createPlaces, type Log } from '@stellartrain/service'
import { IpfsError } from '../errors.ts'
import type { IpfsMetrics } from '../metrics.ts'

const AT_ONCE = 256
/** Of one address. Oracles and pages read a few blocks at a time. */
const PER_ADDRESS = 64
/** Less than 64 KiB in half a minute is too slow, and six hours are enough for the largest file. */
const PACE = { leastBytes: 65_536, tooSlowMs: 30_000, longestMs: 6 * 3_600_000 }
/** Broken answers are counted one by one, and logged once in so long: anybody can ask for a hostile tree. */
const LOG_MS = 60_000

export type Reads = {
  /**
   * The bytes as they are read. A broken block in the middle breaks the connection, for a shorter file must not look like a whole one.
   * @param client null is without a limit of its own @param destroy ends the connection
   * @throws IpfsError `busy` where no place is free
   */
  stream(
    pieces: () => AsyncGenerator<Uint8Array>,
    to: { client: string | null; about: { requestId: string; path: string }; destroy: (() => void) | undefined },
  ): ReadableStream<Uint8Array>
}

export type ReadsDeps = { metrics: Pick<IpfsMetrics, 'read' | 'reading'>; log: Log; now?: () => number }

export function createReads({ metrics, log, now = () => performance.now() }: ReadsDeps): Reads {
  const places = createPlaces({ atOnce: AT_ONCE, ...PACE, now, refusal: busy })
  const addresses = createPlaces({
    atOnce: Number.POSITIVE_INFINITY,
    perClient: PER_ADDRESS,
    ...PACE,
    now,
    refusal: busy,
  })
  let logged = Number.NEGATIVE_INFINITY

  function broken(about: { requestId: string; path: string }, error: unknown): void {
    metrics.read('broken')
    if (now() - logged < LOG_MS) return
    logged = now()
    log.warn('response_broken', { ...about, cause: error instanceof Error ? error.message : String(error) })
  }

  return {
    stream(pieces, { client, about, destroy }) {
      const own = client === null ? undefined : addresses.take(client)
      if (client !== null && own === undefined) throw busy()
      const place = places.take(client ?? '')
      if (place === undefined) {
        own?.free()
        metrics.read('refused')
        throw busy()
      }
      metrics.reading(places.taken)
      const free = () => {
        place.free()
        own?.free()
        metrics.reading(places.taken)
      }
      const signal = own ? AbortSignal.any([place.signal, own.signal]) : place.signal
      const cut = () => {
        metrics.read('cut')
        free()
        destroy?.()
      }
      signal.addEventListener('abort', cut, { once: true })
      const source = pieces()
      async function* counted() {
        try {
          for await (const piece of source) {
            yield piece
            place!.moved(piece.length)
            own?.moved(piece.length)
          }
          metrics.read('whole')
        } catch (error) {
          broken(about, error)
          if (!destroy) throw error
          destroy()
        } finally {
          signal.removeEventListener('abort', cut)
          free()
        }
      }
      return ReadableStream.from(counted()) as ReadableStream<Uint8Array>
    },
  }
}

function busy(): IpfsError {
  const headers = { 'retry-after': '5' }
  return new IpfsError('busy', 'Too many answers are on their way. Try again in a few seconds.', { headers })
}
