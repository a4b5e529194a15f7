/** The oracle's HTTP API: status, the queue with its stream, and sealed files, beside what every service answers. Open to every origin. */
import {
  createStreamPlaces,
  healthRoutes,
  type Log,
  type Metrics,
  notFound,
  onError,
  requests,
  type Traces,
} from '@stellartrain/service'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { streamSSE } from 'hono/streaming'
import { busy } from '../arriving-json.ts'
import { createClientOf } from '../ciphertexts/client.ts'
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
  traces?: Traces
  /** How many proxies of ours are in front. Default 0. */
  proxies?: number
  /** Ends open streams when it is aborted. */
  signal: AbortSignal
}>

/** Streams open at once; each holds a connection. */
const STREAMS = { most: 200, perClient: 200, renews: true }
const HEARTBEAT_MS = 15_000

export function createApp(oracle: OracleView): Hono {
  const { metrics, log, signal } = oracle
  const app = new Hono()
  const streams = createStreamPlaces(STREAMS)
  const clientOf = createClientOf(oracle.proxies ?? 0)
  app.use(requests({ log, metrics, traces: oracle.traces }))
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
    // No one reads the body of this answer, so there is none.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
    // Who opens many keeps out no one: its reader connects again.
    const place = streams.take(clientOf(c))
    if (place === null) throw busy()
    return streamSSE(c, async (stream) => {
      let wake = () => {}
      const unsubscribe = oracle.subscribe(() => wake())
      let stopped = false
      const end = once(() => {
        place.free()
        unsubscribe()
        for (const one of [signal, place.signal]) one.removeEventListener('abort', stop)
        wake()
      })
      const stop = () => {
        stopped = true
        end()
        void stream.close()
      }
      stream.onAbort(end)
      for (const one of [signal, place.signal]) one.addEventListener('abort', stop)
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
  app.notFound(notFound(app, 'See /status and /v1/queue.'))
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
