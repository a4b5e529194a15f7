/**
 * Places for transfers of strangers, to whom one costs nothing. When all are taken, one gives way: the transfer that has stalled for
 * longest; else the slowest of the client that has the most, if that is more than the newcomer would have; else the slowest of all, if
 * it is slower than a transfer may be while others wait. That least rate rises with the time for which a client has held places, also
 * before this transfer: so neither connections that drip nor those that bring just enough, from however many addresses, keep anyone from
 * handing over or reading a file for longer than it takes them to fall behind.
 */

import { counted, prepared } from './timed.ts'

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
   * Bytes a second: a client that has held places for longer than `stalledMs` and is slower gives way where no place is left. It is as
   * much again for each `risingMs` that the client has held them. Default: `leastBytes`, and a minute.
   */
  crowdedRate?: number
  risingMs?: number
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
  /**
   * What arrives, piece by piece; it fails with the refusal once this place is given away, also while it waits for a piece. The time until
   * the next one is asked for is the service's own, and stalls no transfer: its disk may be the slow one.
   */
  arriving(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** What the service gets ready to be moved: the time until it has it stalls no transfer either. */
  preparing<T>(source: AsyncIterable<T>): AsyncIterable<T>
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

/** `since`: of the last progress. `pausedAt`: while the service has to move on, not the client. */
type Running = {
  client: string
  since: number
  pausedAt: number | undefined
  begun: number
  bytes: number
  stop: AbortController
}

/** What a client did before; it counts half after so long, and then half of that. */
type Past = { heldMs: number; bytes: number; at: number }
const HALF_LIFE_MS = 300_000
/** Clients that are remembered; beyond these the first ones are forgotten. */
const MOST_PASTS = 10_000

/** Where others wait, so much more time in places than theirs is enough for one that is slower than so many times the least rate. */
const TURN_MS = 1_000
const QUICK = 8

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
  const { crowdedRate = leastBytes, risingMs = 60_000 } = options
  const { tooSlowMs = Number.POSITIVE_INFINITY, longestMs = Number.POSITIVE_INFINITY } = options
  const running = new Set<Running>()
  const pasts = new Map<string, Past>()
  let timer: NodeJS.Timeout | undefined

  function leave(one: Running): void {
    if (!running.delete(one) || one.client === '') return
    const { heldMs, bytes } = standing(one)
    pasts.delete(one.client)
    if (pasts.size >= MOST_PASTS) pasts.delete(pasts.keys().next().value!)
    pasts.set(one.client, { heldMs, bytes, at: now() })
  }

  function end(one: Running, why: EndedBy): void {
    leave(one)
    one.stop.abort(refusal(why))
  }

  function pastOf(client: string): Omit<Past, 'at'> {
    const past = pasts.get(client)
    if (past === undefined) return { heldMs: 0, bytes: 0 }
    const share = 0.5 ** ((now() - past.at) / HALF_LIFE_MS)
    return { heldMs: past.heldMs * share, bytes: past.bytes * share }
  }

  /** With what its client did before. */
  function standing({ client, begun, bytes }: Running): Omit<Past, 'at'> {
    const past = pastOf(client)
    return { heldMs: past.heldMs + now() - begun, bytes: past.bytes + bytes }
  }

  /** How quick a client is of what it has to be by now, while others wait; what has held a place for a moment alone is quick enough. */
  function pace({ heldMs, bytes }: Omit<Past, 'at'>): number {
    if (heldMs < stalledMs) return Number.POSITIVE_INFINITY
    return (1000 * bytes) / heldMs / (crowdedRate * (1 + heldMs / risingMs))
  }

  /** Bytes a second. What has only begun is not judged: it would be as quick as nothing, or as light. */
  const rate = ({ begun, bytes }: Running) => (1000 * bytes) / Math.max(now() - begun, stalledMs, 1)

  function slowest(among: Running[]): Running | undefined {
    return among.toSorted((one, other) => rate(one) - rate(other) || one.begun - other.begun)[0]
  }

  /** Without progress, milliseconds of the client's. */
  const idleMs = ({ since, pausedAt = now() }: Running) => pausedAt - since

  function stalled(among: Running[]): Running | undefined {
    const [longest] = among.toSorted((one, other) => idleMs(other) - idleMs(one))
    return longest !== undefined && idleMs(longest) >= stalledMs ? longest : undefined
  }

  /**
   * Whoever comes must be better than who goes: quicker so far, or one that held places for less time than somebody slow. Else many
   * addresses would hold all places by turns, each for as long as none is judged.
   */
  function tooSlowForAll(among: Running[], client: string): Running | undefined {
    if (crowdedRate === 0) return undefined
    const own = pastOf(client)
    const most = Math.min(1, pace(own))
    const found = among
      .map((one) => ({ one, ...standing(one) }))
      .filter(
        (each) =>
          pace(each) < most ||
          (each.heldMs > own.heldMs + TURN_MS && (1000 * each.bytes) / each.heldMs < QUICK * crowdedRate),
      )
    return found.toSorted((x, y) => x.bytes / x.heldMs - y.bytes / y.heldMs)[0]?.one
  }

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
    if (client !== '' && own.length >= perClient) return giveWay(stalled(own) ?? tooSlowForAll(own, client))
    if (running.size < atOnce) return true
    const all = [...running]
    return giveWay(stalled(all) ?? ofRichest(own.length) ?? tooSlowForAll(all, client))
  }

  function sweep(): void {
    for (const one of running) {
      if (now() - one.begun >= longestMs) end(one, 'too_long')
      else if (idleMs(one) >= tooSlowMs) end(one, 'too_slow')
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
      const place: Running = {
        client,
        since: now(),
        pausedAt: undefined,
        begun: now(),
        bytes: 0,
        stop: new AbortController(),
      }
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
      const pause = () => {
        place.pausedAt = now()
      }
      const resume = () => {
        place.since += now() - (place.pausedAt ?? now())
        place.pausedAt = undefined
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
        arriving: (body) => counted(body, { moved, pause, resume }, place.stop.signal),
        preparing: (source) => prepared(source, pause, resume),
        free() {
          leave(place)
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
