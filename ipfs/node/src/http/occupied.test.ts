/** What strangers can occupy: not the uploads of those who have a part in a challenge, not submissions, not the room of others. */
import { request } from 'node:http'
import { Keypair } from '@stellar/stellar-sdk'
import { type Fixture, startFixture } from '@stellartrain/contracts-client/testing'
import { until } from '@stellartrain/contracts-client/testing/until'
import { CAR_MEDIA_TYPE } from '@stellartrain/ipfs-content/car'
import { upload } from '@stellartrain/ipfs-content/upload'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { nameFile, pack, put } from '../chain-harness.ts'
import { bytesOf, type Service, service, signedIn } from '../harness.ts'

let net: Fixture
beforeAll(async () => {
  net = await startFixture()
})
afterAll(() => net.close())

/** An upload that began and goes on by nothing. */
async function drip({ url }: Service, token: string): Promise<void> {
  const sending = request(`${url}/v1/uploads`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  sending.on('error', () => {})
  onTestFinished(() => void sending.destroy())
  sending.write('x')
}

const running = async ({ url }: Service) =>
  Number(/uploads_running (\d+)/.exec(await (await fetch(`${url}/metrics`)).text())?.[1])

describe('sixteen connections that drip', () => {
  it('of one account take four places, and everyone else goes on', async () => {
    const node = await service()
    const attacker = await signedIn(node.url)
    for (let i = 0; i < 16; i++) await drip(node, attacker)
    await expect.poll(() => running(node)).toBe(4)
    const token = await signedIn(node.url)
    expect(await upload({ url: node.url, token, bytes: bytesOf(1_000_000, 131) })).toMatchObject({ bytes: 1_000_000 })
  })

  it('of eight accounts keep neither a maker, nor an oracle, nor a submission away', async () => {
    const node = await service({ rpcUrl: net.net.rpcUrl, contract: net.chain.network.contract, pollMs: 100 })
    const [maker] = await net.people(1)
    const oracle = await net.oracle()
    const id = await net.challenge(maker!, [oracle])
    const file = await pack(bytesOf(200_000, 132))
    await nameFile(net, id, file)
    const tokens = await Promise.all(Array.from({ length: 8 }, () => signedIn(node.url)))
    for (const token of [...tokens, ...tokens]) await drip(node, token)
    await expect.poll(() => running(node)).toBe(16)

    const send = async (who: Keypair, seed: number) =>
      upload({ url: node.url, token: await signedIn(node.url, who), bytes: bytesOf(50_000, seed) })
    // They have their own places as soon as this node has read the challenge; here right away.
    await until(async () => (await send(oracle, 133).catch(() => undefined)) !== undefined, {
      what: 'the report',
      timeout: 240_000,
    })
    expect(await send(maker!, 134)).toMatchObject({ bytes: 50_000 })
    expect((await put(node, file.cid, file.pieces)).status).toBe(201)
  })
})

it('who waits for what no one submitted keeps no one else from handing over', async () => {
  const facts = { rpcUrl: net.net.rpcUrl, contract: net.chain.network.contract, pollMs: 600_000 }
  const node = await service({ ...facts, proxies: 1 })
  const file = await pack(bytesOf(50_000, 171))
  const from = (address: string, cid: string, body?: Uint8Array<ArrayBuffer>) =>
    fetch(`${node.url}/v1/content/${cid}`, {
      method: 'PUT',
      headers: { 'x-forwarded-for': address, 'content-type': CAR_MEDIA_TYPE },
      ...(body && { body }),
    })
  const nothing = await pack(bytesOf(100, 172))
  const waiting = Array.from({ length: 80 }, (_, i) => from(`203.0.113.${i % 10}`, nothing.cid))
  // Of each address more than may wait at once are answered by one look; the rest waits on.
  expect((await Promise.race(waiting)).status).toBe(404)
  const [maker] = await net.people(1)
  await nameFile(net, await net.challenge(maker!, [await net.oracle()]), file)
  expect((await from('198.51.100.1', file.cid, Buffer.concat(file.pieces))).status).toBe(201)
  for (const one of await Promise.all(waiting)) expect(one.status).toBe(404)
})

describe('the room of the node', () => {
  it('is bounded for all accounts together, and submissions have their own', async () => {
    const facts = { rpcUrl: net.net.rpcUrl, contract: net.chain.network.contract, pollMs: 100 }
    const node = await service({ ...facts, maxUploadsBytes: 25_000 })
    for (const seed of [141, 142])
      await upload({ url: node.url, token: await signedIn(node.url), bytes: bytesOf(10_000, seed) })
    const third = upload({ url: node.url, token: await signedIn(node.url), bytes: bytesOf(10_000, 143) })
    await expect(third).rejects.toMatchObject({ message: expect.stringContaining('no room for more uploads') })
    const file = await pack(bytesOf(50_000, 144))
    const [maker] = await net.people(1)
    await nameFile(net, await net.challenge(maker!, [await net.oracle()]), file)
    expect((await put(node, file.cid, file.pieces)).status).toBe(201)
    const metrics = await (await fetch(`${node.url}/metrics`)).text()
    expect(metrics).toContain('stellartrain_ipfs_quota_used_bytes{for="accounts"} 20000')
    expect(metrics).toContain('stellartrain_ipfs_uploads_refused_total{code="uploads_full"} 1')
  })

  it('of a day is bounded for an address, whatever its keys', async () => {
    const node = await service({ maxAddressBytes: 15_000, proxies: 1 })
    const from = async (address: string, seed: number) => {
      const headers = { authorization: `Bearer ${await signedIn(node.url)}`, 'x-forwarded-for': address }
      const response = await fetch(`${node.url}/v1/uploads`, { method: 'POST', headers, body: bytesOf(10_000, seed) })
      const { code } = (await response.json()) as { code?: string }
      return [response.status, code, response.headers.has('retry-after')]
    }
    expect(await from('203.0.113.7', 151)).toEqual([201, undefined, false])
    expect(await from('203.0.113.7', 152)).toEqual([429, 'address_full', true])
    expect(await from('203.0.113.8', 152)).toEqual([201, undefined, false])
  })
})

describe('what strangers take of the room', () => {
  const shareOf = async ({ url }: Service) =>
    ((await (await fetch(`${url}/status`)).json()) as { uploads: { shareBytes: number } }).uploads.shareBytes

  it('five addresses leave half of it, and the next one has as much as one may', async () => {
    const node = await service({ maxUploadsBytes: 4_000_000, proxies: 1 })
    const addresses = ['203.0.113.1', '198.51.100.1', '192.0.2.1', '2001:db8:1::1', '2001:db8:2::1']
    for (const [i, address] of addresses.entries())
      expect(await sendFrom(node, address, await shareOf(node), 200 + i)).toBe(201)
    expect(await shareOf(node)).toBeGreaterThan(215_000)
    expect(await sendFrom(node, addresses[0]!, 100_000, 206)).toBe(507)
    // After a restart, too.
    await node.close()
    const again = await service({ maxUploadsBytes: 4_000_000, proxies: 1, home: node.home })
    expect(await sendFrom(again, addresses[0]!, 100_000, 207)).toBe(507)
    expect(await sendFrom(again, '100.64.1.1', 200_000, 208)).toBe(201)
  })

  it('a network has no more by having many addresses', async () => {
    const node = await service({ maxUploadsBytes: 4_000_000, proxies: 1 })
    for (const i of [1, 2, 3]) expect(await sendFrom(node, `2001:db8:7:${i}::1`, 200_000, 210 + i)).toBe(201)
    expect(await sendFrom(node, '2001:db8:7:4::1', 200_000, 214)).toBe(507)
    expect(await sendFrom(node, '2001:db8:8:4::1', 200_000, 214)).toBe(201)
  })

  it('parts that are not whole take as much as what is kept, and what is kept may come again', async () => {
    const node = await service({ maxUploadsBytes: 4_000_000, proxies: 1 })
    const part = async (address: string, bytes: number, seed: number) => {
      const authorization = `Bearer ${await signedIn(node.url)}`
      const headers = { authorization, 'x-forwarded-for': address, 'tus-resumable': '1.0.0' }
      const length = { ...headers, 'upload-length': String(bytes + 1) }
      const begun = await fetch(`${node.url}/v1/resumable`, { method: 'POST', headers: length })
      const offset = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
      const url = `${node.url}${begun.headers.get('location')}`
      const body = bytesOf(bytes, seed)
      return (await fetch(url, { method: 'PATCH', headers: { ...headers, ...offset }, body })).status
    }
    expect(await part('203.0.113.1', 300_000, 221)).toBe(204)
    expect(await part('203.0.113.1', 300_000, 222)).toBe(507)
    expect(await part('192.0.2.1', 200_000, 223)).toBe(204)
    const somebody = Keypair.random()
    for (let i = 0; i < 2; i++) expect(await sendFrom(node, '100.64.0.1', 250_000, 224, somebody)).toBe(201)
    expect(await sendFrom(node, '100.64.0.1', 250_000, 225, somebody)).toBe(507)
  })
})

/** An upload of somebody new, or of `who`: its status. */
async function sendFrom(
  { url }: Service,
  address: string,
  bytes: number,
  seed: number,
  who?: Keypair,
): Promise<number> {
  const headers = { authorization: `Bearer ${await signedIn(url, who)}`, 'x-forwarded-for': address }
  const answer = await fetch(`${url}/v1/uploads`, { method: 'POST', headers, body: bytesOf(bytes, seed) })
  await answer.body?.cancel()
  return answer.status
}

it('an account that keeps a file may bring it again though all is full', async () => {
  const node = await service({ maxUploadsBytes: 12_000 })
  const token = await signedIn(node.url, Keypair.random())
  const bytes = bytesOf(10_000, 161)
  for (let i = 0; i < 2; i++) expect(await upload({ url: node.url, token, bytes })).toMatchObject({ bytes: 10_000 })
})
