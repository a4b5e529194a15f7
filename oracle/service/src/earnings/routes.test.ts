/** What a stranger can open for nothing keeps no labeler and no oracle from its work. */
import { connect, type Socket } from 'node:net'
import { Keypair } from '@stellar/stellar-sdk/base'
import { until } from '@stellartrain/contracts-client/testing/until'
import { listen, onError, silentLog } from '@stellartrain/service'
import { expect, onTestFinished, test } from 'vitest'
import { workRoutes } from './routes.ts'
import type { Earnings } from './service.ts'

async function served(earnings: Partial<Earnings>) {
  const clock = { now: 0 }
  const app = workRoutes(earnings as Earnings, 0, () => clock.now)
  app.onError(onError(silentLog))
  const server = await listen(app, { host: '127.0.0.1', port: 0, timeouts: { request: 0 } })
  onTestFinished(() => server.close(0))
  return { clock, server }
}

test('a hundred bodies that never come give way to one that does, and what is read needs no place', async () => {
  const { clock, server } = await served({ list: async () => ({ epoch: 1 }) as never })
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

test('of large bodies few are in memory at once, and small ones need none of their places', async () => {
  const { clock, server } = await served({})
  let ended = 0
  const large = () => {
    const socket = connect(server.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    // Its answer may be lost: it sends on.
    socket.resume().on('close', () => ended++)
    socket.write('PUT /v1/work/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n')
    socket.write(Buffer.alloc(1024 * 1024, 'x'))
    return socket
  }
  for (let i = 0; i < 40; i++) large()
  await until(() => ended >= 34, { what: 'all but few to be refused' })
  const small = await fetch(`${server.url}/v1/work/appeals`, { method: 'PUT', body: '[]' })
  expect([small.status, ended]).toEqual([400, 34])
  // Those that stay and bring nothing more give way.
  clock.now = 10_000
  large()
  await until(() => ended === 35, { what: 'one of those that stalled to end' })
})

test('of batches few are worked on at once, for each is in memory until it was judged', async () => {
  let taken = 0
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const take = () => {
    taken++
    return ended
  }
  const { server } = await served({ take })
  const batch = {
    attempt: 1,
    commitment: 'ab'.repeat(32),
    labeler: Keypair.random().publicKey(),
    sha256: 'cd'.repeat(32),
    signature: 'ef'.repeat(64),
    units: 1,
  }
  const body = JSON.stringify({ challenge: 1, batch, sealed: '' })
  const puts = Array.from({ length: 40 }, () => fetch(`${server.url}/v1/work/batches`, { method: 'PUT', body }))
  await until(() => taken >= 16, { what: 'as many as there are places' })
  const first = await Promise.race(puts)
  expect([first.status, first.headers.get('retry-after')]).toEqual([503, '5'])
  end()
  const statuses = (await Promise.all(puts)).map(({ status }) => status)
  expect(statuses.filter((one) => one === 204)).toHaveLength(taken)
  expect(taken).toBeLessThan(40)
})
