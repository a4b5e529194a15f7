/** The Helia node: checked blocks on files, pins in LevelDB, no network of its own. */
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCid } from '@stellartrain/content/cid'
import { importBytes } from '@stellartrain/content/import'
import { LevelDatastore } from 'datastore-level'
import { createHeliaLight } from 'helia'
import type { CID } from 'multiformats/cid'
import { asDiskFull } from '../errors.ts'
import { CheckedBlockstore } from './blocks.ts'
import { type Spooled, spool } from './spool.ts'

export type IpfsNode = {
  home: string
  /** @throws IpfsError `not_found`, `damaged` */
  read: (cid: CID) => Promise<Uint8Array>
  /** Stores and pins a file. Repeating it is harmless. @throws IpfsError `too_large`, `disk_full` */
  add: (body: AsyncIterable<Uint8Array> | null, maxBytes: number) => Promise<{ cid: string; bytes: number }>
  close: () => Promise<void>
}

/** @throws Error that says what to do if another process has this home. */
export async function openNode(home: string): Promise<IpfsNode> {
  const incoming = join(home, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const datastore = await openDatastore(join(home, 'datastore'), home)
  const blocks = new CheckedBlockstore(join(home, 'blocks'))
  await blocks.open()
  const helia = createHeliaLight({ blockstore: blocks, datastore })
  await helia.start()
  await cleanUp(incoming, blocks, () => helia.gc())

  let last: Promise<unknown> = Promise.resolve()
  /** One at a time: pins count references without locks, and a failed addition takes its blocks away again. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work)
    last = turn.catch(() => {})
    return turn
  }

  async function pin(cid: CID): Promise<void> {
    try {
      // Walking the tree is what pins it.
      await Array.fromAsync(helia.pins.add(cid), () => {})
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'AlreadyPinnedError') throw error
    }
  }

  async function store(spooled: Spooled): Promise<{ cid: string; bytes: number }> {
    const written: CID[] = []
    try {
      const chunks = createReadStream(spooled.file, { highWaterMark: 1024 * 1024 })
      const added = await importBytes(chunks, async (cid, block) => {
        if (await blocks.write(cid, block)) written.push(cid)
      })
      await pin(parseCid(added.cid))
      return added
    } catch (error) {
      for (const cid of written) if (!(await helia.pins.isPinned(cid))) await blocks.delete(cid)
      throw asDiskFull(error)
    }
  }

  return {
    home,
    read: (cid) => blocks.read(cid),
    async add(body, maxBytes) {
      const spooled = await spool(body, { folder: incoming, maxBytes })
      try {
        return await inTurn(() => store(spooled))
      } finally {
        await spooled.remove()
      }
    },
    async close() {
      await inTurn(async () => {
        await helia.stop()
        await datastore.close()
      })
    },
  }
}

async function openDatastore(path: string, home: string): Promise<LevelDatastore> {
  const datastore = new LevelDatastore(path)
  try {
    // First below the wrapper, which drops the reason.
    await datastore.db.open()
    await datastore.open()
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.cause as { code?: string } | undefined) : undefined
    const why =
      reason?.code === 'LEVEL_LOCKED'
        ? 'Another process is using it: stop that one, or set IPFS_HOME to another folder'
        : 'It cannot be read: check its owner and its disk, or set IPFS_HOME to another folder'
    throw new Error(`Cannot open the store in ${home}. ${why}.`, { cause })
  }
  return datastore
}

/** A file left in `incoming` means that a process was killed between its first block and its pin. */
async function cleanUp(incoming: string, blocks: CheckedBlockstore, collect: () => Promise<void>): Promise<void> {
  const left = await readdir(incoming)
  if (left.length === 0) return
  await blocks.removePartials()
  await collect()
  for (const file of left) await rm(join(incoming, file), { force: true })
}
