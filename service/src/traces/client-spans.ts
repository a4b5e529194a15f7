/**
 * Requests that a service sends by `fetch`, as spans: Node tells of them on its diagnostics channels. They show the host alone: providers
 * put keys into paths.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { withoutKeys } from '../log/without-keys.ts'
import type { Attributes, Span } from './otlp.ts'

type Sent = { origin: string; method: string; addHeader(name: string, value: string): unknown }
type Told = { request: Sent; response?: { statusCode: number }; error?: Error }

type Watcher = Readonly<{
  /** Whether there is a span that a request can be part of. */
  active(): boolean
  begin(name: string, attributes: Attributes): Span
  end(span: Span): void
}>

/** @returns ends it */
export function watchClient({ active, begin, end }: Watcher): () => void {
  const open = new WeakMap<Sent, Span>()
  const close = (request: Sent, change: (span: Span) => void) => {
    const span = open.get(request)
    if (span === undefined) return
    open.delete(request)
    change(span)
    end(span)
  }
  const listeners: Record<string, (told: Told) => void> = {
    'undici:request:create'({ request }) {
      if (!active()) return
      const { method, origin } = request
      const { hostname, port, protocol } = new URL(origin)
      const span = begin(method, {
        'http.request.method': method,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
      })
      request.addHeader('traceparent', `00-${span.traceId}-${span.spanId}-01`)
      open.set(request, span)
    },
    'undici:request:headers'({ request, response }) {
      close(request, (span) => {
        const status = response?.statusCode ?? 0
        span.attributes = { ...span.attributes, 'http.response.status_code': status }
        if (status >= 400) span.failed = `HTTP ${status}`
      })
    },
    'undici:request:error'({ request, error }) {
      close(request, (span) => {
        span.failed = withoutKeys(error?.message ?? 'no answer')
      })
    },
  }
  for (const [channel, listener] of Object.entries(listeners)) subscribe(channel, listener as never)
  return () => {
    for (const [channel, listener] of Object.entries(listeners)) unsubscribe(channel, listener as never)
  }
}
