/** The profile: every file that the importer writes is in it, and no other tree with the same bytes. */
import { decode, encode, type PBNode } from '@ipld/dag-pb'
import fc from 'fast-check'
import { UnixFS } from 'ipfs-unixfs'
import { importFile } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import { describe, expect, it } from 'vitest'
import { concat, sha256, utf8 } from '../encoding/bytes.ts'
import { DAG_PB, parseCid, RAW } from '../encoding/cid.ts'
import { rejectionOf } from '../sealed/reasons.ts'
import { fromBase64, golden, goldenContent } from '../testing/golden.ts'
import { importBytes } from './import.ts'
import { checkProfileFile, openProfileFile } from './profile.ts'

/** So small that files of some bytes have several levels. */
const LAYOUT = { chunk: 16, links: 3 }

function blockstore() {
  const blocks = new Map<string, Uint8Array>()
  const asked: string[] = []
  const put = async (code: number, block: Uint8Array) => {
    const cid = CID.createV1(code, create(0x12, await sha256(block)))
    blocks.set(cid.toString(), block)
    return cid
  }
  const get = async (cid: CID) => {
    asked.push(cid.toString())
    const block = blocks.get(cid.toString())
    if (!block) throw new Error('not here')
    return block
  }
  return { blocks, put, get, asked }
}

/** What the importer makes of a file when its chunks and nodes are small. */
async function small(content: Uint8Array) {
  const store = blockstore()
  const into = {
    put: async (cid: CID, block: unknown) => {
      store.blocks.set(cid.toString(), block as Uint8Array)
      return cid
    },
  }
  const { cid } = await importFile(
    {
      content: (async function* () {
        if (content.length > 0) yield content
      })(),
    },
    into,
    {
      profile: 'unixfs-v1-2025',
      chunker: fixedSize({ chunkSize: LAYOUT.chunk }),
      layout: balanced({ maxChildrenPerNode: LAYOUT.links }),
    },
  )
  return { ...store, cid }
}

const check = (cid: CID, get: (cid: CID) => Promise<Uint8Array>, maxBytes = 10_000_000, layout = LAYOUT) =>
  checkProfileFile(cid, get, maxBytes, layout)
const reasonOf = async (checking: Promise<unknown>) =>
  rejectionOf(await checking.catch((error: unknown) => error))?.name

describe('a file in the profile', () => {
  it('is each one that the importer writes, whatever its size', async () => {
    for (let size = 0; size <= 500; size++) {
      const content = goldenContent(size)
      const { cid, get } = await small(content)
      const file = await openProfileFile(cid, get, size, LAYOUT)
      expect(file.bytes).toBe(size)
      const parts = []
      for await (const part of file.read()) parts.push(part)
      expect(concat(parts)).toEqual(content)
    }
  })

  it('is one of equal chunks, which are one block many times', async () => {
    const { cid, get } = await small(new Uint8Array(500))
    expect(await check(cid, get)).toEqual({ bytes: 500 })
  })

  it.each([0, 1, 1_048_576, 1_048_577, 3_145_735])('is one of %i bytes at full scale', async (bytes) => {
    const { blocks, get } = blockstore()
    const { cid } = await importBytes(goldenContent(bytes), async (cid, block) => {
      blocks.set(cid.toString(), block)
    })
    expect(golden.cids.find((file) => file.bytes === bytes)?.cid).toBe(cid)
    expect(await checkProfileFile(parseCid(cid), get, bytes)).toEqual({ bytes })
  })
})

describe('the limit', () => {
  it('is compared with what the root states, before any other block is asked for', async () => {
    const { cid, get, asked } = await small(goldenContent(500))
    expect(await reasonOf(check(cid, get, 499))).toBe('too_large')
    expect(asked).toEqual([cid.toString()])
    expect(await check(cid, get, 500)).toEqual({ bytes: 500 })
  })

  it('cannot be passed by a root that states less', async () => {
    const { blocks, put, get, cid } = await small(goldenContent(100))
    const { Data, Links } = decode(blocks.get(cid.toString())!)
    const sizes = UnixFS.unmarshal(Data!).blockSizes
    const data = new UnixFS({ type: 'file', blockSizes: sizes.map((size, i) => (i === sizes.length - 1 ? 1n : size)) })
    const root = await put(DAG_PB, encode({ Data: data.marshal(), Links }))
    expect(await reasonOf(check(root, get, 99))).toBe('not_a_file')
  })
})

