/** Blocks as files, each checked against its CID on the way out, and whole and on disk before it has its name. */
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isBlock } from '@stellartrain/ipfs-content/unixfs'
import { FsBlockstore } from 'blockstore-fs'
import { NextToLast } from 'blockstore-fs/sharding'
import type { CID } from 'multiformats/cid'
import { IpfsError } from '../errors.ts'
import { createAtOnce } from './at-once.ts'
import type { Buffers } from './buffers.ts'
import { inParallel } from './parallel.ts'
import type { StagedBlock } from './staging.ts'

const paths = new NextToLast()
/** Each holds its block twice while it is hashed. */
const READS_AT_ONCE = 8

/**
 * Helia's file store with three promises more: what it returns hashes to its CID; a file is whole and on disk before it has its
 * name; a damaged file counts as absent, so that adding the content again repairs it. Blocks come in by `adopt` alone.
 */
export class CheckedBlockstore extends FsBlockstore {
  private readonly inTurn = createAtOnce(READS_AT_ONCE)
  private readonly onWritten: () => void
  /** Folders that are known to exist. */
  private readonly folders = new Set<string>()

  /** @param onWritten called for each block that was not stored before */
  constructor(location: string, onWritten: () => void = () => {}) {
    super(location, { shardingStrategy: paths })
    this.onWritten = onWritten
  }

  /**
   * @param buffers that the block's memory is of, where it fits: whoever reads it gives it back @param client whose turn it takes
   * @throws IpfsError `not_found`, or `damaged` if the file holds other bytes than its name says.
   */
  read(cid: CID, buffers?: Buffers, client?: string | null): Promise<Uint8Array> {
    return this.inTurn(() => this.readNow(cid, buffers), client)
  }

  private async readNow(cid: CID, buffers?: Buffers): Promise<Uint8Array> {
    const file = this.fileOf(cid)
    const bytes = await (buffers ? readInto(buffers, file) : readFile(file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new IpfsError('not_found', `Block ${cid} is not stored here.`)
      throw new IpfsError('damaged', `Block ${cid} is stored here but cannot be read.`, { cause: error })
    })
    if (await isBlock(cid, bytes)) return bytes
    buffers?.giveBack(bytes)
    throw new IpfsError(
      'damaged',
      `Block ${cid} is damaged in this store. Upload the content again, or ask another gateway.`,
    )
  }

  /**
   * Gives blocks that are on disk already their names, also where a file of that name exists: it may be damaged. Resolves to the folders
   * that `sync` has to put on disk.
   * @param fresh hears of each block that was not there before, as soon as it is
   */
  async adopt(blocks: readonly StagedBlock[], fresh: (cid: CID) => void): Promise<Set<string>> {
    const touched = new Set<string>()
    await inParallel(blocks, async ({ cid, file }) => {
      const name = this.fileOf(cid)
      const folder = dirname(name)
      if (await this.makeFolder(folder)) touched.add(this.path)
      const isFresh = !(await exists(name))
      await rename(file, name)
      touched.add(folder)
      if (!isFresh) return
      fresh(cid)
      this.onWritten()
    })
    return touched
  }

  /** Makes the names in these folders survive a loss of power. */
  async sync(folders: ReadonlySet<string>): Promise<void> {
    await inParallel([...folders], syncFolder)
  }

  override put(): never {
    throw new Error('Blocks are staged and adopted.')
  }

  override async *get(cid: CID): AsyncGenerator<Uint8Array> {
    yield await this.read(cid)
  }

  override async has(cid: CID): Promise<boolean> {
    return this.read(cid).then(
      () => true,
      () => false,
    )
  }

  private fileOf(cid: CID): string {
    const { dir, file } = paths.encode(cid)
    return join(this.path, dir, file)
  }

  /** Whether it had to be made. */
  private async makeFolder(folder: string): Promise<boolean> {
    if (this.folders.has(folder)) return false
    const made = await mkdir(folder, { recursive: true })
    this.folders.add(folder)
    return made !== undefined
  }
}

async function readInto(buffers: Buffers, file: string): Promise<Uint8Array> {
  const handle = await open(file)
  const buffer = buffers.take()
  try {
    const { size } = await handle.stat()
    let filled = 0
    while (filled < Math.min(size, buffer.length)) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    if (size <= buffer.length) return buffer.subarray(0, filled)
  } catch (error) {
    buffers.giveBack(buffer)
    throw error
  } finally {
    await handle.close()
  }
  // Once: by the second time it is lent to somebody else, who would read it together with a third.
  buffers.giveBack(buffer)
  return await readFile(file)
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
