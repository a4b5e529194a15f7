/** Traces as a collector gets them: a real receiver of OTLP over HTTP reads what a service sends. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { expect, onTestFinished, test, vi } from 'vitest'
import { HttpError } from '../http/http-error.ts'
import { onError } from '../http/problem.ts'
import { requests } from '../http/requests.ts'
import { createLog, silentLog } from '../log/log.ts'
import { createMetrics } from '../metrics.ts'
import { startTraces, type Traces } from './traces.ts'

type Value = { stringValue?: string; intValue?: string; boolValue?: boolean }
type Received = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: Value }[]
  status?: { code: number; message: string }
}

async function serve(answer: (body: string, headers: NodeJS.Dict<string | string[]>, path: string) => number) {
  const server = createServer(async (request, response) => {
    const body = (await Array.fromAsync(request)).join('')
    response.writeHead(answer(body, request.headers, request.url ?? '')).end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function collector(status = 200) {
  const spans: Received[] = []
  const resources: { key: string; value: Value }[][] = []
  const url = await serve((body, headers, path) => {
    expect([path, headers['content-type']]).toEqual(['/v1/traces', 'application/json'])
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      resources.push(resource.attributes)
      for (const scope of scopeSpans) spans.push(...scope.spans)
    }
    return status
  })
  return { url, spans, resources }
}

function tracesTo(url: string, log = silentLog): Traces {
  const traces = startTraces({ url, service: 'stellartrain-test', version: '1.2.3', log, delayMs: 3_600_000 })
  onTestFinished(traces.close)
  return traces
}

function appWith(traces: Traces, upstream = ''): Hono {
  const app = new Hono()
  app.use(requests({ log: silentLog, metrics: createMetrics('test', '1.2.3'), traces }))
  app.use('/v1/*', (_, next) => next())
  app.get('/v1/challenges/:id', async (c) => {
    await Promise.all([1, 2].map(async () => (await fetch(`${upstream}/secret-key`)).text()))
    return c.json({})
  })
  app.get('/health', (c) => c.text('ok'))
  app.get('/broken', () => {
    throw new HttpError(503, 'busy', 'Retry in 5 s.')
  })
  app.onError(onError(silentLog))
  return app
}

const of = (span: Received | undefined) =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]))

test('a request is a span with its route, and what it asks of others are its children', async () => {
  const { url, spans, resources } = await collector()
  const asked: string[] = []
  const upstream = await serve((_, { traceparent }) => {
    asked.push(String(traceparent))
    return 200
  })
  const traces = tracesTo(url)
  const [traceId, parent] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  const before = Date.now()
  await appWith(traces, upstream).request('/v1/challenges/7?secret=1', {
    headers: { traceparent: `00-${traceId}-${parent}-01`, 'x-request-id': 'one' },
  })
  await traces.close()
  const [served] = spans.filter(({ kind }) => kind === 2)
  const sent = spans.filter(({ kind }) => kind === 3)
  expect(spans).toHaveLength(3)
  expect(served).toMatchObject({ name: 'GET /v1/challenges/:id', traceId, parentSpanId: parent })
  expect(of(served)).toEqual({
    ...{ 'http.request.method': 'GET', 'http.route': '/v1/challenges/:id', 'url.path': '/v1/challenges/7' },
    ...{ 'http.response.status_code': '200', 'stellartrain.request_id': 'one' },
  })
  const [start, end] = [served!.startTimeUnixNano, served!.endTimeUnixNano].map((text) =>
    Number(BigInt(text) / 1_000_000n),
  )
  expect(start).toBeGreaterThanOrEqual(before - 1_000)
  expect(end).toBeGreaterThanOrEqual(start!)
  for (const span of sent) {
    expect(span).toMatchObject({ name: 'GET', traceId, parentSpanId: served!.spanId })
    expect(of(span)).toMatchObject({ 'server.address': '127.0.0.1', 'http.response.status_code': '200' })
  }
  expect(asked.sort()).toEqual(sent.map(({ spanId }) => `00-${traceId}-${spanId}-01`).sort())
  // Providers put keys into paths.
  expect(JSON.stringify(spans)).not.toMatch(/secret/)
  expect(resources[0]).toEqual([
    { key: 'service.name', value: { stringValue: 'stellartrain-test' } },
    { key: 'service.version', value: { stringValue: '1.2.3' } },
  ])
})

test('probes are left out, a refusal of ours is an error, and a wrong traceparent begins a trace', async () => {
  const { url, spans } = await collector()
  const traces = tracesTo(url)
  const app = appWith(traces)
  await app.request('/health')
  await app.request('/broken', { headers: { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` } })
  await app.request('/nowhere')
  await traces.close()
  expect(spans.map(({ name }) => name)).toEqual(['GET /broken', 'GET'])
  expect(spans[0]).toMatchObject({ status: { code: 2 }, traceId: expect.stringMatching(/^(?!0+$)[0-9a-f]{32}$/) })
  expect(spans[0]).not.toHaveProperty('parentSpanId')
  expect(spans[1]).not.toHaveProperty('status')
})

test('work is a span, what fails says why without its keys, and work within work is its child', async () => {
  const { url, spans } = await collector()
  const traces = tracesTo(url)
  const work = traces.span('vote', { 'stellartrain.challenge': 4 }, () =>
    traces.span('inner', {}, async () => {
      await fetch('http://127.0.0.1:9/KEY').catch(() => {})
      throw new Error('https://rpc.example/KEY does not answer')
    }),
  )
  await expect(work).rejects.toThrow('KEY')
  await traces.close()
  const named = (name: string) => spans.find((span) => span.name === name)
  expect(of(named('vote'))).toEqual({ 'stellartrain.challenge': '4' })
  expect(named('inner')).toMatchObject({ kind: 1, parentSpanId: named('vote')!.spanId, status: { code: 2 } })
  expect(JSON.stringify(spans)).not.toContain('KEY')
})

test.each([
  ['answers with an error', () => collector(500).then(({ url }) => url), 'HTTP 500'],
  ['is away', async () => 'http://127.0.0.1:9', ''],
])('a collector that %s costs no answer, and the log says what was lost', async (_, where, why) => {
  const lines: { event: string; count: number; why: string }[] = []
  const traces = tracesTo(await where(), createLog('warn', { write: (line) => lines.push(JSON.parse(line)) }))
  const app = appWith(traces)
  for (let requests = 0; requests < 2_100; requests++) expect((await app.request('/nowhere')).status).toBe(404)
  await traces.close()
  await vi.waitUntil(() => lines.length > 0, { timeout: 240_000 })
  // More than it keeps for a collector are counted, not kept.
  expect(lines).toMatchObject([{ event: 'spans_lost', count: 2_100, why: expect.stringContaining(why) }])
})
