/** What a stranger can open for nothing keeps no labeler from its lease. */
import { connect, type Socket } from 'node:net'
import { Keypair } from '@stellar/stellar-sdk/base'
import { until } from '@stellartrain/contracts-client/testing/until'
import { listen, onError, silentLog } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import { taskRoutes } from './routes.ts'
import type { Tasks } from './service.ts'

async function served(tasks: Partial<Tasks>) {
  const clock = { now: 0 }
  const secret = Buffer.from(Keypair.random().rawSecretKey()).toString('hex')
  const of = { secret, networkPassphrase: 'Test', homeDomains: ['localhost'], monotonic: () => clock.now }
  const app = taskRoutes({ ...of, tasks: tasks as Tasks })
  app.onError(onError(silentLog))
  const server = await listen(app, { host: '127.0.0.1', port: 0, timeouts: { request: 0 } })
  onTestFinished(() => server.close(0))
  return { clock, ...server }
}

test('a hundred bodies that never come give way to one that does, and what is read needs no place', async () => {
  const { clock, url, port } = await served({ coverage: async () => ({ items: 1 }) as never })
  const put = async () => (await fetch(`${url}/v1/tasks/quiz`, { method: 'PUT', body: '[]' })).status
  const sockets: Socket[] = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'))
  onTestFinished(() => sockets.forEach((socket) => void socket.destroy()))
  for (const socket of sockets) {
    socket.on('error', () => {})
    socket.write('PUT /v1/tasks/quiz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n')
  }
  await until(async () => (await put()) === 503, { what: 'every place taken' })
  expect((await fetch(`${url}/v1/tasks/challenges/1`)).status).toBe(200)
  clock.now = 10_000
  expect(await put(), 'it has a place, and is no object').toBe(400)
})

test('a body that is too large is refused, and other oracles ask for signatures without questions', async () => {
  const asked: unknown[] = []
  const { url } = await served({
    async quiz(_, __, asks) {
      asked.push(asks)
      return {} as never
    },
  })
  const large = await fetch(`${url}/v1/tasks/quiz`, { method: 'PUT', body: 'x'.repeat(2 * 1024 * 1024 + 1) })
  expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([413, 'too_large'])
  const path = `${url}/v1/tasks/challenges/1/quiz/${Keypair.random().publicKey()}`
  for (const query of ['', '?questions=none']) expect((await fetch(path + query)).status).toBe(200)
  expect(asked).toEqual([{ client: '' }, undefined])
})
