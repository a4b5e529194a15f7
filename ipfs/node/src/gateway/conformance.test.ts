/**
 * The trustless gateway's specification, case by case: those of ipfs/gateway-conformance (trustless_gateway_raw_test.go,
 * trustless_gateway_car_test.go), by hand, for the suite cannot be installed as a module, and those of the text that it leaves out.
 * Not here: IPNS records, DAG-CBOR and paths through sharded directories, which this node neither takes nor stores.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CarReader } from '@ipld/car'
import { encode } from '@ipld/dag-pb'
import { DAG_PB, RAW } from '@stellartrain/ipfs-content/cid'
import { UnixFS } from 'ipfs-unixfs'
import { base16upper } from 'multiformats/bases/base16'
import { base36 } from 'multiformats/bases/base36'
import { base58btc } from 'multiformats/bases/base58'
import { CID } from 'multiformats/cid'
import { sha256 } from 'multiformats/hashes/sha2'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, PASSPHRASE, putBlock, service } from '../harness.ts'
import { startIpfs } from '../start.ts'
import { CheckedBlockstore } from '../store/blocks.ts'

const PROBE = 'bafkqaaa'
/** As the suite has it. */
const INLINED = 'bafkqaf3imvwgy3zaneqgc3janfxgy2lomvscay3jmqfa'
const ABSENT = 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy'

type Fixture = Awaited<ReturnType<typeof make>>
let fx: Fixture

/** A file of five leaves, 4 × 256 + 2 bytes, in a directory in a directory, beside a file of one block and two copies of it. */
async function make(home: string) {
  const blocks = new CheckedBlockstore(join(home, 'blocks'))
  await blocks.open()
  const put = async (codec: number, block: Uint8Array) => {
    const cid = CID.createV1(codec, await sha256.digest(block))
    await putBlock(blocks, cid, block)
    return cid
  }
  const directory = (entries: [name: string, cid: CID][]) => {
    const Links = entries.map(([Name, Hash]) => ({ Name, Hash, Tsize: 0 })).sort((a, b) => (a.Name < b.Name ? -1 : 1))
    return put(DAG_PB, encode({ Data: new UnixFS({ type: 'directory' }).marshal(), Links }))
  }
  const content = bytesOf(1026, 201)
  const leaves: CID[] = []
  for (let at = 0; at < content.length; at += 256) leaves.push(await put(RAW, content.subarray(at, at + 256)))
  const blockSizes = leaves.map((_, i) => BigInt(Math.min(256, content.length - 256 * i)))
  const Links = leaves.map((Hash, i) => ({ Name: '', Hash, Tsize: Number(blockSizes[i]) }))
  const file = await put(DAG_PB, encode({ Data: new UnixFS({ type: 'file', blockSizes }).marshal(), Links }))
  const ascii = await put(RAW, new TextEncoder().encode('hello application/vnd.ipld.raw\n'))
  const subdir = await directory([
    ['ascii.txt', ascii],
    ['multiblock.txt', file],
  ])
  const inlined = CID.parse(INLINED)
  const root = await directory([
    ['ascii-copy.txt', ascii],
    ['inlined.txt', inlined],
    ['subdir', subdir],
    ['with space%.txt', ascii],
  ])
  // Links to a leaf that is not stored.
  const [missing, size] = [CID.parse(ABSENT), 256n]
  const holes = [leaves[0]!, missing, leaves[2]!].map((Hash) => ({ Name: '', Hash, Tsize: 256 }))
  const sizes = [size, size, size]
  const broken = await put(
    DAG_PB,
    encode({ Data: new UnixFS({ type: 'file', blockSizes: sizes }).marshal(), Links: holes }),
  )
  // A directory in shards: one shard below the root, an entry in each.
  const shardOf = (links: [name: string, cid: CID][]) => {
    const Data = new UnixFS({
      type: 'hamt-sharded-directory',
      fanout: 256n,
      hashType: 0x22n,
      data: Uint8Array.of(1),
    }).marshal()
    return put(DAG_PB, encode({ Data, Links: links.map(([Name, Hash]) => ({ Name, Hash, Tsize: 0 })) }))
  }
  const shard = await shardOf([['0Ab.txt', ascii]])
  const shards = await shardOf([
    ['00', shard],
    ['01a.txt', leaves[0]!],
  ])
  await blocks.close()
  return { content, leaves, file, ascii, subdir, root, broken, shard, shards }
}

