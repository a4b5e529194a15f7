/** The archive of what a path leads to, in the shape that was asked for: depth first, under fixed bounds. */
import { carHeader, carSection } from '@stellartrain/ipfs-content/car'
import { RAW } from '@stellartrain/ipfs-content/cid'
import type { GetBlock } from '@stellartrain/ipfs-content/read-file'
import { type DagNode, MAX_DEPTH, maxBlocks, notAFile, readDagNode } from '@stellartrain/ipfs-content/unixfs'
import type { CID } from 'multiformats/cid'
import { IpfsError } from '../errors.ts'
import { inlined } from './any-cid.ts'
import type { CarShape } from './request.ts'

/** Visits of blocks in what is no file; a tree of few blocks can be walked without end where duplicates are sent. */
const MAX_VISITS = 200_000
const MAX_DAG_DEPTH = 128

/** First byte, and the one after the last; undefined where there is none to send. */
type Span = { start: number; end: number } | undefined

/** @throws IpfsError `bad_range` where the range begins behind the end of the file */
export function spanOf(size: number, { from, to }: NonNullable<CarShape['bytes']>): Span {
  if (from >= size && size > 0) {
    throw new IpfsError('bad_range', `The file has ${size} bytes.`, { headers: { 'content-range': `bytes */${size}` } })
  }
  const start = from < 0 ? Math.max(0, size + from) : from
  const last = to === null ? size - 1 : to < 0 ? size + to : Math.min(to, size - 1)
  return last < start ? undefined : { start, end: last + 1 }
}

/**
 * @param way from the root to the target @param target the node at its end
 * @throws what `read` throws, ContentError `not_a_file` where a file's tree lies or breaks a bound
 */
export async function* carOf(
  way: readonly CID[],
  target: DagNode,
  shape: CarShape,
  read: GetBlock,
): AsyncGenerator<Uint8Array> {
  const sent = new Set<string>()
  const { scope, dups } = shape
  let visits = target.kind === 'file' ? maxBlocks(target.bytes) : MAX_VISITS
  const span = target.kind === 'file' && shape.bytes ? spanOf(target.bytes, shape.bytes) : undefined
  const whole = shape.bytes === undefined || target.kind !== 'file'

  const isSent = (cid: CID) => sent.has(cid.toString())
  /** Nothing for a block that its CID holds itself: it stands in its parent. */
  function section(cid: CID, block: Uint8Array): Uint8Array | undefined {
    if (inlined(cid) || (!dups && isSent(cid))) return undefined
    sent.add(cid.toString())
    return carSection(cid, block)
  }

  /** The section has a copy of the block, and its node refers to that: what is on its way for long holds no second one. */
  async function opened(cid: CID): Promise<{ one: Uint8Array | undefined; node: DagNode }> {
    const block = await read(cid)
    const one = section(cid, block)
    return { one, node: readDagNode(cid, one ? one.subarray(one.length - block.length) : block) }
  }

  async function* visit(cid: CID, at: number, bytes: number | undefined, depth: number): AsyncGenerator<Uint8Array> {
    // What was sent whole has nothing more to send; a part of it may have.
    if (!dups && isSent(cid) && (whole || cid.code === RAW)) return
    if (--visits < 0) throw notAFile('a tree of too many pieces')
    if (depth > (bytes === undefined ? MAX_DAG_DEPTH : MAX_DEPTH)) throw notAFile('a tree that is too deep')
    const { one, node } = await opened(cid)
    if (one) yield one
    yield* below(node, at, bytes, depth)
  }

  async function* below(
    node: DagNode,
    at: number,
    bytes: number | undefined,
    depth: number,
  ): AsyncGenerator<Uint8Array> {
    if (node.kind === 'file') {
      if (bytes !== undefined && node.bytes !== bytes) throw notAFile('a part that is not as long as its parent says')
      let next = at + node.data.length
      for (const child of node.children) {
        const offset = next
        next += child.bytes
        if (whole || (span && next > span.start && offset < span.end))
          yield* visit(child.cid, offset, child.bytes, depth + 1)
      }
      return
    }
    if (node.kind === 'shard') for (const cid of node.shards) yield* visit(cid, 0, undefined, depth + 1)
    if (scope === 'entity') return
    const cids = node.kind === 'shard' ? node.entries : node.links.map((link) => link.cid)
    for (const cid of cids) yield* visit(cid, 0, undefined, depth + 1)
  }

  yield carHeader(way[0]!)
  for (const cid of way) {
    const one = section(cid, await read(cid))
    if (one) yield one
  }
  if (scope !== 'block' && (whole || span)) yield* below(target, 0, undefined, 0)
}
