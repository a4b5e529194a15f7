/** The gateway as a browser and as a client that trusts nothing see it. */
import { CarReader } from '@ipld/car'
import { computeCid, importBytes } from '@stellartrain/ipfs-content/import'
import { isBlock } from '@stellartrain/ipfs-content/unixfs'
import { upload } from '@stellartrain/ipfs-content/upload'
import { silentLog } from '@stellartrain/service'
import type { CID } from 'multiformats/cid'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, service, signedIn } from '../harness.ts'
import { gateway } from './gateway.ts'

const bytes = bytesOf(2_600_000, 9)

async function stored() {
  const { url } = await service()
  const { cid } = await upload({ url, token: await signedIn(url), bytes })
  return { url, cid, get: (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers }) }
}
const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer())

let unknown: string
beforeAll(async () => {
  unknown = await computeCid(bytesOf(100, 10))
})

describe('a file', () => {
  it('comes whole, named by its CID, cacheable for ever, and can do nothing in a browser', async () => {
    const { cid, get } = await stored()
    const response = await get(`/ipfs/${cid}?filename=../tr"ain.csv`)
    expect(Buffer.compare(await bodyOf(response), bytes)).toBe(0)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': String(bytes.length),
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename=".._tr_ain.csv"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      etag: `"${cid}"`,
      'cache-control': expect.stringContaining('immutable'),
    })
  })

  it('is the same for everyone who reads at once, and for who reads later, though blocks share their memory', async () => {
    const { url } = await service()
    const token = await signedIn(url)
    const files = [11, 12].map((seed) => bytesOf(6_500_000, seed))
    const cids = await Promise.all(files.map(async (file) => (await upload({ url, token, bytes: file })).cid))
    const read = async (index: number) =>
      Buffer.compare(await bodyOf(await fetch(`${url}/ipfs/${cids[index]}`)), files[index]!)
    const waiting = await Promise.all([0, 1].map((index) => fetch(`${url}/ipfs/${cids[index]}`)))
    expect(await Promise.all([0, 1, 1, 0, 1, 0].map(read))).toEqual([0, 0, 0, 0, 0, 0])
    for (const [index, response] of waiting.entries())
      expect(Buffer.compare(await bodyOf(response), files[index]!)).toBe(0)
  })

  it('is asked about without being sent', async () => {
    const { url, cid, get } = await stored()
    const head = await fetch(`${url}/ipfs/${cid}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)])
    expect((await get(`/ipfs/${cid}`, { 'if-none-match': `"${cid}"` })).status).toBe(304)
  })

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1048570-1048585', 1_048_570, 1_048_586],
    ['bytes=-5', 2_599_995, 2_600_000],
    ['bytes=2599999-', 2_599_999, 2_600_000],
    ['bytes=0-99999999', 0, 2_600_000],
    ['bytes=1048576-2097151', 1_048_576, 2_097_152],
  ])('in the range %s is exactly that', async (range, start, end) => {
    const { cid, get } = await stored()
    const response = await get(`/ipfs/${cid}`, { range })
    expect(response.status).toBe(206)
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${bytes.length}`)
    expect(Buffer.compare(await bodyOf(response), bytes.subarray(start, end))).toBe(0)
  })

  it('has no range behind its end, and ignores what is no range', async () => {
    const { cid, get } = await stored()
    const behind = await get(`/ipfs/${cid}`, { range: 'bytes=2600000-' })
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, 'bytes */2600000'])
    for (const range of ['bytes=5-1', 'bytes=-', 'lines=1-2', 'bytes=0-1,5-6']) {
      const response = await get(`/ipfs/${cid}`, { range })
      expect([response.status, (await bodyOf(response)).length], range).toEqual([200, bytes.length])
    }
    const changed = await get(`/ipfs/${cid}`, { range: 'bytes=0-0', 'if-range': '"other"' })
    expect((await bodyOf(changed)).length).toBe(bytes.length)
  })
})

describe('to a client that trusts nothing', () => {
  it('blocks and archives can be checked against the CID', async () => {
    const { cid, get } = await stored()
    const archive = await bodyOf(await get(`/ipfs/${cid}`, { accept: 'application/vnd.ipld.car; version=1' }))
    const car = await CarReader.fromBytes(archive)
    expect((await car.getRoots()).map(String)).toEqual([cid])
    let blocks = 0
    for await (const block of car.blocks()) {
      expect(await isBlock(block.cid, block.bytes)).toBe(true)
      const raw = await get(`/ipfs/${block.cid}?format=raw`)
      expect(raw.headers.get('content-type')).toBe('application/vnd.ipld.raw')
      expect(Buffer.compare(await bodyOf(raw), block.bytes)).toBe(0)
      blocks++
    }
    expect(blocks).toBe(4)
    const root = await CarReader.fromBytes(await bodyOf(await get(`/ipfs/${cid}?format=car&dag-scope=block`)))
    expect(await Array.fromAsync(root.cids(), String)).toEqual([cid])
  })
})

describe('what cannot be served', () => {
  it('has a problem document with a code', async () => {
    const { cid, get } = await stored()
    for (const [path, status, code] of [
      [`/ipfs/${unknown}`, 404, 'not_found'],
      [`/ipfs/${unknown}?format=raw`, 404, 'not_found'],
      [`/ipfs/${unknown}?format=car`, 404, 'not_found'],
      ['/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG', 404, 'not_found'],
      ['/ipfs/..%2f..%2fsecret', 400, 'bad_cid'],
      [`/ipfs/${cid}/a.txt`, 404, 'not_found'],
      [`/ipfs/${cid}?format=tar`, 406, 'not_supported'],
      ['/nothing', 404, 'not_found'],
    ] as const) {
      const response = await get(path)
      expect(response.headers.get('content-type'), path).toBe('application/problem+json')
      expect(await response.json(), path).toMatchObject({ status, code, detail: expect.any(String) })
      expect(response.status, path).toBe(status)
    }
  })
})

it.each([
  ['file', 'one leaf and the next', '', 2, 2],
  // Beside its header and its root.
  ['archive', 'one leaf', '?format=car', 4, 1],
])('of a %s that nobody takes further, %s is read for its first pieces', async (_, __, query, pieces, leaves) => {
  const blocks = new Map<string, Uint8Array>()
  const { cid } = await importBytes(bytes, async (one, block) => void blocks.set(one.toString(), block))
  const read: string[] = []
  const node = {
    async read(one: CID) {
      read.push(one.toString())
      return blocks.get(one.toString())!
    },
  }
  const app = gateway({ node, clientOf: () => null, metrics: { read() {}, reading() {} }, log: silentLog })
  const response = await app.request(`/ipfs/${cid}${query}`)
  expect(response.status).toBe(200)
  const body = response.body!.getReader()
  for (let i = 0; i < pieces; i++) await body.read()
  expect(read.filter((one) => one !== cid)).toHaveLength(leaves)
  await body.cancel()
})
