/** What every service answers: health, readiness, metrics, and refusals as problem documents with the request's id. */
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createLog } from '../log/log.ts'
import { createMetrics } from '../metrics.ts'
import { answerWith, headersOf } from './headers.ts'
import { healthRoutes } from './health.ts'
import { HttpError } from './http-error.ts'
import { notFound, onError, type Problem } from './problem.ts'
import { requests } from './requests.ts'

function make() {
  const lines: Record<string, unknown>[] = []
  const log = createLog('debug', { write: (line) => lines.push(JSON.parse(line)) })
  const metrics = createMetrics('test', '1.2.3')
  const problems: string[] = []
  const app = new Hono()
  app.use(requests({ log, metrics }))
  app.route('/', healthRoutes({ problems: () => problems, metrics }))
  app.get('/busy', () => {
    throw new HttpError(503, 'busy', 'Retry in 5 s.', { headers: { 'retry-after': '5' } })
  })
  app.get('/invalid', () => {
    throw new HttpError(400, 'bad_request', 'limit is too large', { errors: [{ path: 'limit', message: 'too large' }] })
  })
  app.get('/broken', () => {
    throw new Error('password=hunter2')
  })
  app.get('/raw', () => new Response('plain'))
  app.get('/elsewhere', () => Response.redirect('https://example.org/'))
  app.get('/hot', (c) => {
    headersOf(c).vary = 'accept'
    return answerWith(c, 200, 'hot', { 'content-type': 'text/html' })
  })
  app.notFound(notFound(app, 'See /docs.'))
  app.onError(onError(log))
  return { app, lines, problems, metrics }
}

test('an unknown path is a problem document with the id of the request', async () => {
  const response = await make().app.request('/nowhere')
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = (await response.json()) as Problem
  expect(body).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'There is nothing at /nowhere. See /docs.',
    code: 'not_found',
    requestId: response.headers.get('x-request-id'),
  })
  expect(body.requestId).toMatch(/^[\w-]{36}$/)
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is refused with the methods that a path takes', async (method) => {
  const { app } = make()
  app.post('/both/:id', (c) => c.text('')).get((c) => c.text(''))
  const refused = await app.request('/health', { method })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  expect(await refused.json()).toMatchObject({ code: 'method_not_allowed', title: 'Method Not Allowed' })
  expect((await app.request('/nowhere', { method })).status).toBe(404)
  if (method === 'POST') return
  expect((await app.request('/both/1', { method })).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
})

test('the id of the caller is kept, on every kind of answer; one that could break a log is not', async () => {
  const { app } = make()
  for (const path of ['/health', '/raw', '/busy', '/nowhere', '/elsewhere', '/hot']) {
    const response = await app.request(path, { headers: { 'x-request-id': 'abc-1' } })
    expect([path, response.headers.get('x-request-id')]).toEqual([path, 'abc-1'])
  }
  const odd = await app.request('/health', { headers: { 'x-request-id': 'a b"' } })
  expect(odd.headers.get('x-request-id')).not.toBe('a b"')
})

test('an answer has the headers that were kept for it, and its own', async () => {
  const { headers } = await make().app.request('/hot')
  const [type, vary, options] = ['content-type', 'vary', 'x-content-type-options'].map((name) => headers.get(name))
  expect([type, vary, options]).toEqual(['text/html', 'accept', 'nosniff'])
})

test('a refusal keeps its code, headers and field errors', async () => {
  const { app } = make()
  const busy = await app.request('/busy')
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await busy.json()).toMatchObject({ code: 'busy', title: 'Service Unavailable' })
  expect(await (await app.request('/invalid')).json()).toMatchObject({
    errors: [{ path: 'limit', message: 'too large' }],
  })
})

test('an unexpected error is logged with its cause and answered without it', async () => {
  const { app, lines } = make()
  const response = await app.request('/broken')
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(text).not.toContain('hunter2')
  expect(JSON.parse(text)).toMatchObject({ code: 'internal' })
  expect(lines.find(({ event }) => event === 'request_failed')).toMatchObject({
    ...{ level: 'error', path: '/broken', cause: 'password=hunter2', requestId: response.headers.get('x-request-id') },
  })
})

test('readiness names its reasons', async () => {
  const { app, problems } = make()
  expect(await (await app.request('/health')).json()).toEqual({ status: 'ok' })
  expect(await (await app.request('/ready')).json()).toEqual({ ready: true, reasons: [] })
  problems.push('The RPC does not answer.')
  const response = await app.request('/ready')
  expect([response.status, await response.json()]).toEqual([
    503,
    { ready: false, reasons: ['The RPC does not answer.'] },
  ])
})

test('metrics hold the answers so far, the own values and those of the process, and nothing of another service', async () => {
  const { app, metrics } = make()
  const other = createMetrics('other', '1.0.0')
  const depth = metrics.gauge('depth', 'How deep.')
  metrics.beforeScrape(() => depth.set(7))
  await app.request('/health')
  await app.request('/nowhere')
  const response = await app.request('/metrics')
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  const text = await response.text()
  for (const line of [
    'stellartrain_test_http_requests_total{status="200"} 1',
    'stellartrain_test_http_requests_total{status="404"} 1',
    'stellartrain_test_http_request_seconds_count 2',
    'stellartrain_test_info{version="1.2.3"} 1',
    'stellartrain_test_depth 7',
  ])
    expect(text).toContain(line)
  expect(text).toContain('process_cpu_seconds_total')
  expect(await other.text()).not.toContain('stellartrain_test')
})
