/** From a CID and the names behind it to what they lead to, through UnixFS directories. */
import type { GetBlock } from '@stellartrain/ipfs-content/read-file'
import { readDagNode } from '@stellartrain/ipfs-content/unixfs'
import type { CID } from 'multiformats/cid'
import { IpfsError } from '../errors.ts'

/** Deeper than any directory that people make. */
const MAX_SEGMENTS = 64

/** @throws IpfsError `bad_request` */
export function segmentsOf(path: string): string[] {
  try {
    const segments = path
      .split('/')
      .filter((one) => one !== '')
      .map(decodeURIComponent)
    if (segments.length <= MAX_SEGMENTS) return segments
  } catch {}
  throw new IpfsError('bad_request', 'The path behind the CID cannot be read.')
}

/**
 * Every CID on the way, the root first and the target last. Only the blocks before the target are read.
 * @throws IpfsError `not_found`, `not_supported`, and what `read` throws
 */
export async function resolvePath(root: CID, segments: readonly string[], read: GetBlock): Promise<CID[]> {
  const way = [root]
  for (const name of segments) {
    const here = way.at(-1)!
    const node = readDagNode(here, await read(here))
    if (node.kind === 'shard')
      throw new IpfsError(
        'not_supported',
        'Paths through directories in shards are not served: ask for the CID of the file.',
      )
    const next = node.kind === 'directory' ? node.links.find((link) => link.name === name) : undefined
    if (next === undefined)
      throw new IpfsError('not_found', `There is no ${JSON.stringify(name.slice(0, 100))} in ${here}.`)
    way.push(next.cid)
  }
  return way
}
