/** Uploads in parts by tus: gone on with after a broken connection and after a restart, and within the limits of any upload. */
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { expect, it, vi } from 'vitest'
import { blockFiles, bytesOf, service, signedIn } from '../harness.ts'

const TUS = { 'tus-resumable': '1.0.0' }

async function client(url: string, token?: string) {
  const headers = { ...TUS, authorization: `Bearer ${token ?? (await signedIn(url))}` }
  const call = (method: string, path: string, more: Record<string, string> = {}, body?: Uint8Array<ArrayBuffer>) =>
    fetch(new URL(path, url), { method, headers: { ...headers, ...more }, ...(body && { body }) })
  const begin = async (length: number) => {
    const answer = await call('POST', '/v1/resumable', { 'upload-length': String(length) })
    return { status: answer.status, at: answer.headers.get('location') ?? '' }
  }
  const part = (at: string, offset: number, body: Uint8Array<ArrayBuffer>) =>
    call('PATCH', at, { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }, body)
  const offset = async (at: string) => Number((await call('HEAD', at)).headers.get('upload-offset'))
  return { call, begin, part, offset, token: headers.authorization.slice('Bearer '.length) }
}

it('a file arrives in parts, a restart in between, and has its own CID', async () => {
  const bytes = bytesOf(2_500_000, 301)
  const first = await service()
  const token = await signedIn(first.url)
  const one = await client(first.url, token)
  const { status, at } = await one.begin(bytes.length)
  expect(status).toBe(201)
  expect((await one.part(at, 0, bytes.subarray(0, 1_000_000))).status).toBe(204)
  expect(await blockFiles(first.home)).toEqual([])
  await first.close()

  const second = await service({ home: first.home })
  const again = await client(second.url, token)
  expect(await again.offset(at)).toBe(1_000_000)
  expect((await again.part(at, 0, bytes)).status).toBe(409)
  const last = await again.part(at, 1_000_000, bytes.subarray(1_000_000))
  expect([last.status, last.headers.get('x-content-cid')]).toEqual([204, await computeCid(bytes)])
  const served = await fetch(`${second.url}/ipfs/${await computeCid(bytes)}`)
  expect(Buffer.compare(new Uint8Array(await served.arrayBuffer()), bytes)).toBe(0)
  expect((await again.call('HEAD', at)).headers.get('x-content-cid')).toBe(await computeCid(bytes))
})

it('counts what arrived for the quota of all uploads, and what was announced for nothing', async () => {
  const node = await service({ maxUploadsBytes: 20_000 })
  const [idle, mine] = [await client(node.url), await client(node.url)]
  for (let i = 0; i < 4; i++) expect((await idle.begin(20_000)).status).toBe(201)
  const { at } = await mine.begin(30_000)
  expect((await mine.part(at, 0, bytesOf(15_000, 304))).status).toBe(204)
  expect((await mine.part(at, 15_000, bytesOf(10_000, 305))).status).toBe(507)
  expect((await mine.call('DELETE', at)).status).toBe(204)
  const again = await mine.begin(15_000)
  expect((await mine.part(again.at, 0, bytesOf(15_000, 306))).status).toBe(204)
})

it('is refused in what no upload may do, and can be ended', async () => {
  const node = await service({ maxUploadBytes: 1_000_000 })
  const [mine, other] = [await client(node.url), await client(node.url)]
  expect((await mine.begin(1_000_001)).status).toBe(413)
  expect((await fetch(`${node.url}/v1/resumable`, { method: 'POST' })).status).toBe(412)
  const { at } = await mine.begin(100)
  expect((await other.call('HEAD', at)).status).toBe(404)
  expect((await mine.part(at, 0, bytesOf(101, 302))).status).toBe(413)
  expect((await mine.call('PATCH', at, { 'upload-offset': '0' }, bytesOf(1, 303))).status).toBe(415)
  for (let i = 0; i < 3; i++) expect((await mine.begin(100)).status).toBe(201)
  expect((await mine.begin(100)).status).toBe(503)
  expect((await mine.call('DELETE', at)).status).toBe(204)
  expect((await mine.call('HEAD', at)).status).toBe(404)
  const options = await fetch(`${node.url}/v1/resumable`, { method: 'OPTIONS' })
  expect(options.headers.get('tus-version')).toBe('1.0.0')
})

it('counts each piece for the day of its address, also of parts that break off', async () => {
  const node = await service({ proxies: 1, maxAddressBytes: 500_000 })
  const from = { 'x-forwarded-for': '203.0.113.9' }
  const mine = await client(node.url)
  const begun = await Promise.all(
    Array.from({ length: 3 }, async () =>
      (await mine.call('POST', '/v1/resumable', { ...from, 'upload-length': '500000' })).headers.get('location'),
    ),
  )
  const headers = { ...from, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
  const sent = request(new URL(begun[0]!, node.url), {
    method: 'PATCH',
    headers: { ...headers, ...TUS, authorization: `Bearer ${mine.token}` },
  })
  sent.on('error', () => {})
  sent.write(bytesOf(400_000, 310))
  await vi.waitUntil(async () => (await mine.offset(begun[0]!)) === 400_000, { timeout: 240_000 })
  sent.destroy()
  expect((await mine.call('PATCH', begun[1]!, headers, bytesOf(90_000, 311))).status).toBe(204)
  const over = await mine.call('PATCH', begun[2]!, headers, bytesOf(90_000, 312))
  expect([over.status, ((await over.json()) as { code: string }).code]).toEqual([429, 'address_full'])
  const plain = await fetch(`${node.url}/v1/uploads`, {
    method: 'POST',
    headers: { ...from, authorization: `Bearer ${mine.token}` },
    body: bytesOf(50_000, 313),
  })
  expect(plain.status).toBe(429)
})

it('takes an empty file', async () => {
  const node = await service()
  const mine = await client(node.url)
  const answer = await mine.call('POST', '/v1/resumable', { 'upload-length': '0' })
  expect([answer.status, answer.headers.get('x-content-cid')]).toEqual([201, await computeCid(new Uint8Array())])
})

it('takes no part of a file that is whole', async () => {
  const node = await service()
  const mine = await client(node.url)
  const { at } = await mine.begin(10)
  expect((await mine.part(at, 0, bytesOf(10, 320))).status).toBe(204)
  expect((await mine.part(at, 0, bytesOf(10, 320))).status).toBe(409)
  expect(await mine.offset(at)).toBe(10)
  expect(await readdir(join(node.home, 'resumable'))).toEqual([])
})
