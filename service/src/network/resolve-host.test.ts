/** Names whose servers are silent cost those who ask for them time, and nobody else. */
import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { until } from '@stellartrain/contracts-client/testing/until'
import { expect, onTestFinished, test } from 'vitest'
import { publicLookup } from './public-address.ts'
import { resolveHost } from './resolve-host.ts'

/** @param answers the IPv4 address of every name; null: silence */
async function nameServer(answers: string | null) {
  const socket = createSocket('udp4')
  let asked = 0
  socket.on('message', (query, { port }) => {
    asked += 1
    if (answers === null) return
    const end = query.indexOf(0, 12) + 5
    const isA = query.readUInt16BE(end - 4) === 1
    const head = Buffer.from([query[0]!, query[1]!, 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0])
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...answers.split('.').map(Number)])
    socket.send(Buffer.concat([head, query.subarray(12, end), ...(isA ? [record] : [])]), port, '127.0.0.1')
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void socket.close())
  return { server: `127.0.0.1:${(socket.address() as AddressInfo).port}`, asked: () => asked }
}

test('many names with silent servers keep nobody from another name or a file', async () => {
  const { server, asked } = await nameServer(null)
  let open = 12
  const silent = Array.from({ length: open }, (_, n) =>
    resolveHost(`x${n}.slow.example`, { servers: [server], timeoutMs: 1_500 })
      .catch((error: Error) => error.message)
      .finally(() => open--),
  )
  await until(() => asked() >= 12, { what: 'all to be asked' })
  await lookup('localhost')
  await readFile(new URL(import.meta.url))
  // Not one of them has ended yet.
  expect(open).toBe(12)
  expect(await Promise.all(silent)).toEqual(
    silent.map((_, n) => `x${n}.slow.example has no address: its name servers did not answer in time.`),
  )
})

test('what a name server says is looked at as any address is', async () => {
  const [inside, outside] = [await nameServer('10.0.0.7'), await nameServer('8.8.8.8')]
  const ask = (server: string, all: boolean) =>
    new Promise((resolve) =>
      publicLookup({ servers: [server] })('a.example', { all }, (error, found) => resolve(error?.message ?? found)),
    )
  for (const all of [true, false])
    expect(await ask(inside.server, all)).toMatch('not an address of the public internet')
  expect(await ask(outside.server, true)).toEqual([{ address: '8.8.8.8', family: 4 }])
  expect(await ask(outside.server, false)).toBe('8.8.8.8')
})

test('names of this machine are known without a server, those of its hosts file only where that is allowed', async () => {
  const { server, asked } = await nameServer('8.8.8.8')
  for (const name of ['localhost', 'A.LocalHost.'])
    expect((await resolveHost(name, { servers: [server] }))[0]).toEqual({ address: '127.0.0.1', family: 4 })
  expect(asked()).toBe(0)
  const lines = (await readFile('/etc/hosts', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/))
  const [address, name] =
    lines.find(([one = '#', host = 'localhost']) => /^\d/.test(one) && !/localhost$/.test(host)) ?? []
  if (!name) return
  expect((await resolveHost(name, { servers: [server], hosts: true })).map((one) => one.address)).toContain(address)
  expect(await resolveHost(name, { servers: [server] })).toEqual([{ address: '8.8.8.8', family: 4 }])
})
