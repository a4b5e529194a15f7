/** Uploads in parts by tus: gone on with after a broken connection and after a restart, and within the limits of any upload. */
import { computeCid } from '@stellartrain/ipfs-content/import'
import { expect, it } from 'vitest'
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
  return { call, begin, part, offset }
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
