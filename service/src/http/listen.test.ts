/** A server says where it listens and why it cannot, and lets running answers finish when it closes. */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'

const local = { host: '127.0.0.1', port: 0 }

test('a taken port is an error that says what to do', async () => {
  const first = await listen(new Hono(), local)
  const second = listen(new Hono(), { ...local, port: first.port })
  await expect(second).rejects.toMatchObject({ code: 'cannot_listen', message: expect.stringContaining('set PORT') })
  await first.close()
})

test.each([
  ['127.0.0.1', /^http:\/\/127\.0\.0\.1:\d+$/],
  ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
  ['localhost', /^http:\/\/localhost:\d+$/],
])('listening on %s it can be reached at its URL', async (host, url) => {
  const app = new Hono().get('/', (c) => c.text('here'))
  const server = await listen(app, { host, port: 0 })
  expect(server.url).toMatch(url)
  expect(await (await fetch(server.url)).text()).toBe('here')
  await server.close()
})

test('closing lets a running answer finish and refuses new requests', async () => {
  const { promise: asked, resolve: arrived } = Promise.withResolvers<void>()
  const { promise: answer, resolve: finish } = Promise.withResolvers<void>()
  const app = new Hono().get('/', async (c) => {
    arrived()
    await answer
    return c.text('whole')
  })
  const server = await listen(app, local)
  const running = fetch(server.url)
  await asked
  const closed = server.close(300_000) // longer than the test: it must not be waited for
  await expect(fetch(server.url)).rejects.toThrow()
  finish()
  expect(await (await running).text()).toBe('whole')
  await closed
})

test('closing ends what does not finish in time', async () => {
  const { promise: asked, resolve: arrived } = Promise.withResolvers<void>()
  const app = new Hono().get('/', () => {
    arrived()
    return new Promise<Response>(() => {})
  })
  const server = await listen(app, local)
  const running = fetch(server.url)
  running.catch(() => {})
  await asked
  await server.close(10)
  await expect(running).rejects.toThrow()
})

/** Answers once the time without a byte is over, which its connection has to outlive. */
const slowToAnswer = (timedOut: () => void) =>
  new Hono<{ Bindings: HttpBindings }>().post('/', async (c) => {
    const body = await c.req.text()
    await once(c.env.incoming.socket, 'timeout')
    timedOut()
    return c.text(`stored ${body.length}`)
  })

test('a connection without a byte is not ended while the service works on the answer', async () => {
  let timedOut = false
  const app = slowToAnswer(() => {
    timedOut = true
  })
  const server = await listen(app, { ...local, timeouts: { idle: 50 } })
  const answer = await fetch(server.url, { method: 'POST', body: 'all of it' })
  expect([timedOut, await answer.text()]).toEqual([true, 'stored 9'])
  await server.close()
})

test('it is ended for the rest of a request also where the service was slow before', async () => {
  const app = new Hono<{ Bindings: HttpBindings }>().post('/', async (c) => {
    await once(c.env.incoming.socket, 'timeout')
    return c.text(await c.req.text().catch(() => 'cut off'))
  })
  const server = await listen(app, { ...local, timeouts: { idle: 50, request: 0 } })
  const socket = connect(server.port, local.host)
  socket.write('POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 10\r\n\r\nhalf')
  socket.resume()
  await once(socket, 'close')
  expect(socket.bytesRead).toBe(0)
  await server.close()
})

test('a connection without a byte is ended while the service waits for the rest of a request', async () => {
  const app = new Hono().post('/', async (c) => c.text(await c.req.text().catch(() => 'cut off')))
  const server = await listen(app, { ...local, timeouts: { idle: 50, request: 0 } })
  const socket = connect(server.port, local.host)
  socket.write('POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 10\r\n\r\nhalf')
  socket.resume()
  await once(socket, 'close')
  expect(socket.bytesRead).toBe(0)
  await server.close()
})
