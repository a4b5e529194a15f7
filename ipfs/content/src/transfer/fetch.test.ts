/** Verified fetch against real HTTP gateways, honest and lying ones. */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encode } from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { afterAll, describe, expect, it } from 'vitest'
import { concat, sha256, toHex } from '../encoding/bytes.ts'
import { DAG_PB, RAW } from '../encoding/cid.ts'
import { fromBase64, golden, goldenContent } from '../testing/golden.ts'
import { importBytes } from '../unixfs/import.ts'
import { fetchCid, streamCid } from './fetch.ts'

const servers: Server[] = []
afterAll(() => servers.forEach((server) => void server.close().closeAllConnections()))

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Blocks = Map<string, Uint8Array>
const digestOf = (url: string) => toHex(CID.parse(url.slice('/ipfs/'.length, url.indexOf('?'))).multihash.digest)

/** A gateway that serves these blocks, `change` lies. */
function gateway(blocks: Blocks, change: (block: Uint8Array) => Uint8Array = (block) => block): Promise<string> {
  return serve((request, response) => {
    const block = blocks.get(digestOf(request.url!))
    if (block) response.end(change(block))
    else response.writeHead(404).end()
  })
}

async function imported(content: Uint8Array): Promise<{ cid: string; blocks: Blocks }> {
  const blocks: Blocks = new Map()
  const { cid } = await importBytes(content, async (cid, block) => {
    blocks.set(toHex(cid.multihash.digest), block)
  })
  return { cid, blocks }
}

const dead = 'http://127.0.0.1:1'
const limit = { maxBytes: 10_000_000 }

describe('a file', () => {
  it.each(golden.files)('in a $layout tree of boxo is put together', async ({ cid, bytes, blocks }) => {
    const store: Blocks = new Map(Object.entries(blocks).map(([digest, block]) => [digest, fromBase64(block)]))
    const whole = await fetchCid(cid, { gateways: [await gateway(store)], ...limit })
    expect(whole).toEqual(goldenContent(bytes))
  })

  it('of several blocks arrives whole, in pieces and with progress', async () => {
    const content = goldenContent(3_200_000)
    const { cid, blocks } = await imported(content)
    const gateways = [await gateway(blocks)]
    const progress: number[] = []
    const options = { gateways, ...limit, onProgress: (sent: number) => progress.push(sent) }
    expect(Buffer.compare(await fetchCid(cid, options), content)).toBe(0)
    expect(progress.at(-1)).toBe(content.length)
    const pieces = []
    for await (const piece of streamCid(cid, { gateways, ...limit })) pieces.push(piece)
    expect(Buffer.compare(concat(pieces), content)).toBe(0)
  })

  it('can be held to the profile, in which its bytes have one CID', async () => {
    for (const file of golden.files) {
      const store: Blocks = new Map(Object.entries(file.blocks).map(([digest, block]) => [digest, fromBase64(block)]))
      const fetching = fetchCid(file.cid, { gateways: [await gateway(store)], ...limit, onlyProfile: true })
      await expect(fetching).rejects.toMatchObject({ code: 'not_a_file', retryable: false })
    }
    const { cid, blocks } = await imported(goldenContent(1_500_000))
    const whole = await fetchCid(cid, { gateways: [await gateway(blocks)], ...limit, onlyProfile: true })
    expect(whole).toHaveLength(1_500_000)
  })

  it('that is empty is an empty file', async () => {
    const { cid, blocks } = await imported(new Uint8Array())
    expect(await fetchCid(cid, { gateways: [await gateway(blocks)], maxBytes: 0 })).toEqual(new Uint8Array())
  })
})