describe('a tree that is not in the profile', () => {
  it.each(golden.files)('as boxo writes with small chunks, $layout', async (file) => {
    const blocks = new Map(Object.entries(file.blocks))
    const get = async (cid: CID) => {
      const digest = Buffer.from(cid.multihash.digest).toString('hex')
      return fromBase64(blocks.get(digest)!)
    }
    expect(await reasonOf(checkProfileFile(parseCid(file.cid), get, 10_000_000))).toBe('not_a_file')
  })

  it('is any in which one block was written otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 17, max: 400 }),
        fc.nat(),
        fc.nat(),
        fc.nat(7),
        async (size, which, at, bit) => {
          const { cid, blocks, put, get } = await small(goldenContent(size))
          const path = pathTo(cid, blocks, which)
          const target = blocks.get(path[0]!.toString())!
          const index = at % target.length
          let changed = await put(path[0]!.code, target.with(index, target[index]! ^ (1 << bit)))
          for (const [i, parent] of path.entries()) {
            if (i === 0) continue
            const node = decode(blocks.get(parent.toString())!)
            const Links = node.Links.map((link) => (link.Hash.equals(path[i - 1]) ? { ...link, Hash: changed } : link))
            changed = await put(DAG_PB, encode({ ...node, Links }))
          }
          // Another byte in a leaf is another file in the profile; another one in a node is no file, or a link to nowhere.
          if (path[0]!.code === RAW) return void expect(await check(changed, get)).toEqual({ bytes: size })
          const error = await check(changed, get).catch((e: Error) => e)
          expect(error).toBeInstanceOf(Error)
          if (!(error as Error).message.includes('not here')) expect(rejectionOf(error)?.name).toBe('not_a_file')
        },
      ),
      { numRuns: 300 },
    )
  })

  type Made = ReturnType<typeof blockstore>
  const leaf = (store: Made, from: number, size: number) => store.put(RAW, goldenContent(from + size).subarray(from))
  const node = (store: Made, children: CID[], sizes: number[], change: (node: PBNode) => PBNode = (same) => same) =>
    store.put(
      DAG_PB,
      encode(
        change({
          Data: new UnixFS({ type: 'file', blockSizes: sizes.map(BigInt) }).marshal(),
          Links: children.map((Hash, i) => ({ Name: '', Tsize: sizes[i]!, Hash })),
        }),
      ),
    )
  const two = async (store: Made, change?: (node: PBNode) => PBNode) =>
    node(store, [await leaf(store, 0, 16), await leaf(store, 16, 4)], [16, 4], change)

  it('can be written by hand when it is in the profile', async () => {
    const store = blockstore()
    const root = await two(store)
    expect(root).toEqual((await small(goldenContent(20))).cid)
    expect(await check(root, store.get)).toEqual({ bytes: 20 })
  })

  const file = (options: object) => new UnixFS({ type: 'file', blockSizes: [16n, 4n], ...options }).marshal()
  it.each<[string, (store: Made) => Promise<CID>]>([
    ['a leaf longer than a chunk', (store) => leaf(store, 0, 17)],
    ['a node around one chunk', async (store) => node(store, [await leaf(store, 0, 16)], [16])],
    ['short chunks first', async (store) => node(store, [await leaf(store, 0, 4), await leaf(store, 4, 16)], [4, 16])],
    ['smaller chunks', async (store) => node(store, [await leaf(store, 0, 8), await leaf(store, 8, 8)], [8, 8])],
    [
      'a part that is shorter than stated',
      async (store) => {
        return node(store, [await leaf(store, 0, 16), await leaf(store, 16, 3)], [16, 4])
      },
    ],
    ['a mode', (store) => two(store, (made) => ({ ...made, Data: file({ mode: 0o600 }) }))],
    ['a time', (store) => two(store, (made) => ({ ...made, Data: file({ mtime: { secs: 1n } }) }))],
    ['bytes in a node', (store) => two(store, (made) => ({ ...made, Data: file({ data: utf8('x') }) }))],
    ['type raw', (store) => two(store, (made) => ({ ...made, Data: file({ type: 'raw' }) }))],
    ['type directory', (store) => two(store, (made) => ({ ...made, Data: file({ type: 'directory' }) }))],
    [
      'names',
      (store) => two(store, (made) => ({ ...made, Links: made.Links.map((link) => ({ ...link, Name: 'x' })) })),
    ],
    [
      'other Tsizes',
      (store) => two(store, (made) => ({ ...made, Links: made.Links.map((link) => ({ ...link, Tsize: 1 })) })),
    ],
    [
      'no Tsizes',
      (store) => two(store, (made) => ({ ...made, Links: made.Links.map(({ Hash }) => ({ Name: '', Hash })) })),
    ],
    ['no data', (store) => two(store, ({ Links }) => ({ Links }))],
    ['data that is no UnixFS', (store) => two(store, (made) => ({ ...made, Data: utf8('hello') }))],
    ['an empty node', (store) => node(store, [], [])],
    ['bytes that are no node', (store) => store.put(DAG_PB, goldenContent(50))],
    ['another codec', (store) => store.put(0x71, goldenContent(5))],
    [
      'a leaf as a node',
      async (store) => {
        const inner = await node(store, [], [])
        return node(store, [inner, await leaf(store, 16, 4)], [16, 4])
      },
    ],
    [
      'a level too many',
      async (store) => {
        const [left, right] = [
          await node(store, [await leaf(store, 0, 16)], [16]),
          await node(store, [await leaf(store, 16, 4)], [4]),
        ]
        return node(store, [left, right], [16, 4])
      },
    ],
  ])('with %s', async (_what, make) => {
    const store = blockstore()
    expect(await reasonOf(check(await make(store), store.get))).toBe('not_a_file')
  })

  it('that has a leaf where a node with one leaf belongs', async () => {
    const { cid, blocks, put, get } = await small(goldenContent(48 + 5))
    const root = decode(blocks.get(cid.toString())!)
    const wrapped = decode(blocks.get(root.Links[1]!.Hash.toString())!)
    expect(wrapped.Links).toHaveLength(1)
    const Links = [root.Links[0]!, wrapped.Links[0]!]
    expect(await reasonOf(check(await put(DAG_PB, encode({ ...root, Links })), get))).toBe('not_a_file')
  })

  it('that states two sizes for one part', async () => {
    const store = blockstore()
    const part = await leaf(store, 0, 16)
    expect(await reasonOf(check(await node(store, [part, part], [16, 15]), store.get))).toBe('not_a_file')
  })

  it.each([0, 1])('that states two Tsizes for one part, the wrong one at place %i', async (wrong) => {
    const { cid, blocks, put, get } = await small(new Uint8Array(96))
    const root = decode(blocks.get(cid.toString())!)
    expect(root.Links[0]!.Hash).toEqual(root.Links[1]!.Hash)
    const Links = root.Links.map((link, i) => (i === wrong ? { ...link, Tsize: link.Tsize! + 1 } : link))
    expect(await reasonOf(check(await put(DAG_PB, encode({ ...root, Links })), get))).toBe('not_a_file')
  })

  it('that states a wrong Tsize for an inner node', async () => {
    const { cid, blocks, put, get } = await small(goldenContent(60))
    const root = decode(blocks.get(cid.toString())!)
    const Links = root.Links.map((link, i) => (i === 0 ? { ...link, Tsize: link.Tsize! + 1 } : link))
    expect(await reasonOf(check(await put(DAG_PB, encode({ ...root, Links })), get))).toBe('not_a_file')
  })
})

it('a source that fails is no reason to reject', async () => {
  const { cid, blocks, get } = await small(goldenContent(60))
  for (const key of [...blocks.keys()].filter((key) => key !== cid.toString())) blocks.delete(key)
  const failure = await check(cid, get).catch((error: unknown) => error)
  expect(failure).toMatchObject({ message: 'not here' })
  expect(rejectionOf(failure)).toBeNull()
})

/** From some block of the tree up to its root. */
function pathTo(root: CID, blocks: Map<string, Uint8Array>, which: number): CID[] {
  const paths: CID[][] = []
  const visit = (cid: CID, above: CID[]) => {
    const path = [cid, ...above]
    paths.push(path)
    if (cid.code !== DAG_PB) return
    for (const { Hash } of decode(blocks.get(cid.toString())!).Links) visit(Hash, path)
  }
  visit(root, [])
  return paths[which % paths.length]!
}
