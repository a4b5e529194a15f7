/** Ten thousand requests on thousands of connections: every one is answered, and what never becomes one takes nothing with it. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Devnet, startDevnet } from '../devnet.ts'
import type { Routes } from '../http/routes.ts'
import { createHttpServer, type Limits } from '../http/server.ts'

let net: Devnet

beforeAll(async () => {
  net = await startDevnet({ interval: 3600 })
})
afterAll(() => net.close())

const rpc = (method: string, params: object = {}) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })

/** What connections ask, and what each of it must be answered. */
const REQUESTS: readonly (readonly [body: string, answer: string])[] = [
  [rpc('getHealth'), '"status":"healthy"'],
  [rpc('getLatestLedger'), '"protocolVersion":28'],
  [rpc('sendTransaction', { transaction: 'AAAAAgAAAAA=' }), '"code":-32602'],
  [rpc('sendTransaction', { transaction: '\u0000/etc/passwd' }), '"code":-32602'],
  [rpc('simulateTransaction', { transaction: 'AAAA' }), 'Could not unmarshal transaction'],
  [rpc('getTransaction', { hash: '00'.repeat(32) }), '"status":"NOT_FOUND"'],
  [rpc('getLedgerEntries', { keys: ['AAAA'] }), '"code":-32602'],
  [rpc('getEvents', { startLedger: 4_000_000_000 }), '"code":-32600'],
  ['{"jsonrpc":"2.0","id":1,"method":', '"code":-32700'],
  ['['.repeat(5_000), '"code":-32700'],
  [`[${Array(101).fill(rpc('getHealth')).join()}]`, '"code":-32600'],
  ['', '"code":-32700'],
]

const post = (body: string, length = Buffer.byteLength(body)) =>
  `POST /rpc HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n\r\n${body}`

async function open(count: number, port = net.port): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'))
  for (const socket of sockets) socket.on('error', () => {})
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  return sockets
}

/** What a connection is told until it closes. */
async function heard(socket: Socket): Promise<string> {
  let text = ''
  for await (const part of socket.setEncoding('utf8')) text += part
  return text
}

/** A server in front of the same kind of answers, with limits that a test can wait for. */
async function impatient<T>(limits: Limits, run: (port: number, server: Server) => Promise<T>): Promise<T> {
  const routes = { rpc: { node: { history: { first: {}, last: {} } } } } as unknown as Routes
  const server = createHttpServer(() => routes, limits)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await run((server.address() as AddressInfo).port, server)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const connections = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)))

test('two waves of five hundred connections with ten requests each: each request has its own answer', async () => {
  for (let wave = 0; wave < 2; wave++) {
    const sockets = await open(500)
    const answers = await Promise.all(
      sockets.map(async (socket, index) => {
        const requests = Array.from({ length: 10 }, (_, turn) => REQUESTS[(index + wave + turn) % REQUESTS.length]!)
        socket.end(requests.map(([body]) => post(body)).join(''))
        const told = (await heard(socket)).split('HTTP/1.1 ').slice(1)
        return requests.every(([, answer], turn) => told[turn]?.startsWith('200 ') && told[turn].includes(answer))
      }),
    )
    expect(answers.filter((good) => !good)).toEqual([])
  }
})

test('a connection that is kept takes a thousand requests, one after another and all at once', async () => {
  const [socket] = await open(1)
  const requests = Array.from({ length: 1_000 }, (_, index) => REQUESTS[index % 10]!)
  socket!.end(requests.map(([body]) => post(body)).join(''))
  const answers = (await heard(socket!)).split('HTTP/1.1 ').slice(1)
  expect(answers).toHaveLength(1_000)
  for (const [index, answer] of answers.entries()) expect(answer).toContain(requests[index]![1])
})

test('those who are slow, stop halfway or say nothing hold up nobody', async () => {
  const slow = await open(900)
  for (const [index, socket] of slow.entries()) {
    if (index % 3 === 0) socket.write('POST /rpc HTTP/1.1\r\nhost: x\r\nx-slow: ')
    if (index % 3 === 1) socket.write(post('{"half":', 4_000_000))
  }
  const quick = await open(100)
  const answers = quick.map(async (socket) => {
    socket.end(post(rpc('getHealth')))
    return (await heard(socket)).includes('healthy')
  })
  expect((await Promise.all(answers)).every(Boolean)).toBe(true)
  for (const socket of slow) socket.destroy()
  expect((await fetch(`${net.url}/health`)).status).toBe(200)
})

