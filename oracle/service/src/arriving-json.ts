/** Objects that strangers send as JSON: read before anything else is begun for them, within bounds of bytes, places, memory and time. */
import { arrivingBody, createPlaces, HttpError } from '@stellartrain/service'
import type { Context } from 'hono'
import { createClientOf } from './ciphertexts/client.ts'

/** Bodies on their way, and of one address. */
const AT_ONCE = 64
const PER_ADDRESS = 8
/** What more than this has arrived of needs one of few places beside: as many of the largest as there are places fill any memory. */
const SMALL_BYTES = 512 * 1024
const LARGE_AT_ONCE = 6
const LARGE_PER_ADDRESS = 2
/** Less than 16 KiB in half a minute is too slow, and ten minutes are enough for the largest. */
const PACE = { tooSlowMs: 30_000, longestMs: 600_000 }

export type ArrivingJson = (c: Context) => Promise<Record<string, unknown>>

export type ArrivingOptions = Readonly<{
  mostBytes: number
  /** The sentence for a larger one. */
  tooLarge: string
  /** How many proxies of ours are in front. */
  proxies: number
  /** Milliseconds that only grow; a test has a clock of its own. */
  now?: (() => number) | undefined
}>

/** Whoever stalls gives its place to the next: bodies that drip keep no labeler and no oracle away. */
export function createArrivingJson({
  mostBytes,
  tooLarge,
  proxies,
  now = () => performance.now(),
}: ArrivingOptions): ArrivingJson {
  const clientOf = createClientOf(proxies)
  const common = { ...PACE, now, refusal: busy }
  const places = createPlaces({ atOnce: AT_ONCE, perClient: PER_ADDRESS, ...common })
  const large = createPlaces({ atOnce: LARGE_AT_ONCE, perClient: LARGE_PER_ADDRESS, ...common })

  /** The same pieces; from the first one on that makes it large, in a place of those. */
  async function* inMemory(pieces: AsyncIterable<Uint8Array>, client: string): AsyncGenerator<Uint8Array> {
    const arriving = pieces[Symbol.asyncIterator]()
    const rest = { [Symbol.asyncIterator]: () => arriving }
    try {
      for (let length = 0; length <= SMALL_BYTES; ) {
        const { done, value } = await arriving.next()
        if (done) return
        length += value.length
        yield value
      }
      const place = large.take(client)
      if (place === undefined) throw busy()
      try {
        yield* place.arriving(rest)
      } finally {
        place.free()
      }
    } finally {
      // Not awaited: one that waits for its next piece answers only then.
      void arriving.return?.().catch(() => {})
    }
  }

  return async (c) => {
    const client = clientOf(c)
    const place = places.take(client)
    if (place === undefined) throw busy()
    const pieces: Uint8Array[] = []
    let length = 0
    try {
      for await (const piece of inMemory(place.arriving(arrivingBody(c)), client)) {
        length += piece.length
        if (length > mostBytes) throw new HttpError(413, 'too_large', tooLarge)
        pieces.push(piece)
      }
    } catch (error) {
      // The rest of the body must not be taken for the next request.
      c.header('connection', 'close')
      throw error
    } finally {
      place.free()
    }
    return objectIn(Buffer.concat(pieces).toString())
  }
}

export const busy = () =>
  new HttpError(503, 'busy', 'Too many requests at once. Try again in a few seconds.', {
    headers: { 'retry-after': '5' },
  })

function objectIn(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  } catch {
    // What follows says it.
  }
  throw new HttpError(400, 'bad_request', 'Send a JSON object, as docs/api.md shows.')
}
