/** Server-sent events: begins behind the last id that the client has, so a reconnect loses and doubles nothing. */
import { createStreamPlaces } from '@stellartrain/service'
import type { Context } from 'hono'
import type { AppDeps, AppEnv } from '../context.ts'
import { ApiError } from '../problem.ts'
import { clientOf } from '../rate-limit.ts'
import type { EventFilter } from '../read/events.ts'
import { EVENT_ID } from '../schemas/event.ts'
import { createTail, type Frame, type Tail } from './tail.ts'

const HEARTBEAT_MS = 15_000
const PLACES = { most: 5_000, perClient: 100 }

export type StreamQuery = EventFilter & { cursor?: string | undefined }

export function createStream(
  {
    db,
    feed,
    signal: stop,
    clients,
    streams = PLACES,
  }: Pick<AppDeps, 'db' | 'feed' | 'signal' | 'clients' | 'streams'>,
  heartbeatMs = HEARTBEAT_MS,
) {
  const tail = createTail(db, feed, stop)
  const places = createStreamPlaces(streams)

  async function open(c: Context<AppEnv>, query: StreamQuery): Promise<Response> {
    const asked = c.req.header('last-event-id') ?? query.cursor
    if (asked !== undefined && !EVENT_ID.test(asked)) {
      throw new ApiError(
        'bad_request',
        'A stream begins behind an event: give the id of one, as `cursor` or `Last-Event-ID`.',
        [{ path: 'cursor', message: 'must be the id of an event' }],
      )
    }
    const headers = {
      ...{ 'content-type': 'text/event-stream', 'cache-control': 'no-cache', connection: 'keep-alive' },
      // Proxies that gather answers would hold events back.
      'x-accel-buffering': 'no',
    }
    // Nobody reads the body of this answer, so there is none.
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const place = places.take(clients ? clientOf(clients, c) : '')
    if (!place) {
      throw new ApiError(
        'too_many_streams',
        'Too many streams are open, from your address or in total; ask for pages instead.',
        [],
        {
          'retry-after': '30',
        },
      )
    }
    const gone = new AbortController()
    const over = AbortSignal.any([gone.signal, place.signal, c.req.raw.signal, ...(stop ? [stop] : [])])
    const listening = tail.listen()
    const end = () => {
      place.free()
      listening.close()
      gone.abort()
    }
    return c.body(bodyOf(events({ tail, query, last: asked, heartbeatMs, over }), over, end), 200, headers)
  }
  return { open, places }
}

type Following = { tail: Tail; query: EventFilter; last: string | undefined; heartbeatMs: number; over: AbortSignal }

/** Pieces of the stream, each when there is something to say. */
async function* events({ tail, query, last: asked, heartbeatMs, over }: Following): AsyncGenerator<string> {
  const { challenge, type } = query
  const wanted = (frame: Frame) =>
    (challenge === undefined || frame.challenge === challenge) && (type === undefined || frame.type === type)
  yield ': here\n\n'
  let wrote = performance.now()
  let last = asked ?? (await tail.last())
  while (!over.aborted) {
    const kept = tail.after(last)
    const { frames, to } = kept
      ? { frames: kept, to: kept.at(-1)?.id ?? last }
      : await tail.read(last, { challenge, type })
    const text = frames
      .filter(wanted)
      .map((frame) => frame.text)
      .join('')
    last = to
    if (text !== '') {
      wrote = performance.now()
      yield text
    }
    // What the tail had is all there is; of a page that was read there may be another.
    if (kept === null && frames.length > 0) continue
    await tail.next(Math.max(1, heartbeatMs - (performance.now() - wrote)), over)
    if (!over.aborted && performance.now() - wrote >= heartbeatMs) {
      wrote = performance.now()
      yield ': still here\n\n'
    }
  }
}

/** Reads on as far as the client takes it. Ends with `over`, or when the client goes. */
function bodyOf(pieces: AsyncGenerator<string>, over: AbortSignal, done: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let ended = false
  const end = () => {
    if (ended) return
    ended = true
    done()
    void pieces.return(undefined).catch(() => {})
  }
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const close = () => {
          if (ended) return
          end()
          controller.close()
        }
        if (over.aborted) close()
        else over.addEventListener('abort', close, { once: true })
      },
      async pull(controller) {
        try {
          const next = await pieces.next()
          if (ended) return
          if (!next.done) return controller.enqueue(encoder.encode(next.value))
          end()
          controller.close()
        } catch (error) {
          if (ended) return
          end()
          controller.error(error)
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  )
}
