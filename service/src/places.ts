/**
 * Places for transfers of strangers, to whom one costs nothing: when all are taken, the transfer that has moved too little for too
 * long gives way. So connections that drip keep no one from handing over or reading a file.
 */

/** Why a transfer is ended: another one needs its place, it moves too little, or it takes too long. */
export type EndedBy = 'displaced' | 'too_slow' | 'too_long'

export type PlacesOptions = {
  /** Transfers at once. */
  atOnce: number
  /** Of one client at once. Default: as many as there are. */
  perClient?: number
  /** A transfer is stalled when it moved less than `leastBytes` for so long, milliseconds: then another may have its place. */
  stalledMs?: number
  leastBytes?: number
  /** Stalled for so long, it is ended even where nobody needs its place. Default: never. */
  tooSlowMs?: number
  /** It is ended after so long, however quick it is. Default: never. */
  longestMs?: number
  /** Milliseconds; a test has a clock of its own. */
  now?: () => number
  /** What the transfer fails with that is ended. */
  refusal: (why: EndedBy) => Error
}

export type Place = {
  /** The body, which fails with the refusal once this place is given away. */
  through(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array>
  /** For a transfer that is not a stream here: so many bytes were moved. */
  moved(bytes: number): void
  /** Aborted with the refusal once this place is given away. */
  readonly signal: AbortSignal
  free(): void
}

export type Places = {
  /**
   * A place for one more, if need be that of the transfer that has stalled for longest; undefined where none has, or where the client
   * has all that one may have and none of these has stalled.
   */
  take(client?: string): Place | undefined
  /** Ends what is too slow or takes too long. A timer calls it while anything runs. */
  sweep(): void
  readonly taken: number
}

type Running = { client: string; since: number; begun: number; stop: AbortController }

/** How often the timer looks. */
const SWEEP_MS = 1_000

export function createPlaces(options: PlacesOptions): Places {
  const { atOnce, perClient = atOnce, stalledMs = 10_000, leastBytes = 16_384, now = Date.now, refusal } = options
  const { tooSlowMs = Number.POSITIVE_INFINITY, longestMs = Number.POSITIVE_INFINITY } = options
  const running = new Set<Running>()
  let timer: NodeJS.Timeout | undefined

  function end(one: Running, why: EndedBy): void {
    running.delete(one)
    one.stop.abort(refusal(why))
  }

  function makeRoom(among: Running[], most: number): boolean {
    if (among.length < most) return true
    const [slowest] = among.toSorted((one, other) => one.since - other.since)
    if (slowest === undefined || now() - slowest.since < stalledMs) return false
    end(slowest, 'displaced')
    return true
  }

  function sweep(): void {
    for (const one of running) {
      if (now() - one.begun >= longestMs) end(one, 'too_long')
      else if (now() - one.since >= tooSlowMs) end(one, 'too_slow')
    }
    if (running.size === 0) stopTimer()
  }

  function stopTimer(): void {
    clearInterval(timer)
    timer = undefined
  }

  function watch(): void {
    if (Number.isFinite(tooSlowMs) || Number.isFinite(longestMs)) timer ??= setInterval(sweep, SWEEP_MS).unref()
  }

  return {
    take(client = '') {
      const own = [...running].filter((one) => one.client === client)
      if (!makeRoom(own, perClient) || !makeRoom([...running], atOnce)) return undefined
      const place: Running = { client, since: now(), begun: now(), stop: new AbortController() }
      running.add(place)
      watch()
      let unseen = 0
      const moved = (bytes: number) => {
        unseen += bytes
        if (unseen < leastBytes) return
        unseen = 0
        place.since = now()
      }
      return {
        moved,
        signal: place.stop.signal,
        through(body) {
          const count = new TransformStream<Uint8Array, Uint8Array>({
            transform(chunk, controller) {
              moved(chunk.byteLength)
              controller.enqueue(chunk)
            },
          })
          return body.pipeThrough(count, { signal: place.stop.signal })
        },
        free() {
          running.delete(place)
          if (running.size === 0) stopTimer()
        },
      }
    },
    sweep,
    get taken() {
      return running.size
    },
  }
}
