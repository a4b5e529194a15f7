/**
 * Answers on their way, within bounds: so many at once, so many of one address, none that takes nothing, and each holds one block. What is
 * small has places of its own: who reads large files slowly keeps nobody from a manifest or a report.
 */
import { createPlaces, type Log } from '@stellartrain/service'
import { IpfsError } from '../errors.ts'
import type { IpfsMetrics } from '../metrics.ts'

/** Of large answers and of small ones, each. An answer holds the block that it is a part of, of at most 1 MiB here: 512 MiB together. */
const AT_ONCE = 256
/** Of one address. Oracles and pages read a few blocks at a time. */
const PER_ADDRESS = 64
/** What is handed to a connection at once, a part of a block: more of it would be held for a client that takes less. */
export const PIECE_BYTES = 131_072
/** The server keeps the first three pieces of an answer until its end: small copies, which keep no block with them. */
const FIRST = { pieces: 3, bytes: 16_384 }
/** More than most manifests, reports and metadata have. */
export const SMALL_BYTES = 262_144
/**
 * Less than 64 KiB in half a minute is too slow, and six hours are enough for the largest file. Where all places are taken, three seconds
 * without as much give the place away: systems buffer megabytes, so that who takes nothing seems quick for the first seconds.
 */
const PACE = { leastBytes: 65_536, stalledMs: 3_000, tooSlowMs: 30_000, longestMs: 6 * 3_600_000 }
/** Who reads quickly waits for the disk where each block is asked for in its turn. */
const FEW = 16
/** Broken answers are counted one by one, and logged once in so long: anybody can ask for a hostile tree. */
const LOG_MS = 60_000

export type Reads = {
  /**
   * The bytes as they are read, in pieces of at most PIECE_BYTES; the next block is asked for once the last piece of the one before was
   * taken. A broken block in the middle breaks the connection, for a shorter file must not look like a whole one.
   * @throws IpfsError `busy` where no place is free
   */
  stream(blocks: () => AsyncGenerator<Uint8Array>, to: Reader): ReadableStream<Uint8Array>
  /** Whether so few are reading that each may hold the next block, too. */
  areFew(): boolean
}

export type Reader = {
  /** null is without a limit of its own. */
  client: string | null
  /** What the answer has, if that is known before it is read. */
  bytes?: number | undefined
  about: { requestId: string; path: string }
  /** Ends the connection. */
  destroy: (() => void) | undefined
  /** Hears of each block whose last piece was taken. */
  sent?: ((block: Uint8Array) => void) | undefined
}

export type ReadsDeps = { metrics: Pick<IpfsMetrics, 'read' | 'reading'>; log: Log; now?: () => number }

export function createReads({ metrics, log, now = () => performance.now() }: ReadsDeps): Reads {
  const ofAll = () => createPlaces({ atOnce: AT_ONCE, ...PACE, now, refusal: busy })
  const lanes = { small: ofAll(), large: ofAll() }
  const addresses = createPlaces({
    atOnce: Number.POSITIVE_INFINITY,
    perClient: PER_ADDRESS,
    ...PACE,
    now,
    refusal: busy,
  })
  let held = 0
  const count = () => metrics.reading(lanes.small.taken + lanes.large.taken, held)
  let logged = Number.NEGATIVE_INFINITY

  function broken(about: { requestId: string; path: string }, error: unknown): void {
    metrics.read('broken')
    if (now() - logged < LOG_MS) return
    logged = now()
    log.warn('response_broken', { ...about, cause: error instanceof Error ? error.message : String(error) })
  }

  return {
    areFew: () => lanes.large.taken < FEW,
    stream(blocks, { client, bytes, about, destroy, sent }) {
      const own = client === null ? undefined : addresses.take(client)
      if (client !== null && own === undefined) throw busy()
      const isSmall = bytes !== undefined && bytes <= SMALL_BYTES
      const place = lanes[isSmall ? 'small' : 'large'].take(client ?? '')
      if (place === undefined) {
        own?.free()
        metrics.read('refused')
        throw busy()
      }
      count()
      const free = () => {
        place.free()
        own?.free()
        count()
      }
      const signal = own ? AbortSignal.any([place.signal, own.signal]) : place.signal
      const cut = () => {
        metrics.read('cut')
        free()
        destroy?.()
      }
      signal.addEventListener('abort', cut, { once: true })
      // A disk that is slow is no fault of whoever reads.
      const source = [place, ...(own ? [own] : [])].reduce<AsyncIterable<Uint8Array>>(
        (pieces, one) => one.preparing(pieces),
        blocks(),
      )
      async function* counted() {
        let taken = 0
        try {
          for await (const block of source) {
            held += block.length
            count()
            try {
              for (let at = 0; at < block.length; taken++) {
                const piece = taken < FIRST.pieces ? copyOf(block, at) : block.subarray(at, at + PIECE_BYTES)
                at += piece.length
                yield piece
                place!.moved(piece.length)
                own?.moved(piece.length)
              }
              sent?.(block)
            } finally {
              held -= block.length
            }
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

/** Blocks are Buffers, whose own `slice` copies nothing. */
const copyOf = (block: Uint8Array, at: number) => new Uint8Array(block.subarray(at, at + FIRST.bytes))

function busy(): IpfsError {
  const headers = { 'retry-after': '5' }
  return new IpfsError('busy', 'Too many answers are on their way. Try again in a few seconds.', { headers })
}
