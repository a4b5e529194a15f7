/** The copy at a Kubo: an upload never waits or fails for it, and every state of it is said in /status. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { upload } from '@stellartrain/ipfs-content/upload'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bytesOf, service, signedIn } from '../harness.ts'
import type { ReplicaStatus } from './copier.ts'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close().closeAllConnections())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function replicaOf(url: string): Promise<ReplicaStatus | null> {
  return ((await (await fetch(`${url}/status`)).json()) as { replica: ReplicaStatus | null }).replica
}

describe('a service', () => {
  it('without a replica says so', async () => {
    expect(await replicaOf((await service()).url)).toBeNull()
  })

  it.each<[string, () => Promise<string>, object]>([
    ['is not there', async () => 'http://127.0.0.1:1', { message: expect.stringContaining('IPFS_KUBO_URL') }],
    ['is something else', () => serve((_, response) => void response.writeHead(404).end('no')), {}],
    ['sends elsewhere', () => serve((_, response) => void response.writeHead(302, { location: '/' }).end()), {}],
    ['hangs up', () => serve((request) => void request.socket.destroy()), {}],
  ])('whose replica %s takes uploads all the same', async (_what, make, more) => {
    const { url } = await service({ kuboUrl: await make() })
    const { cid } = await upload({ url, token: await signedIn(url), bytes: bytesOf(10, 71) })
    const state = { state: 'unreachable', kept: 0, waiting: 1, lastError: { code: 'unreachable', cid, ...more } }
    await expect.poll(() => replicaOf(url)).toMatchObject(state)
    expect((await fetch(`${url}/ready`)).status).toBe(200)
  })

  it('whose replica never answers stops at once', async () => {
    let asked = () => {}
    const waiting = new Promise<void>((resolve) => {
      asked = resolve
    })
    const running = await service({ kuboUrl: await serve(() => asked()) })
    await upload({ url: running.url, token: await signedIn(running.url), bytes: bytesOf(10, 72) })
    await waiting
    await running.close()
  })
})
