/**
 * Memory under connections that mean harm: `node devnet/bench/flood.ts [--waves 10] [--sockets 1000]`.
 * Of each wave a quarter asks and stays, a quarter stops halfway through a body, a quarter is slow with its head, and a
 * quarter asks for long answers and does not read them. Prints resident memory at the height of each wave and after it.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Load } from './load.ts'
import { batch, call, launch } from './server.ts'

const PEOPLE = 50
const LEDGERS = 200
const HALF_BODY = 500_000
const HELD_MS = 1_000

const { values } = parseArgs({ options: { waves: { type: 'string' }, sockets: { type: 'string' } } })
const [waves, sockets] = [Number(values.waves ?? 10), Number(values.sockets ?? 1_000)]

const server = await launch('--interval', 'auto')
try {
  const load = await Load.create(server.url, PEOPLE)
  for (let round = 0; round < LEDGERS / PEOPLE; round++) {
    const sent = load.round(load.transfers).map(({ signed }) => ({
      method: 'sendTransaction',
      params: { transaction: signed },
    }))
    await batch(server.url, sent)
  }
  const port = Number(new URL(server.url).port)
  const ask = (method: string, params: object) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const post = (body: string, length = body.length) =>
    `POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`
  const long = post(ask('getLedgers', { startLedger: 2, pagination: { limit: 200 } }))
  const attacks: readonly ((socket: Socket) => void)[] = [
    (socket) => socket.write(post(ask('getHealth', {}))),
    (socket) => socket.write(post('x'.repeat(HALF_BODY), 4 * HALF_BODY)),
    (socket) => socket.write('POST /rpc HTTP/1.1\r\nhost: x\r\nx-slow: '),
    (socket) => {
      socket.pause()
      socket.write(long.repeat(20))
    },
  ]
  const start = server.memory()
  for (let wave = 1; wave <= waves; wave++) {
    const open = Array.from({ length: sockets }, () => connect(port, '127.0.0.1'))
    for (const socket of open) socket.on('error', () => {})
    await Promise.all(open.map((socket) => once(socket, 'connect')))
    open.forEach((socket, index) => {
      attacks[index % attacks.length]!(socket)
    })
    await sleep(HELD_MS)
    const asked = performance.now()
    await call(server.url, 'getHealth')
    const answered = performance.now() - asked
    const height = server.memory()
    for (const socket of open) socket.destroy()
    await sleep(HELD_MS)
    await call(server.url, 'getHealth')
    const line = {
      connections: wave * sockets,
      before: Math.round(start),
      height: Math.round(height),
      after: Math.round(server.memory()),
      answeredInMs: Math.round(answered),
    }
    console.log(JSON.stringify(line))
  }
} finally {
  await server.stop()
}