test('a request that does not come to its end is closed with a reason', () =>
  impatient({ patience: 200, bodies: 1_000_000, answers: 1_000_000 }, async (port, server) => {
    const [head, body, idle] = (await open(3, port)) as [Socket, Socket, Socket]
    head.write('POST /rpc HTTP/1.1\r\nhost: x\r\n')
    body.write(post('{"half":', 4_000_000))
    expect(await heard(head)).toMatch(/^HTTP\/1\.1 408 /)
    expect(await heard(body)).toMatch(/^HTTP\/1\.1 408 /)
    idle.destroy()
    while ((await connections(server)) > 0) await sleep(5)
  }))

test('bodies that are never finished are held within a limit, and let go with their connection', () =>
  impatient({ patience: 60_000, bodies: 1_000_000, answers: 1_000_000 }, async (port) => {
    const half = 'x'.repeat(300_000)
    const hoarders = await open(10, port)
    const refused: string[] = []
    for (const socket of hoarders) {
      socket.once('data', (answer: Buffer) => refused.push(answer.toString()))
      socket.write(post(half, 4_000_000))
    }
    // Three fit; the others learn why they are turned away.
    while (refused.length < 7) await sleep(5)
    for (const answer of refused) expect(answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*try again later/)
    const whole = async () => (await fetch(`http://127.0.0.1:${port}/rpc`, { method: 'POST', body: half })).status
    expect(await whole()).toBe(503)
    for (const socket of hoarders) socket.destroy()
    while ((await whole()) !== 200) await sleep(5)
    expect(refused).toHaveLength(7)
  }))

test('who asks for much and reads nothing gets one answer at a time, and is let go in the end', () =>
  // Patient enough that a busy machine, too, has sent the questions and seen the refusal before they are let go.
  impatient({ patience: 3_000, bodies: 100_000_000, answers: 1_000_000 }, async (port) => {
    // An answer repeats the id that it is for.
    const long = post(JSON.stringify({ jsonrpc: '2.0', id: 'x'.repeat(3_000_000), method: 'nothing' }))
    const silent = await open(4, port)
    for (const socket of silent) {
      socket.pause()
      for (let count = 0; count < 8; count++) socket.write(long)
    }
    const status = async () =>
      (await fetch(`http://127.0.0.1:${port}/rpc`, { method: 'POST', body: rpc('nothing') })).status
    while ((await status()) !== 503) await sleep(5)
    while ((await status()) !== 200) await sleep(5)
    for (const socket of silent) socket.destroy()
  }))

test('answers come in the order of the questions, however late they are read', async () => {
  const [socket] = await open(1)
  socket!.pause()
  const ids = Array.from({ length: 12 }, (_, index) => `${index}`.padEnd(1_000_000, '.'))
  for (const id of ids) socket!.write(post(JSON.stringify({ jsonrpc: '2.0', id, method: 'getHealth' })))
  expect((await fetch(`${net.url}/health`)).status).toBe(200)
  socket!.end()
  const answers = (await heard(socket!)).split('HTTP/1.1 ').slice(1)
  expect(answers.map((answer) => /"id":"(\d+)\./.exec(answer)?.[1])).toEqual(ids.map((_, index) => String(index)))
})

test('a body that is too long is refused whether it is declared or not', async () => {
  const [declared, chunked] = (await open(2)) as [Socket, Socket]
  declared.end(post('x'.repeat(4_194_305)))
  expect(await heard(declared)).toMatch(/^HTTP\/1\.1 413 /)
  chunked.write('POST /rpc HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n')
  const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
  for (let sent = 0; sent < 70; sent++) chunked.write(chunk)
  chunked.end('0\r\n\r\n')
  expect(await heard(chunked)).toMatch(/^HTTP\/1\.1 413 /)
})
