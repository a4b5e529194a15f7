/** The oracle's HTTP API: status, the queue with its stream, and sealed files, beside what every service answers. Open to every origin. */
import { HttpError, healthRoutes, type Log, type Metrics, notFound, onError, requests } from '@stellartrain/service'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { streamSSE } from 'hono/streaming'
import { contentProblem } from '../ciphertexts/routes.ts'
import type { QueueLine } from './queue-view.ts'
import type { Status } from './status.ts'

export type OracleView = Readonly<{
  status(): Status
  queue(): QueueLine[]
  /** Why it cannot grade now, in sentences; empty when it can. */
  problems(): string[]
  /** Calls back after each change of the queue until the returned function is called. */
  subscribe(listener: () => void): () => void
  /** Serves and takes sealed files. */
  content: Hono
  metrics: Metrics
  log: Log
  /** Ends open streams when it is aborted. */
  signal: AbortSignal
}>

/** Streams open at once; each holds a connection. */
const MOST_STREAMS = 200
const HEARTBEAT_MS = 15_000

export function createApp(oracle: OracleView): Hono {
  const { metrics, log, signal } = oracle
  const app = new Hono()
  let streams = 0
  app.use(requests({ log, metrics }))
  const allowMethods = ['GET', 'HEAD', 'PUT', 'POST']
  app.use(
    cors({ origin: '*', allowMethods, allowHeaders: ['content-type'], exposeHeaders: ['x-request-id', 'retry-after'] }),
  )
  app.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  // First: what the others set for all answers after them does not fit what never changes.
  app.route('/', oracle.content)
  app.route('/', healthRoutes({ problems: oracle.problems, metrics }))
  app.get('/status', (c) => c.json(oracle.status()))
  app.get('/v1/queue', (c) => {
    if (!c.req.header('accept')?.includes('text/event-stream')) return c.json(oracle.queue())
    if (streams >= MOST_STREAMS)
      throw new HttpError(503, 'too_many_streams', 'Too many streams are open. Poll this path instead.')
    streams++
    return streamSSE(c, async (stream) => {
      let wake = () => {}
      const unsubscribe = oracle.subscribe(() => wake())
      const end = once(() => {
        streams--
        unsubscribe()
        signal.removeEventListener('abort', stop)
        wake()
      })
      const stop = () => {
        end()
        void stream.close()
      }
      stream.onAbort(end)
      signal.addEventListener('abort', stop)
      let sent = ''
      while (!stream.aborted && !signal.aborted) {
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
        if (!changed) await stream.writeSSE({ event: 'heartbeat', data: '' })
      }
    })
  })
  app.notFound(notFound('See /status and /v1/queue.'))
  app.onError(onError(log, contentProblem))
  return app
}

/** Runs `work` the first time only. */
function once(work: () => void): () => void {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}
