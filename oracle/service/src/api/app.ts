/** The oracle's HTTP API: status, the queue with its stream, and sealed files, beside what every service answers. Open to every origin. */
import { healthRoutes, type Log, type Metrics, notFound, onError, requests } from '@stellartrain/service'
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
  /** Leases of batches, and signing in for them. */
  labeling?: Hono
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
  const streams = new Set<() => void>()
  app.use(requests({ log, metrics }))
  const allowMethods = ['GET', 'HEAD', 'PUT', 'POST']
  app.use(
    cors({
      origin: '*',
      allowMethods,
      allowHeaders: ['authorization', 'content-type'],
      exposeHeaders: ['x-request-id', 'retry-after'],
    }),
  )
  app.use(async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  // First: what the others set for all answers after them does not fit what never changes.
  app.route('/', oracle.content)
  if (oracle.labeling) app.route('/', oracle.labeling)
  app.route('/', healthRoutes({ problems: oracle.problems, metrics }))
  // Whoever asks again and again gets the same answer for a moment: it costs as much as the work in hand.
  const status = momentary(() => JSON.stringify(oracle.status()))
  const queue = momentary(() => oracle.queue())
  app.get('/status', (c) => c.body(status(), 200, { 'content-type': 'application/json' }))
  app.get('/v1/queue', (c) => {
    if (!c.req.header('accept')?.includes('text/event-stream')) return c.json(queue())
    // Nobody can hold all streams: the oldest ends, and its reader connects again.
    if (streams.size >= MOST_STREAMS) for (const stop of [...streams].slice(0, 1)) stop()
    return streamSSE(c, async (stream) => {
      let wake = () => {}
      const unsubscribe = oracle.subscribe(() => wake())
      const end = once(() => {
        streams.delete(stop)
        unsubscribe()
        signal.removeEventListener('abort', stop)
        wake()
      })
      let stopped = false
      const stop = () => {
        stopped = true
        end()
        void stream.close()
      }
      streams.add(stop)
      stream.onAbort(end)
      signal.addEventListener('abort', stop)
      let sent = ''
      while (!stream.aborted && !stopped && !signal.aborted) {
        const lines = oracle.queue()
        const data = JSON.stringify(lines.map(({ ageSeconds: _, ...line }) => line))
        if (data !== sent) await stream.writeSSE({ event: 'queue', data: JSON.stringify(lines) })
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

const MOMENT_MS = 250

/** What `make` gave last, for a moment. */
function momentary<T>(make: () => T): () => T {
  let last: { value: T; until: number } | undefined
  return () => {
    if (last === undefined || performance.now() >= last.until)
      last = { value: make(), until: performance.now() + MOMENT_MS }
    return last.value
  }
}

/** Runs `work` the first time only. */
function once(work: () => void): () => void {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}