let url: string
beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'stellartrain-ipfs-'))
  fx = await make(home)
  const running = await startIpfs({ home, networkPassphrase: PASSPHRASE })
  url = running.url
  return async () => {
    await running.close()
    await rm(home, { recursive: true, force: true })
  }
})

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}/ipfs/${path}`, { headers, method, redirect: 'manual' })

/** The CIDs of an archive in their order. */
async function cidsOf(response: Response): Promise<string[]> {
  const reader = await CarReader.fromBytes(new Uint8Array(await response.arrayBuffer()))
  return Array.fromAsync(reader.cids(), String)
}

describe('blocks', () => {
  const RAW_TYPE = 'application/vnd.ipld.raw'
  it.each<[string, () => [path: string, headers?: Record<string, string>]]>([
    ['with format=raw', () => [`${fx.subdir}?format=raw`]],
    ['with the header', () => [String(fx.subdir), { accept: RAW_TYPE }]],
    ['with both, of which the query counts', () => [`${fx.subdir}?format=raw`, { accept: 'application/vnd.ipld.car' }]],
    [
      'with a list of which it is preferred',
      () => [String(fx.subdir), { accept: `application/vnd.ipld.car;q=0.5, ${RAW_TYPE}` }],
    ],
  ])('GET %s', async (_what, ask) => {
    const response = await get(...ask())
    expect([response.status, response.headers.get('content-type')]).toEqual([200, RAW_TYPE])
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(String(CID.createV1(DAG_PB, await sha256.digest(bytes)))).toBe(String(fx.subdir))
  })

  it('have the headers that the suite asks for', async () => {
    const response = await get(String(fx.ascii), { accept: RAW_TYPE })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-length': '31',
      'content-disposition': `attachment; filename="${fx.ascii}.bin"`,
      'content-location': `/ipfs/${fx.ascii}?format=raw`,
      'x-content-type-options': 'nosniff',
      'x-ipfs-path': `/ipfs/${fx.ascii}`,
      'x-ipfs-roots': String(fx.ascii),
      'cache-control': 'public, max-age=29030400, immutable',
      etag: `"${fx.ascii}.raw"`,
    })
    const named = await get(`${fx.ascii}?filename=foobar.bin`, { accept: RAW_TYPE })
    expect(named.headers.get('content-disposition')).toBe('attachment; filename="foobar.bin"')
  })

  it('that are absent are 404 for GET and HEAD, and 412 where only what is at hand was asked for', async () => {
    for (const method of ['GET', 'HEAD'])
      for (const query of ['', '?format=raw', '?format=car'])
        expect((await get(`${ABSENT}${query}`, {}, method)).status, `${method} ${query}`).toBe(404)
    expect((await get(`${ABSENT}?format=raw`, { 'cache-control': 'only-if-cached' })).status).toBe(412)
    expect((await get(`${fx.ascii}?format=raw`, { 'cache-control': 'only-if-cached' })).status).toBe(200)
  })
})

describe('the probe', () => {
  it.each(['GET', 'HEAD'])('%s is 200 in every format', async (method) => {
    for (const query of ['', '?format=raw', '?format=car'])
      expect((await get(`${PROBE}${query}`, {}, method)).status).toBe(200)
  })

  it('is an empty block, and an archive with that root and no block', async () => {
    expect((await (await get(`${PROBE}?format=raw`)).arrayBuffer()).byteLength).toBe(0)
    const reader = await CarReader.fromBytes(new Uint8Array(await (await get(`${PROBE}?format=car`)).arrayBuffer()))
    expect([(await reader.getRoots()).map(String), await Array.fromAsync(reader.cids())]).toEqual([[PROBE], []])
  })

  it('has relatives: any CID that holds its bytes is served, and never as a block of an archive', async () => {
    const bytes = Buffer.from(CID.parse(INLINED).multihash.digest)
    for (const query of ['', '?format=raw'])
      expect(Buffer.compare(Buffer.from(await (await get(`${INLINED}${query}`)).arrayBuffer()), bytes)).toBe(0)
    const response = await get(INLINED, { accept: 'application/vnd.ipld.car; dups=y' })
    expect(response.headers.get('content-type')).toContain('dups=y')
    expect(await cidsOf(response)).toEqual([])
    expect(await cidsOf(await get(`${fx.root}/inlined.txt?format=car`))).toEqual([String(fx.root)])
  })
})

describe('a CID', () => {
  it.each<[string, () => string]>([
    ['in version 0', () => CID.createV0(fx.subdir.multihash as never).toString()],
    ['in base 58', () => fx.subdir.toString(base58btc.encoder)],
    ['in base 36', () => fx.subdir.toString(base36.encoder)],
    ['in base 16, upper case', () => fx.subdir.toString(base16upper.encoder)],
    ['in base 32, upper case', () => fx.subdir.toString().toUpperCase()],
  ])('%s is the same block', async (_what, name) => {
    const response = await get(`${name()}?format=raw`)
    expect([response.status, response.headers.get('x-ipfs-roots')]).toEqual([200, String(fx.subdir)])
  })

  it.each(['bafy', 'Qm', 'x'.repeat(600), '..%2f..%2fsecret', '%ff'])('%s is none', async (text) => {
    const response = await get(text)
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: 'bad_cid' })])
  })
})

describe('archives', () => {
  type Case = [what: string, ask: () => [path: string, accept?: string], blocks: () => CID[]]
  const dir = (rest: string) => `${fx.root}/subdir${rest}`
  it.each<Case>([
    ['of a file behind a path', () => [dir('/ascii.txt?format=car')], () => [fx.root, fx.subdir, fx.ascii]],
    ['of a name that is escaped', () => [`${fx.root}/with%20space%25.txt?format=car`], () => [fx.root, fx.ascii]],
    ['dag-scope=block of a directory', () => [dir('?format=car&dag-scope=block')], () => [fx.root, fx.subdir]],
    [
      'dag-scope=block of a file',
      () => [dir('/ascii.txt?format=car&dag-scope=block')],
      () => [fx.root, fx.subdir, fx.ascii],
    ],
    ['dag-scope=entity of a directory', () => [`${fx.root}?format=car&dag-scope=entity`], () => [fx.root]],
    [
      'dag-scope=entity of a sharded directory',
      () => [`${fx.shards}?format=car&dag-scope=entity`],
      () => [fx.shards, fx.shard],
    ],
    [
      'dag-scope=all of a sharded directory',
      () => [`${fx.shards}?format=car`],
      () => [fx.shards, fx.shard, fx.ascii, fx.leaves[0]!],
    ],
    [
      'dag-scope=entity of a file of one block',
      () => [dir('/ascii.txt?format=car&dag-scope=entity')],
      () => [fx.root, fx.subdir, fx.ascii],
    ],
    [
      'dag-scope=entity of a file of many',
      () => [dir('/multiblock.txt?format=car&dag-scope=entity')],
      () => [fx.root, fx.subdir, fx.file, ...fx.leaves],
    ],
    [
      'dag-scope=all of a directory',
      () => [dir('?format=car&dag-scope=all')],
      () => [fx.root, fx.subdir, fx.ascii, fx.file, ...fx.leaves],
    ],
    [
      'entity-bytes before a block that is missing',
      () => [`${fx.broken}?format=car&entity-bytes=0:255`],
      () => [fx.broken, fx.leaves[0]!],
    ],
    ['entity-bytes behind it', () => [`${fx.broken}?format=car&entity-bytes=512:*`], () => [fx.broken, fx.leaves[2]!]],
    ['entity-bytes=0:* of a file', () => [`${fx.file}?format=car&entity-bytes=0:*`], () => [fx.file, ...fx.leaves]],
    [
      'entity-bytes=0:* of a directory',
      () => [`${fx.shards}?format=car&entity-bytes=0:*`],
      () => [fx.shards, fx.shard],
    ],
    ['entity-bytes=512:*', () => [`${fx.file}?format=car&entity-bytes=512:*`], () => [fx.file, ...fx.leaves.slice(2)]],
    [
      'entity-bytes=512:1023',
      () => [`${fx.file}?format=car&entity-bytes=512:1023`],
      () => [fx.file, ...fx.leaves.slice(2, 4)],
    ],
    [
      'entity-bytes=512:-256',
      () => [`${fx.file}?format=car&entity-bytes=512:-256`],
      () => [fx.file, ...fx.leaves.slice(2, 4)],
    ],
    ['entity-bytes=-5:*', () => [`${fx.file}?format=car&entity-bytes=-5:*`], () => [fx.file, ...fx.leaves.slice(3)]],
    ['entity-bytes=-9999:*', () => [`${fx.file}?format=car&entity-bytes=-9999:*`], () => [fx.file, ...fx.leaves]],
    [
      'entity-bytes=-9999:-3',
      () => [`${fx.file}?format=car&entity-bytes=-9999:-3`],
      () => [fx.file, ...fx.leaves.slice(0, 4)],
    ],
    ['entity-bytes=0:0', () => [`${fx.file}?format=car&entity-bytes=0:0`], () => [fx.file, fx.leaves[0]!]],
    [
      'entity-bytes=1000:99999, which ends with the file',
      () => [`${fx.file}?format=car&entity-bytes=1000:99999`],
      () => [fx.file, ...fx.leaves.slice(3)],
    ],
    ['entity-bytes=5:4, which is empty', () => [`${fx.file}?format=car&entity-bytes=5:4`], () => [fx.file]],
    [
      'dups=y by the header',
      () => [String(fx.root), 'application/vnd.ipld.car; version=1; order=dfs; dups=y'],
      () => [fx.root, fx.ascii, fx.subdir, fx.ascii, fx.file, ...fx.leaves, fx.ascii],
    ],
    [
      'dups=n by the header',
      () => [String(fx.root), 'application/vnd.ipld.car; version=1; order=dfs; dups=n'],
      () => [fx.root, fx.ascii, fx.subdir, fx.file, ...fx.leaves],
    ],
    [
      'dups by the query before the header',
      () => [`${fx.root}?format=car&car-dups=n`, 'application/vnd.ipld.car; dups=y'],
      () => [fx.root, fx.ascii, fx.subdir, fx.file, ...fx.leaves],
    ],
    [
      'dups by the header beside format=car',
      () => [`${fx.subdir}?format=car`, 'application/vnd.ipld.car; version=1; order=dfs; dups=y'],
      () => [fx.subdir, fx.ascii, fx.file, ...fx.leaves],
    ],
  ])('%s', async (_what, ask, blocks) => {
    const [path, accept] = ask()
    const response = await get(path, accept === undefined ? {} : { accept })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(
      /^application\/vnd\.ipld\.car; version=1; order=dfs; dups=[yn]$/,
    )
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=".*\.car"$/)
    expect(await cidsOf(response)).toEqual(blocks().map(String))
  })

  it.each<[string, string, number, string]>([
    ['a name that is not there', '/subdir/i-do-not-exist?format=car', 404, 'not_found'],
    ['a name below a file', '/subdir/ascii.txt/more?format=car', 404, 'not_found'],
    ['version 2 by the query', '?format=car&car-version=2', 406, 'not_supported'],
    ['another order', '?format=car&car-order=bfs', 406, 'not_supported'],
    ['another scope', '?format=car&dag-scope=bogus', 400, 'bad_request'],
    ['bytes that are none', '?format=car&entity-bytes=a:b', 400, 'bad_request'],
    ['bytes behind the end', '/subdir/multiblock.txt?format=car&entity-bytes=1026:*', 416, 'bad_range'],
    ['another format', '?format=tar', 406, 'not_supported'],
    ['IPNS records', '?format=ipns-record', 406, 'not_supported'],
  ])('refuse %s', async (_what, rest, status, code) => {
    const response = await get(`${fx.root}${rest}`)
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })])
  })

  it.each([
    ['application/vnd.ipld.car; version=2', 406],
    ['application/vnd.ipld.car; version=2, application/vnd.ipld.car; version=1; q=0.5', 200],
    ['application/vnd.ipld.dag-cbor', 406],
    ['application/vnd.ipfs.ipns-record', 406],
    ['application/vnd.ipld.car; order=unk', 200],
  ])('for the header %s are answered with %i', async (accept, status) => {
    expect((await get(String(fx.subdir), { accept })).status).toBe(status)
  })

  it('have an entity tag for each shape', async () => {
    const shapes = [
      '',
      '&dag-scope=block',
      '&dag-scope=entity',
      '&entity-bytes=0:1',
      '&entity-bytes=0:*',
      '&car-dups=y',
    ]
    const tags = await Promise.all(
      shapes.map(async (one) => (await get(`${fx.file}?format=car${one}`, {}, 'HEAD')).headers.get('etag')),
    )
    expect(new Set(tags).size).toBe(shapes.length)
  })
})

describe('conditions', () => {
  const tagged = (tag: string, path = String(fx.ascii)) => get(path, { 'if-none-match': tag })
  it('compare weakly, in lists, and with * where there is something', async () => {
    for (const tag of [`"${fx.ascii}"`, `W/"${fx.ascii}"`, `"other", W/"${fx.ascii}"`, '*'])
      expect((await tagged(tag)).status, tag).toBe(304)
    expect((await tagged('"other"')).status).toBe(200)
    expect((await tagged('*', ABSENT)).status).toBe(404)
    const strong = (await get(`${fx.file}?format=car`, {}, 'HEAD')).headers.get('etag')!.replace('W/', '')
    expect((await tagged(strong, `${fx.file}?format=car`)).status).toBe(304)
  })

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is not allowed, and the answer says what is', async (method) => {
    const response = await get(String(fx.ascii), {}, method)
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })
})

describe('files behind paths', () => {
  it('are served as bytes, in ranges, by the CID of what was found', async () => {
    const response = await get(`${fx.root}/subdir/multiblock.txt`, { range: 'bytes=250-260' })
    expect([response.status, response.headers.get('etag')]).toEqual([206, `"${fx.file}"`])
    expect(response.headers.get('x-ipfs-roots')).toBe([fx.root, fx.subdir, fx.file].join(','))
    expect(Buffer.compare(new Uint8Array(await response.arrayBuffer()), fx.content.subarray(250, 261))).toBe(0)
  })
})

it('a store that is empty has nothing but the probe', async () => {
  const running = await service()
  expect((await fetch(`${running.url}/ipfs/${PROBE}?format=raw`)).status).toBe(200)
  expect((await fetch(`${running.url}/ipfs/${fx.ascii}?format=raw`)).status).toBe(404)
})
