/** Files over the store: the CIDs and bytes of other implementations, in bounded memory, and trees that lie. */
import { join } from 'node:path'
import { encode } from '@ipld/dag-pb'
import { RAW } from '@stellartrain/ipfs-content/cid'
import { fromBase64, golden, goldenContent } from '@stellartrain/ipfs-content/golden'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { UnixFS } from 'ipfs-unixfs'
import { CID } from 'multiformats/cid'
import { sha256 } from 'multiformats/hashes/sha2'
import { describe, expect, it } from 'vitest'
import { bytesOf, putBlock, stored, temporaryHome } from '../harness.ts'
import { CheckedBlockstore } from './blocks.ts'
import { openFile, stageFile } from './files.ts'

const DAG_PB = 0x70

/** A store that counts what is read from its disk. */
class Counting extends CheckedBlockstore {
  reads = 0
  override read(cid: CID): Promise<Uint8Array> {
    this.reads++
    return super.read(cid)
  }
}

async function store(): Promise<Counting> {
  const blocks = new Counting(join(await temporaryHome(), 'blocks'))
  await blocks.open()
  return blocks
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readAll(blocks: CheckedBlockstore, cid: CID, start?: number, end?: number): Promise<Buffer> {
  const file = await openFile(blocks, cid)
  return Buffer.concat(await Array.fromAsync(file.read(start, end)))
}

describe('adding', () => {
  it.each(golden.cids)('$bytes bytes gives the CID of boxo and of computeCid', async ({ bytes, cid }) => {
    const content = goldenContent(bytes)
    const added = await stored(await store(), (staging) => stageFile(staging, inPieces(content, 300_000)))
    expect([added.toString(), await computeCid(content)]).toEqual([cid, cid])
  })
})

describe('reading', () => {
  it.each(golden.files)('a range of a $layout tree of boxo', async ({ cid, bytes, blocks: parts }) => {
    const blocks = await store()
    for (const part of Object.values(parts).map(fromBase64)) await putBlock(blocks, await nameOf(RAW, part), part)
    const content = goldenContent(bytes)
    for (const [start, end] of [
      [0, bytes],
      [0, 1],
      [bytes - 1, bytes],
      [4_000, 16_001],
      [999, 1_000],
    ] as const) {
      const read = await readAll(blocks, CID.parse(cid), start, end)
      expect(Buffer.compare(read, content.subarray(start, end)), `${start} to ${end}`).toBe(0)
    }
  })

  it('a large file takes no more blocks than the reader has room for', async () => {
    const blocks = await store()
    const content = bytesOf(20_000_000, 51)
    const cid = await stored(blocks, (staging) => stageFile(staging, inPieces(content, 1_000_000)))
    const edge = 8 * 1024 * 1024
    const across = await readAll(blocks, cid, edge - 5, 2 * edge + 5)
    expect(Buffer.compare(across, content.subarray(edge - 5, 2 * edge + 5))).toBe(0)
    expect(Buffer.compare(await readAll(blocks, cid), content)).toBe(0)

    const file = await openFile(blocks, cid)
    blocks.reads = 0
    for await (const piece of file.read()) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
    // The root, and the blocks that are read ahead.
    expect(blocks.reads).toBeLessThanOrEqual(6)
  })

  it('a tree with a missing part is an error wherever the part is, and ends nothing else', async () => {
    const { cid, blocks: parts } = golden.files[0]!
    const blocks = await store()
    const all = Object.values(parts).map(fromBase64)
    for (const part of all) await putBlock(blocks, await nameOf(RAW, part), part)
    for (const part of all) {
      const name = await nameOf(RAW, part)
      await blocks.delete(name)
      await expect(readAll(blocks, CID.parse(cid))).rejects.toMatchObject({ code: 'not_found' })
      await putBlock(blocks, name, part)
    }
    // A failure that nobody awaits would end the process; the test runner reports it.
    await new Promise((resolve) => setImmediate(resolve))
  })
})

async function nameOf(codec: number, block: Uint8Array): Promise<CID> {
  return CID.createV1(codec, await sha256.digest(block))
}

describe('a tree that', () => {
  type Links = [cid: CID, bytes: number][]
  async function put(blocks: CheckedBlockstore, codec: number, block: Uint8Array): Promise<CID> {
    const cid = await nameOf(codec, block)
    await putBlock(blocks, cid, block)
    return cid
  }
  const leaf = (blocks: CheckedBlockstore, size: number) => put(blocks, RAW, bytesOf(size, 52))
  const node = (blocks: CheckedBlockstore, links: Links, more: { type?: 'directory'; data?: Uint8Array } = {}) => {
    const blockSizes = links.map(([, bytes]) => BigInt(bytes))
    const Data = new UnixFS({ type: 'file', blockSizes, ...more }).marshal()
    return put(blocks, DAG_PB, encode({ Data, Links: links.map(([Hash]) => ({ Hash, Name: '', Tsize: 0 })) }))
  }

  it.each<[string, (blocks: CheckedBlockstore) => Promise<CID>]>([
    ['states a part longer than it is', async (b) => node(b, [[await leaf(b, 10), 11]])],
    ['states a part shorter than it is', async (b) => node(b, [[await leaf(b, 10), 9]])],
    [
      'states one part twice with two lengths',
      async (b) => {
        const part = await leaf(b, 10)
        return node(b, [
          [part, 10],
          [part, 11],
        ])
      },
    ],
    ['lies two levels down', async (b) => node(b, [[await node(b, [[await leaf(b, 10), 11]]), 11]])],
    ['is a directory', async (b) => node(b, [], { type: 'directory' })],
    ['is no UnixFS', async (b) => put(b, DAG_PB, encode({ Links: [] }))],
    [
      'is too deep',
      async (b) => {
        let root = await leaf(b, 10)
        for (let i = 0; i < 10; i++) root = await node(b, [[root, 10]])
        return root
      },
    ],
    [
      'is of endless empty parts',
      async (b) => {
        let root = await put(b, RAW, new Uint8Array())
        for (let i = 0; i < 60; i++)
          root = await node(b, [
            [root, 0],
            [root, 0],
          ])
        return node(b, [
          [root, 0],
          [await leaf(b, 10), 10],
        ])
      },
    ],
    [
      'is of too many small parts',
      async (b) => {
        const part = await leaf(b, 1)
        return node(
          b,
          Array.from({ length: 200 }, () => [part, 1] as [CID, number]),
        )
      },
    ],
  ])('%s is no file', async (_what, make) => {
    const blocks = await store()
    await expect(readAll(blocks, await make(blocks))).rejects.toMatchObject({ code: 'not_a_file' })
  })
})
