/** What a stranger can open for nothing keeps no labeler and no oracle from its work. */
import { connect, type Socket } from 'node:net'
import { until } from '@stellartrain/contracts-client/testing/until'
import { listen, onError, silentLog } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import { workRoutes } from './routes.ts'
import type { Earnings } from './service.ts'

test('a hundred bodies that never come give way to one that does, and what is read needs no place', async () => {
  const clock = { now: 0 }
  const earnings = { list: async () => ({ epoch: 1 }) } as unknown as Earnings
  const app = workRoutes(earnings, 0, () => clock.now)
  app.onError(onError(silentLog))
  const server = await listen(app, { host: '127.0.0.1', port: 0, timeouts: { request: 0 } })
  onTestFinished(() => server.close(0))
  const put = () => fetch(`${server.url}/v1/work/appeals`, { method: 'PUT', body: '[]' }).then(({ status }) => status)
  const sockets: Socket[] = Array.from({ length: 100 }, () => connect(server.port, '127.0.0.1'))
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()))
  for (const socket of sockets) {
    socket.on('error', () => {})
    socket.write('PUT /v1/work/appeals HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n')
  }
  await until(async () => (await put()) === 503, { what: 'every place taken' })
  expect((await fetch(`${server.url}/v1/work/challenges/1/epochs/1`)).status).toBe(200)
  clock.now = 10_000
  expect(await put(), 'it has a place, and is no object').toBe(400)
})
