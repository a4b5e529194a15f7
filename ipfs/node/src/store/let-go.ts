/** Takes a file out of the store: its pin, and every block that nothing else keeps. */
import { parseCid } from '@stellartrain/ipfs-content/cid'
import { readFileNode } from '@stellartrain/ipfs-content/unixfs'
import type { CID } from 'multiformats/cid'
import type { CheckedBlockstore } from './blocks.ts'
import type { Pins } from './pins.ts'

export async function letGo(blocks: CheckedBlockstore, pins: Pins, root: CID): Promise<void> {
  const all = await blocksOf(blocks, root)
  if (await pins.isPinned(root)) await pins.rm(root)
  for (const cid of all) if (!(await pins.isPinned(cid))) await blocks.delete(cid)
}

/** Every block of a file that can still be read: a damaged one ends its branch. */
async function blocksOf(blocks: CheckedBlockstore, root: CID): Promise<CID[]> {
  const found = new Map<string, CID>()
  const open = [root]
  for (let cid = open.pop(); cid; cid = open.pop()) {
    if (found.has(cid.toString())) continue
    const here = cid
    found.set(here.toString(), here)
    const block = await blocks.read(here).catch(() => undefined)
    if (block) open.push(...readFileNode(here, block).children.map((child) => parseCid(child.cid.toString())))
  }
  return [...found.values()]
}
