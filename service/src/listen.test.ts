/** A server says where it listens and why it cannot, and lets running answers finish when it closes. */
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
