/** The oracle's HTTP API: health, readiness, status, and the queue with its stream. Read-only and open to every origin. */
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { streamSSE } from 'hono/streaming'
import type { QueueLine } from './queue-view.ts'
import type { Status } from './status.ts'

export type OracleView = Readonly<{
  status(): Status
  queue(): QueueLine[]
  /** Ready to grade, or the sentences that say why not. */
  problems(): string[]
  /** Calls back after each change of the queue until the returned function is called. */
  subscribe(listener: () => void): () => void
}>

/** Streams open at once; each holds a connection. */
const MOST_STREAMS = 200
const HEARTBEAT_MS = 15_000

export function createApp(oracle: OracleView): Hono {
  const app = new Hono()
  let streams = 0
  app.use(cors({ origin: '*', allowMethods: ['GET', 'HEAD'] }))
  app.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('x-content-type-options', 'nosniff')
  })
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/ready', (c) => {
    const problems = oracle.problems()
    return problems.length === 0 ? c.json({ status: 'ready' }) : c.json({ status: 'not_ready', problems }, 503)
  })
  app.get('/status', (c) => c.json(oracle.status()))
  app.get('/v1/queue', (c) => {
    if (!c.req.header('accept')?.includes('text/event-stream')) return c.json(oracle.queue())
    if (streams >= MOST_STREAMS)
      return problem(503, 'too_many_streams', 'Too many streams are open. Poll this path instead.')
    streams++
    return streamSSE(c, async (stream) => {
      let wake = () => {}
      const unsubscribe = oracle.subscribe(() => wake())
      stream.onAbort(() => {
        streams--
        unsubscribe()
        wake()
      })
      let sent = ''
      while (!stream.aborted) {
        const data = JSON.stringify(oracle.queue().map(({ ageSeconds: _, ...line }) => line))
        if (data !== sent) await stream.writeSSE({ event: 'queue', data: JSON.stringify(oracle.queue()) })
        sent = data
        const changed = await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), HEARTBEAT_MS)
          wake = () => {
            clearTimeout(timer)
            resolve(true)
          }
        })
        if (!changed) await stream.writeSSE({ event: 'runLoop', data: '' })
      }
    })
  })
  app.notFound(() => problem(404, 'not_found', 'No such path. See /status and /v1/queue.'))
  app.onError(() => problem(500, 'unexpected', 'Something grow wrong here; try again.'))
  return app
}

/** RFC 9457. */
function problem(status: number, code: string, detail: string): Response {
  const body = JSON.stringify({ type: 'about:blank', title: code, status, detail, code })
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json' } })
}
