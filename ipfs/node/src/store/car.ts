/** CAR version 1: a root and its blocks, parents first, each once. */
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { readFileNode } from '@stellartrain/ipfs-content/unixfs'
import type { CID } from 'multiformats/cid'

/** Yields the archive; `read` returns checked blocks. `deep: false` stops after the root. */
export async function* carOf(
  root: CID,
  read: (cid: CID) => Promise<Uint8Array>,
  deep: boolean,
): AsyncGenerator<Uint8Array> {
  yield framed(header(root))
  const seen = new Set<string>()
  const open = [root]
  for (let cid = open.pop(); cid; cid = open.pop()) {
    if (seen.has(cid.toString())) continue
    seen.add(cid.toString())
    const block = await read(parseCid(cid.toString()))
    yield framed(cid.bytes, block)
    if (!deep) return
    // Depth first, first child first: the order that trustless clients expect.
    open.push(
      ...readFileNode(cid, block)
        .children.map((child) => child.cid)
        .reverse(),
    )
  }
}

/** DAG-CBOR of `{roots: [root], version: 1}`: the one shape that is ever written here. */
function header(root: CID): Uint8Array {
  const roots = [
    0xa2,
    0x65,
    ...Buffer.from('roots'),
    0x81,
    0xd8,
    0x2a,
    0x58,
    root.bytes.length + 1,
    0x00,
    ...root.bytes,
  ]
  return Uint8Array.from([...roots, 0x67, ...Buffer.from('version'), 0x01])
}

/** A section: its length as a varint, then its parts. */
function framed(...parts: Uint8Array[]): Uint8Array {
  const varint = []
  let length = parts.reduce((sum, part) => sum + part.length, 0)
  for (; length > 127; length = Math.floor(length / 128)) varint.push((length % 128) | 0x80)
  return Buffer.concat([Uint8Array.from([...varint, length]), ...parts])
}
