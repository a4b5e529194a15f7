/** What a stranger can open for nothing keeps no labeler from its lease. */
import { connect, type Socket } from 'node:net'
import { Keypair } from '@stellar/stellar-sdk/base'
import { until } from '@stellartrain/contracts-client/testing/until'
import { listen, onError, silentLog } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import { taskRoutes } from './routes.ts'
import type { Tasks } from './service.ts'

async function served(tasks: Partial<Tasks>, proxies = 0) {
  const clock = { now: 0 }
  const secret = Buffer.from(Keypair.random().rawSecretKey()).toString('hex')
  const of = { secret, networkPassphrase: 'Test', homeDomains: ['localhost'], monotonic: () => clock.now, proxies }
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

test('one address whose requests take long leaves places to others', async () => {
  let running = 0
  const never = new Promise<never>(() => {})
  const coverage = (id: number) => {
    running++
    return id === 1 ? never : Promise.resolve({ items: 1 } as never)
  }
  const { url } = await served({ coverage }, 1)
  const stop = new AbortController()
  onTestFinished(() => stop.abort())
  const ask = (id: number, address: string) =>
    fetch(`${url}/v1/tasks/challenges/${id}`, { headers: { 'x-forwarded-for': address }, signal: stop.signal })
  const statuses: number[] = []
  for (let i = 0; i < 70; i++)
    ask(1, '203.0.113.7').then(
      ({ status }) => void statuses.push(status),
      () => {},
    )
  await until(() => running + statuses.length === 70, { what: 'all to be there' })
  expect((await ask(2, '203.0.113.8')).status).toBe(200)
  expect([statuses.length, new Set(statuses)]).toEqual([54, new Set([503])])
})
