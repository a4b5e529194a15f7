/**
 * Places for transfers of strangers, to whom one costs nothing. When all are taken, one gives way: the transfer that has stalled for
 * longest; else the slowest of the client that has the most, if that is more than the newcomer would have; else the slowest of all, if
 * it is slower than a transfer may be while others wait. So connections that drip keep no one from handing over or reading a file.
 */

/** Why a transfer is ended: another one needs its place, it moves too little, or it takes too long. */
export type EndedBy = 'displaced' | 'too_slow' | 'too_long'

export type PlacesOptions = {
  /** Transfers at once. */
  atOnce: number
  /** Of one client at once, if it is known. Default: as many as there are. */
  perClient?: number
  /** A transfer is stalled when it moved less than `leastBytes` for so long, milliseconds: then another may have its place. */
  stalledMs?: number
  leastBytes?: number
  /**
   * Bytes a second since it began: what is slower, and began longer ago than `stalledMs`, gives way where no place is left. Default:
   * `leastBytes`.
   */
  crowdedRate?: number
  /** Stalled for so long, it is ended even where nobody needs its place. Default: never. */
  tooSlowMs?: number
  /** It is ended after so long, however quick it is. Default: never. */
  longestMs?: number
  /** Milliseconds that only grow; a test has a clock of its own. */
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
   * A place for one more, if need be that of another transfer; undefined where none has to give way, or where the client has all that
   * one may have and none of these has to.
   * @param client whose places count together; '' is one that is not known, and has no share of its own
   */
  take(client?: string): Place | undefined
  /** Ends what is too slow or takes too long. A timer calls it while anything runs. */
  sweep(): void
  readonly taken: number
}

/** `since`: of the last progress. */
type Running = { client: string; since: number; begun: number; bytes: number; stop: AbortController }

/** How often the timer looks. */
const SWEEP_MS = 1_000

export function createPlaces(options: PlacesOptions): Places {
  const {
    atOnce,
    perClient = atOnce,
    stalledMs = 10_000,
    leastBytes = 16_384,
    now = () => performance.now(),
    refusal,
  } = options
  const { crowdedRate = leastBytes } = options
  const { tooSlowMs = Number.POSITIVE_INFINITY, longestMs = Number.POSITIVE_INFINITY } = options
  const running = new Set<Running>()
  let timer: NodeJS.Timeout | undefined

  function end(one: Running, why: EndedBy): void {
    running.delete(one)
    one.stop.abort(refusal(why))
  }

  /** Bytes a second. What has only begun is not judged: it would be as quick as nothing, or as light. */
  const rate = ({ begun, bytes }: Running) => (1000 * bytes) / Math.max(now() - begun, stalledMs, 1)

  function slowest(among: Running[]): Running | undefined {
    return among.toSorted((one, other) => rate(one) - rate(other) || one.begun - other.begun)[0]
  }

  function stalled(among: Running[]): Running | undefined {
    const [longest] = among.toSorted((one, other) => one.since - other.since)
    return longest !== undefined && now() - longest.since >= stalledMs ? longest : undefined
  }

  const tooSlowForAll = (among: Running[]) =>
    slowest(among.filter((one) => now() - one.begun >= stalledMs && rate(one) < crowdedRate))

  /** The slowest of whoever has more than the newcomer would have. */
  function ofRichest(own: number): Running | undefined {
    const clients = Map.groupBy(running, ({ client }) => client)
    const [richest] = [...clients.values()].toSorted((one, other) => other.length - one.length)
    return richest !== undefined && richest.length > own + 1 ? slowest(richest) : undefined
  }

  function giveWay(one: Running | undefined): boolean {
    if (one === undefined) return false
    end(one, 'displaced')
    return true
  }

  function makeRoom(client: string): boolean {
    const own = [...running].filter((one) => one.client === client)
    if (client !== '' && own.length >= perClient) return giveWay(stalled(own) ?? tooSlowForAll(own))
    if (running.size < atOnce) return true
    const all = [...running]
    return giveWay(stalled(all) ?? ofRichest(own.length) ?? tooSlowForAll(all))
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
      if (!makeRoom(client)) return undefined
      const place: Running = { client, since: now(), begun: now(), bytes: 0, stop: new AbortController() }
      running.add(place)
      watch()
      let unseen = 0
      const moved = (bytes: number) => {
        unseen += bytes
        place.bytes += bytes
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