describe('a gateway that', () => {
  it('serves other bytes, too many, errors or nothing is passed over', async () => {
    const content = goldenContent(1_500_000)
    const { cid, blocks } = await imported(content)
    const flips = await gateway(blocks, (block) => block.with(0, block[0]! ^ 1))
    const floods = await serve((_, response) => {
      const flood = () => {
        while (response.write(new Uint8Array(65_536)));
      }
      response.on('drain', flood)
      flood()
    })
    const redirects = await serve((_, response) => void response.writeHead(302, { location: `${flips}/ipfs/x` }).end())
    const fails = await serve((_, response) => void response.writeHead(500).end('oops'))
    const honest = await gateway(blocks)
    const whole = await fetchCid(cid, { gateways: [dead, flips, floods, redirects, fails, honest], ...limit })
    expect(Buffer.compare(whole, content)).toBe(0)
  })

  it('lies is named when there is no honest one, and nothing of it is returned', async () => {
    const { cid, blocks } = await imported(goldenContent(100))
    const flips = await gateway(blocks, (block) => block.with(5, block[5]! ^ 1))
    await expect(fetchCid(cid, { gateways: [flips], ...limit })).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      message: expect.stringContaining('sent other bytes than the CID names'),
    })
  })

  it('has not got it is told apart from one that does not answer', async () => {
    const { cid } = await imported(goldenContent(100))
    const empty = await gateway(new Map())
    await expect(fetchCid(cid, { gateways: [empty], ...limit })).rejects.toMatchObject({ code: 'not_found' })
    await expect(fetchCid(cid, { gateways: [empty, dead], ...limit })).rejects.toMatchObject({ code: 'unavailable' })
    await expect(fetchCid(cid, { gateways: [], ...limit })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('hangs is given up, for the next one or for good', async () => {
    const { cid, blocks } = await imported(goldenContent(100))
    const hangs = await serve(() => {})
    const next = { gateways: [hangs, await gateway(blocks)], blockTimeoutMs: 2_000, ...limit }
    expect(await fetchCid(cid, next)).toHaveLength(100)
    await expect(fetchCid(cid, { gateways: [hangs], timeoutMs: 100, ...limit })).rejects.toMatchObject({
      code: 'timeout',
    })
    const stop = new AbortController()
    const stopped = fetchCid(cid, { gateways: [hangs], signal: stop.signal, ...limit })
    stop.abort(new Error('the user left'))
    await expect(stopped).rejects.toThrow('the user left')
  })
})

describe('content', () => {
  const blocks: Blocks = new Map()
  async function put(code: number, block: Uint8Array): Promise<CID> {
    const digest = await sha256(block)
    blocks.set(toHex(digest), block)
    return CID.createV1(code, create(0x12, digest))
  }
  const node = (links: CID[], sizes: number[], type: 'file' | 'directory' = 'file') =>
    put(
      DAG_PB,
      encode({
        Data: new UnixFS({ type, blockSizes: sizes.map(BigInt) }).marshal(),
        Links: links.map((Hash) => ({ Hash, Name: '', Tsize: 0 })),
      }),
    )
  const get = async (cid: CID, maxBytes = limit.maxBytes) =>
    fetchCid(cid.toString(), { gateways: [await gateway(blocks)], maxBytes })

  it('larger than allowed is refused after its root', async () => {
    const leaf = await put(RAW, goldenContent(1000))
    await expect(get(leaf, 999)).rejects.toMatchObject({ code: 'too_large' })
    const missing = CID.createV1(RAW, create(0x12, new Uint8Array(32)))
    await expect(get(await node([missing], [1001]), 1000)).rejects.toMatchObject({ code: 'too_large' })
  })

  it('that claims more than fits into memory is refused, whatever the limit', async () => {
    let root = await put(RAW, goldenContent(1000))
    let size = 1000
    for (let level = 0; level < 5; level++) {
      root = await node(Array<CID>(100).fill(root), Array<number>(100).fill(size))
      size *= 100
    }
    await expect(get(root, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'too_large', retryable: false })
    await expect(get(root, 1_000_000)).rejects.toMatchObject({ code: 'too_large' })
  })

  it.each<[string, () => Promise<CID>]>([
    ['a part shorter than stated', async () => node([await put(RAW, goldenContent(10))], [11])],
    ['a part longer than stated', async () => node([await put(RAW, goldenContent(10))], [9])],
    ['parts of no size', async () => node([await put(RAW, new Uint8Array())], [0])],
    ['more parts than sizes', async () => node([await put(RAW, goldenContent(10))], [])],
    ['an impossible size', async () => node([await put(RAW, goldenContent(10))], [2 ** 53])],
    ['a directory', async () => node([await put(RAW, goldenContent(10))], [], 'directory')],
    ['a node without data', async () => put(DAG_PB, encode({ Links: [] }))],
    ['bytes that are no node', async () => put(DAG_PB, goldenContent(100))],
    [
      'a very deep tree',
      async () => {
        let root = await put(RAW, goldenContent(10))
        for (let i = 0; i < 10; i++) root = await node([root], [10])
        return root
      },
    ],
    [
      'one byte in each of many blocks',
      async () => {
        const leaf = await put(RAW, goldenContent(1))
        return node(Array<CID>(200).fill(leaf), Array<number>(200).fill(1))
      },
    ],
  ])('with %s is no file', async (_what, make) => {
    await expect(get(await make())).rejects.toMatchObject({ code: 'not_a_file', retryable: false })
  })
})
