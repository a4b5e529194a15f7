/**
 * Traces for a collector of OpenTelemetry: one span for each request that is answered, each request that is sent meanwhile, and each
 * piece of work. Our own few lines: the SDK with its exporter is 28 MB in 16 packages. Nothing waits for the collector, and what it does
 * not take is lost.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log/log.ts'
import { withoutKeys } from '../log/without-keys.ts'
import { watchClient } from './client-spans.ts'
import { type Attributes, encodeSpans, KIND, type Span } from './otlp.ts'

export type Traces = Readonly<{
  /** Runs a piece of work as a span, within the one that it was begun in. @throws what the work throws, which the span shows */
  span<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T>
  /** The same for a request that came in; `traceparent` is its header. The work may name the span and add to its attributes. */
  served<T>(traceparent: string | undefined, work: (span: Span) => Promise<T>): Promise<T>
  /** Sends what is left, in a second. */
  close(): Promise<void>
}>

export const noTraces: Traces = {
  span: (_name, _attributes, work) => work(),
  served: (_traceparent, work) => work({ name: '', attributes: {} } as Span),
  close: async () => {},
}

export type TracesOptions = Readonly<{
  /** Base URL of the collector; `/v1/traces` is added. */
  url: string
  /** `service.name` and `service.version`. */
  service: string
  version: string
  log: Log
  delayMs?: number
}>

/** Waiting for the collector; more are lost. */
const MOST = 2_048
const DELAY_MS = 2_000
const SEND_MS = 10_000
/** A stop does not wait for a collector that is away. */
const LAST_MS = 1_000

export function startTraces({ url, service, version, log, delayMs = DELAY_MS }: TracesOptions): Traces {
  const resource = { 'service.name': service, 'service.version': version }
  const current = new AsyncLocalStorage<Span>()
  let ended: Span[] = []
  let lost = 0
  let sending: Promise<void> = Promise.resolve()

  function begin(
    kind: Span['kind'],
    name: string,
    attributes: Attributes,
    parent = parentOf(current.getStore()),
  ): Span {
    const { traceId = randomBytes(16).toString('hex'), spanId: parentSpanId } = parent
    const spanId = randomBytes(8).toString('hex')
    const startMs = performance.timeOrigin + performance.now()
    return { traceId, spanId, parentSpanId, kind, name, attributes, startMs, durationMs: 0, failed: undefined }
  }

  function end(span: Span): void {
    span.durationMs = performance.timeOrigin + performance.now() - span.startMs
    if (ended.length < MOST) ended.push(span)
    else lost++
  }

  async function within<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
    try {
      return await current.run(span, () => work(span))
    } catch (error) {
      span.failed = withoutKeys(error instanceof Error ? error.message : String(error))
      throw error
    } finally {
      end(span)
    }
  }

  async function send(): Promise<void> {
    const [spans, missing] = [ended, lost]
    if (spans.length === 0) return
    ended = []
    lost = 0
    try {
      const response = await fetch(`${url}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(encodeSpans(spans, resource)),
        signal: AbortSignal.timeout(SEND_MS),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      if (missing > 0) log.warn('spans_lost', { count: missing, why: 'more than the collector takes' })
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error
      log.warn('spans_lost', {
        count: spans.length + missing,
        why: cause instanceof Error ? cause.message : `${cause}`,
      })
    }
  }

  const flush = () => {
    sending = sending.then(send)
    return sending
  }
  // Begun outside any span, so that what it sends is part of none.
  const timer = setInterval(() => void flush(), delayMs).unref()
  const unwatch = watchClient({
    active: () => current.getStore() !== undefined,
    begin: (name, attributes) => begin(KIND.client, name, attributes),
    end,
  })
  return {
    span: (name, attributes, work) => within(begin(KIND.internal, name, attributes), work),
    served: (traceparent, work) => within(begin(KIND.server, '', {}, readTraceparent(traceparent)), work),
    async close() {
      clearInterval(timer)
      unwatch()
      await Promise.race([flush(), sleep(LAST_MS, undefined, { ref: false })])
    },
  }
}

type Parent = Partial<Pick<Span, 'traceId' | 'spanId'>>

const parentOf = (span: Span | undefined): Parent => span ?? {}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/

/** W3C Trace Context; what is not of its form begins a trace of its own. */
function readTraceparent(header: string | undefined): Parent {
  const [, traceId, spanId] = TRACEPARENT.exec(header ?? '') ?? []
  return traceId && spanId ? { traceId, spanId } : {}
}
