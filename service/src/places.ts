/**
 * Places for uploads from strangers, to whom one costs nothing: when all are taken, the upload that has brought too little for too
 * long gives way. So connections that drip keep no one from handing over a file.
 */

export type PlacesOptions = {
  /** Uploads at once. */
  atOnce: number
  /** An upload is stalled when it brought less than `leastBytes` for so long, milliseconds. */
  stalledMs?: number
  leastBytes?: number
  /** Milliseconds; a test has a clock of its own. */
  now?: () => number
  /** What the upload fails with that gives way. */
  refusal: () => Error
}

export type Place = {
  /** The body, which fails with the refusal once this place is given away. */
  through(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array>
  free(): void
}

export type Places = {
  /** A place for one more, if need be that of the upload that has stalled for longest; undefined where none has. */
  take(): Place | undefined
  readonly taken: number
}

export function createPlaces(options: PlacesOptions): Places {
  const { atOnce, stalledMs = 10_000, leastBytes = 16_384, now = Date.now, refusal } = options
  const running = new Set<{ since: number; stop: AbortController }>()

  function makeRoom(): boolean {
    if (running.size < atOnce) return true
    const [slowest] = [...running].toSorted((one, other) => one.since - other.since)
    if (slowest === undefined || now() - slowest.since < stalledMs) return false
    running.delete(slowest)
    slowest.stop.abort(refusal())
    return true
  }

  return {
    take() {
      if (!makeRoom()) return undefined
      const place = { since: now(), stop: new AbortController() }
      running.add(place)
      return {
        through(body) {
          let unseen = 0
          const count = new TransformStream<Uint8Array, Uint8Array>({
            transform(chunk, controller) {
              unseen += chunk.byteLength
              if (unseen >= leastBytes) {
                unseen = 0
                place.since = now()
              }
              controller.enqueue(chunk)
            },
          })
          return body.pipeThrough(count, { signal: place.stop.signal })
        },
        free() {
          running.delete(place)
        },
      }
    },
    get taken() {
      return running.size
    },
  }
}
