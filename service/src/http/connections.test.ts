/** Connections that ask for nothing take no room from those that do. */

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import { until } from '@stellartrain/contracts-client/testing/until'
import { expect, onTestFinished, test } from 'vitest'
import { boundConnections } from './connections.ts'

async function world(most: number) {
  let answer = () => {}
  const server = createServer((request, response) => {
    if (request.url === '/later') answer = () => response.end('later')
    else response.end('now')
  })
  boundConnections(server, most)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const closed: Socket[] = []
  const open = async (localAddress = '127.0.0.1') => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {}).on('close', () => closed.push(socket))
    await once(socket, 'connect')
    return socket
  }
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  return { open, ask, closed, answer: () => answer() }
}

test('one more than there may be ends the longest one without a request, and none that is answered', async () => {
  const { open, ask, closed, answer } = await world(10)
  const asked = ask('/later')
  const idle: Socket[] = []
  for (let i = 0; i < 40; i++) idle.push(await open())
  await until(() => closed.length === 31, { what: 'those that are too many to end' })
  expect(new Set(closed)).toEqual(new Set(idle.slice(0, 31)))
  expect(await ask('/')).toBe('now')
  answer()
  expect(await asked).toBe('later')
})

test('the address that has the most loses one, and no other', async () => {
  const { open, closed } = await world(10)
  const mine = await open('127.0.0.2')
  const theirs: Socket[] = []
  for (let i = 0; i < 20; i++) theirs.push(await open())
  await until(() => closed.length === 11, { what: 'those that are too many to end' })
  expect(new Set(closed)).toEqual(new Set(theirs.slice(0, 11)))
  expect(mine.destroyed).toBe(false)
})
