/** The API over a wire that breaks: live events go on after the last one, errors arrive as sentences. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createApi } from './api.ts'

let server: Server | undefined
afterEach(() => server?.close())

async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
  server = createServer(handler).listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('live events resume after the last id when the stream breaks, through heartbeats and split messages', async () => {
  const asked: (string | undefined)[] = []
  const apiUrl = await serve((request, response) => {
    asked.push(request.headers['last-event-id'] as string | undefined)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const [first, second] = asked.length === 1 ? ['1', '2'] : ['3', '4']
    const message = (id: string) => `: heartbeat\n\nid: ${id}\nevent: submitted\ndata: {"id":"${id}"}\n\n`
    response.write(message(first!))
    const rest = message(second!)
    response.write(rest.slice(0, 25))
    setTimeout(() => response.end(rest.slice(25)), 20)
  })
  const stop = new AbortController()
  const ids: string[] = []
  for await (const event of createApi({ apiUrl }).live({ challenge: 7 }, { signal: stop.signal })) {
    ids.push(event.id)
    if (ids.length === 4) break
  }
  expect(ids).toEqual(['1', '2', '3', '4'])
  expect(asked).toEqual([undefined, '2'])
})

test('a problem document becomes its sentence; what is not there says so; a server in trouble is worth another try', async () => {
  const apiUrl = await serve((request, response) => {
    const status = Number(/\d{3}/.exec(request.url ?? '')?.[0])
    response.writeHead(status, { 'content-type': 'application/problem+json' })
    response.end(JSON.stringify({ status, code: 'x', detail: `Because of ${status}.` }))
  })
  const api = createApi({ apiUrl })
  await expect(api.challenge(404)).rejects.toMatchObject({
    code: 'not_found',
    message: 'Because of 404.',
    retryable: false,
  })
  await expect(api.challenge(400)).rejects.toMatchObject({ code: 'api_refused', retryable: false })
  await expect(api.challenge(503)).rejects.toMatchObject({ code: 'api_refused', retryable: true })
})

test('no answer at all is a sentence too', async () => {
  const api = createApi({ apiUrl: 'http://127.0.0.1:9' })
  await expect(api.totals()).rejects.toMatchObject({ code: 'api_unreachable', retryable: true })
})
