/** A way between two services is cut and healed: what was silent goes on, what was refused must connect again. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openLink } from './links.ts'

/** Ends only what hangs. */
const PATIENCE = { timeout: 240_000 }

async function echo() {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const link = await openLink({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  onTestFinished(async () => {
    await link.close()
    server.close()
  })
  const client = () => {
    const socket = connect(link.port, '127.0.0.1').on('error', () => {})
    const heard: string[] = []
    socket.on('data', (chunk) => heard.push(String(chunk)))
    return { say: (text: string) => socket.write(text), heard: () => heard.join(''), socket }
  }
  return { link, client }
}

test('silence keeps what was said until it is healed, also of whoever came meanwhile', async () => {
  const { link, client } = await echo()
  const one = client()
  one.say('a')
  await vi.waitUntil(() => one.heard() === 'a', PATIENCE)
  link.cut('silent')
  const two = client()
  one.say('b')
  two.say('c')
  await new Promise((done) => setTimeout(done, 50))
  expect([one.heard(), two.heard()]).toEqual(['a', ''])
  link.heal()
  await vi.waitUntil(() => one.heard() === 'ab' && two.heard() === 'c', PATIENCE)
})

test('a refusal ends what is open and what comes, until it is healed', async () => {
  const { link, client } = await echo()
  const one = client()
  one.say('a')
  await vi.waitUntil(() => one.heard() === 'a', PATIENCE)
  link.cut('refused')
  const two = client()
  await vi.waitUntil(() => one.socket.destroyed && two.socket.destroyed, PATIENCE)
  link.heal()
  const three = client()
  three.say('d')
  await vi.waitUntil(() => three.heard() === 'd', PATIENCE)
})
