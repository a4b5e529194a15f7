/**
 * The newest events, read once for all streams: one query a ledger, however many listen. What is older than the tail keeps, a stream
 * reads for itself; so a slow reader costs no memory, and a quick one no query.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../../store/database.ts'
import type { Feed } from '../../store/feed.ts'
import { type EventFilter, type EventRow, eventJson, eventList, readLastEventId } from '../read/events.ts'
import type { ChainEvent } from '../types.ts'

/** An event as it goes out. */
export type Frame = { id: string; type: string; challenge: number | null; text: string }

export type Tail = {
  /** The tail follows while somebody listens. */
  listen(): { close(): void }
  /** Frames behind this id, the oldest first; null when some of them are no longer here. */
  after(id: string): readonly Frame[] | null
  /** The id of the last event of all; '' before the first. */
  last(): Promise<string>
  /** Resolves at the next event, after `timeoutMs`, or when aborted. */
  next(timeoutMs: number, signal: AbortSignal): Promise<void>
  /** Frames behind this id out of the database, some at a time, and the id up to which there are no others. */
  read(id: string, filter: EventFilter): Promise<{ frames: Frame[]; to: string }>
}

const PAGE = 200
const KEPT_BYTES = 8_000_000
/** Streams that catch up read one after another, so that a crowd that reconnects leaves the database to the pages. */
const READERS = 2

export function frameOf(row: EventRow): Frame {
  const json = eventJson(row)
  const { id, type, challenge } = JSON.parse(json) as ChainEvent
  return { id, type, challenge, text: `event: ${type}\ndata: ${json}\nid: ${id}\n\n` }
}

export function createTail(db: Kysely<Database>, feed: Feed, signal?: AbortSignal): Tail {
  let frames: Frame[] = []
  let bytes = 0
  /** The tail has everything behind this id. */
  let from: string | null = null
  const waiting = new Set<() => void>()
  let listeners = 0
  let following = false
  const turn = createTurns(READERS)

  const wake = () => {
    for (const resolve of [...waiting]) resolve()
  }
  const page = async (id: string, filter: EventFilter) => {
    const list = eventList(db, { ...filter, order: 'oldest' })
    return (await list.rows({ after: id === '' ? null : [id], back: false, limit: PAGE })).map(frameOf)
  }
  const head = () => frames.at(-1)?.id ?? from ?? ''
  /** Of a filter that finds little, the reading ends at the head as well: otherwise it would never come up to the tail. */
  const read = async (id: string, filter: EventFilter) => {
    // Before the page: what is committed after it, the page need not have.
    const before = from === null ? await readLastEventId(db) : head()
    const found = await page(id, filter)
    const end = found.at(-1)?.id ?? id
    return { frames: found, to: found.length < PAGE && before > end ? before : end }
  }

  async function follow(): Promise<void> {
    from ??= await readLastEventId(db)
    // What came before it and after a stream's own reading, the stream reads again.
    wake()
    while (!signal?.aborted && listeners > 0) {
      // Waiting begins before reading: what is committed in between must wake us.
      const idle = new AbortController()
      const woken = feed.next(15_000, idle.signal)
      const fresh = await page(head(), {})
      if (fresh.length > 0) {
        keep(fresh)
        wake()
      }
      // Behind a page that is not full there is nothing, unless we were woken since.
      if (fresh.length === PAGE) idle.abort()
      else await woken
    }
  }
  function keep(fresh: readonly Frame[]): void {
    frames.push(...fresh)
    bytes += fresh.reduce((sum, { text }) => sum + text.length, 0)
    let drop = 0
    while (bytes > KEPT_BYTES && drop < frames.length - 1) bytes -= frames[drop++]!.text.length
    if (drop > 0) {
      from = frames[drop - 1]!.id
      frames = frames.slice(drop)
    }
  }
  /** After a pause, or trouble, what came meanwhile is not here: whoever wants it reads it. */
  function begin(): void {
    if (following) return
    following = true
    void follow()
      .catch(() => {})
      .finally(() => {
        following = false
        frames = []
        bytes = 0
        from = null
        wake()
      })
  }

  return {
    listen() {
      listeners += 1
      let open = true
      return {
        close() {
          if (open) listeners -= 1
          open = false
        },
      }
    },
    after(id) {
      if (from === null || id < from) return null
      let [low, high] = [0, frames.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (frames[middle]!.id <= id) low = middle + 1
        else high = middle
      }
      return frames.slice(low)
    },
    last: () => readLastEventId(db),
    next(timeoutMs, over) {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timeout)
          waiting.delete(done)
          over.removeEventListener('abort', done)
          resolve()
        }
        const timeout = setTimeout(done, timeoutMs)
        waiting.add(done)
        over.addEventListener('abort', done)
        if (over.aborted) done()
        begin()
      })
    },
    read: (id, filter) => turn(() => read(id, filter)),
  }
}

/** So many at once, the others in the order in which they came. */
function createTurns(atOnce: number) {
  let running = 0
  const queue: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((go) => queue.push(go))
    else running += 1
    try {
      return await work()
    } finally {
      const following = queue.shift()
      if (following) following()
      else running -= 1
    }
  }
}
