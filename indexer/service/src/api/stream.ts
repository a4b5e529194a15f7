/** Server-sent events: reads behind the last id that the client has, so a reconnect loses and doubles nothing. */
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppDeps, AppEnv } from './context.ts'
import { ApiError } from './problem.ts'
import { type EventFilter, readEvents, readLastEventId } from './read/events.ts'

const MOST_STREAMS = 500
const HEARTBEAT_MS = 15_000
const PAGE = 200

export function createStream(
  { db, feed, signal: stop }: Pick<AppDeps, 'db' | 'feed' | 'signal'>,
  heartbeatMs = HEARTBEAT_MS,
) {
  let open = 0
  return async (c: Context<AppEnv>, query: Pick<EventFilter, 'challenge' | 'type' | 'cursor'>): Promise<Response> => {
    if (open >= MOST_STREAMS)
      throw new ApiError('too_many_streams', 'Too many streams are open; ask for pages instead.')
    const asked = c.req.header('last-event-id') ?? query.cursor
    const filter = { challenge: query.challenge, type: query.type, order: 'oldest' as const, limit: PAGE }
    let last = asked ?? (await readLastEventId(db))
    const read = () => readEvents(db, { ...filter, ...(last === '' ? {} : { cursor: last }) })
    // The first page is read before the answer begins, so that a bad cursor is refused as one.
    let events = await read()
    c.header('x-accel-buffering', 'no')
    open += 1
    return streamSSE(c, async (sse) => {
      const gone = new AbortController()
      const over = () => sse.aborted || sse.closed || stop?.aborted === true
      const end = () => {
        gone.abort()
        void sse.close()
      }
      sse.onAbort(() => gone.abort())
      stop?.addEventListener('abort', end)
      try {
        await sse.write(': here\n\n')
        let wrote = Date.now()
        while (!over()) {
          for (const event of events) {
            await sse.writeSSE({ id: event.id, event: event.type, data: JSON.stringify(event) })
            last = event.id
            wrote = Date.now()
          }
          // Waiting begins before reading: what is committed in between must wake us.
          const wake = feed.next(heartbeatMs, gone.signal)
          events = await read()
          if (events.length > 0) continue
          await wake
          // Measured from the last byte, not from the last wait: every ledger wakes us, with events of others or with none.
          if (Date.now() - wrote >= heartbeatMs) {
            await sse.write(': still here\n\n')
            wrote = Date.now()
          }
          if (!over()) events = await read()
        }
      } finally {
        open -= 1
        stop?.removeEventListener('abort', end)
      }
    })
  }
}
