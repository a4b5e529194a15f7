/** What a service can do to whoever asks it: nothing but answer, in time and within bounds. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { ask, askJson, isTooLate, tell } from './ask.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const bounds = { silentMs: 10_000, maxBytes: 100 }

test('a good answer is its JSON; refusals, other texts and long answers are none', async () => {
  const url = await serve(({ url: path }, response) => {
    if (path === '/refused') response.statusCode = 403
    response.end(path === '/text' ? 'hello' : JSON.stringify({ a: path === '/long' ? 'x'.repeat(100) : 1 }))
  })
  expect(await askJson(`${url}/good`, bounds)).toEqual({ a: 1 })
  for (const path of ['refused', 'text', 'long']) expect(await askJson(`${url}/${path}`, bounds)).toBeUndefined()
})

test('nobody is followed to another address', async () => {
  const asked = vi.fn()
  const other = await serve((_, response) => {
    asked()
    response.end('{}')
  })
  const url = await serve((_, response) => response.writeHead(307, { location: other }).end())
  await expect(ask(url, bounds)).rejects.toThrow()
  expect(await askJson(url, bounds)).toBeUndefined()
  await tell(url, { ...bounds, body: '{}' })
  expect(asked).not.toHaveBeenCalled()
})

test('who is silent, at first or in the middle of an answer, is left', async () => {
  const mute = await serve(() => {})
  const halting = await serve((_, response) => response.write('{"a":'))
  for (const url of [mute, halting]) expect(await askJson(url, { ...bounds, silentMs: 50 })).toBeUndefined()
  const late = await ask(halting, { silentMs: 50 }).then((answer) => answer.text().catch((error) => error))
  expect(isTooLate(late)).toBe(true)
})

test('an abort of the caller is thrown, and silence is not', async () => {
  const mute = await serve(() => {})
  const end = new AbortController()
  const asking = askJson(mute, { ...bounds, signal: end.signal })
  end.abort(new Error('the page is left'))
  await expect(asking).rejects.toThrow('the page is left')
  await tell(mute, { ...bounds, body: '{}', silentMs: 50 })
})

test('what is sent is JSON, by the session that is given', async () => {
  const seen: unknown[] = []
  const url = await serve((request, response) => {
    const { method, headers } = request
    seen.push([method, headers['content-type'], headers.authorization])
    response.end()
  })
  await tell(url, { ...bounds, body: '{}', token: 'abc' })
  await (await ask(url, bounds)).body?.cancel()
  expect(seen).toEqual([
    ['PUT', 'application/json', 'Bearer abc'],
    ['GET', undefined, undefined],
  ])
})
