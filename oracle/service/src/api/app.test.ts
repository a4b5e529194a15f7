/** The API keeps its promises while everything behind it fails. */
import { until } from '@stellartrain/contracts-client/testing/until'
import { createMetrics, silentLog } from '@stellartrain/service'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import type { QueueLine } from './queue-view.ts'
import type { Status } from './status.ts'

const line: QueueLine = {
  challenge: 1,
  number: 3,
  solver: 'G',
  attempt: 1,
  position: 1,
  ageSeconds: 5,
  state: 'waiting',
  attempts: 0,
  lastError: null,
  passedOver: false,
  kept: false,
  voted: null,
}

function make() {
  const state = { queue: [line], asked: 0, problems: [] as string[], listeners: new Set<() => void>() }
  const stop = new AbortController()
  const app = createApp({
    metrics: createMetrics('oracle', '0.0.0'),
    log: silentLog,
    proxies: 1,
    signal: stop.signal,
    content: new Hono().get('/ipfs/:cid', (c) => c.body('block', 200, { 'cache-control': 'immutable' })),
    status: () => ({ address: 'G' }) as Status,
    queue() {
      state.asked++
      return state.queue
    },
    problems: () => state.problems,
    subscribe(listener) {
      state.listeners.add(listener)
      return () => state.listeners.delete(listener)
    },
  })
  return { app, state, stop }
}

test('it is alive whatever happens, and ready only without problems, which it names', async () => {
  const { app, state } = make()
  expect((await app.request('/ready')).status).toBe(200)
  state.problems.push('The RPC does not answer: connection refused')
  const ready = await app.request('/ready')
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { ready: false, reasons: ['The RPC does not answer: connection refused'] },
  ])
  expect((await app.request('/health')).status).toBe(200)
})

test('every page may read it, and an unknown path is a problem document', async () => {
  const { app } = make()
  const queue = await app.request('/v1/queue', { headers: { origin: 'https://dapp.example' } })
  expect(queue.headers.get('access-control-allow-origin')).toBe('*')
  expect(await queue.json()).toEqual([line])
  const missing = await app.request('/v2/queue')
  expect(missing.status).toBe(404)
  expect(missing.headers.get('content-type')).toBe('application/problem+json')
  expect(await missing.json()).toMatchObject({ code: 'not_found', status: 404 })
})

test('what changes is never cached, what cannot change is', async () => {
  const { app } = make()
  const cache = async (path: string) => (await app.request(path)).headers.get('cache-control')
  expect([await cache('/status'), await cache('/ipfs/bafy')]).toEqual(['no-store', 'immutable'])
})

test('a stream sends the queue at once and again when it changes, not when only its age does', async () => {
  const { app, state } = make()
  const response = await app.request('/v1/queue', { headers: { accept: 'text/event-stream' } })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const next = async () => (await reader.read()).value
  expect(await next()).toContain('"position":1')
  /** Resolves when the stream has looked at the change: it may listen a little later than it sends. */
  const change = async (queue: QueueLine[]) => {
    state.queue = queue
    const { asked } = state
    const look = () => {
      for (const listener of state.listeners) listener()
      return state.asked > asked
    }
    await until(look, { what: 'the stream to look at the queue' })
  }
  const coming = next()
  await change([{ ...line, ageSeconds: 6 }])
  await change([{ ...line, ageSeconds: 7, state: 'grading' }])
  expect(await coming).toContain('"state":"grading"')
  await reader.cancel()
  expect(state.listeners.size).toBe(0)
})

test('a stream ends when the oracle stops', async () => {
  const { app, state, stop } = make()
  const response = await app.request('/v1/queue', { headers: { accept: 'text/event-stream' } })
  const reader = response.body!.getReader()
  await reader.read()
  stop.abort()
  while (!(await reader.read()).done);
  expect(state.listeners.size).toBe(0)
})

const STREAM = { accept: 'text/event-stream' }

test('one address that opens streams without end ends its own and no other, and HEAD opens none', async () => {
  const { app, state, stop } = make()
  const remote = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
  const open = async (address: string, method = 'GET') => {
    const headers = { ...STREAM, 'x-forwarded-for': address }
    return app.request('/v1/queue', { method, headers }, remote)
  }
  expect((await open('192.0.2.1', 'HEAD')).status).toBe(200)
  expect(state.listeners.size).toBe(0)
  const mine = (await open('192.0.2.1')).body!.getReader()
  await mine.read()
  let isEnded = false
  void mine.read().then(({ done }) => {
    isEnded = done
  })
  const theirs = []
  for (let i = 0; i < 300; i++) theirs.push(await open('192.0.2.2'))
  await until(() => state.listeners.size === 200, { what: 'as many as there are places' })
  expect(isEnded).toBe(false)
  stop.abort()
  await until(() => state.listeners.size === 0, { what: 'all to end' })
  expect(theirs.map(({ status }) => status)).toEqual(theirs.map(() => 200))
})
