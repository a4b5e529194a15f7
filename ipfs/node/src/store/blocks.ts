/** Blocks as files, each checked against its CID on the way in and on the way out. */
import { randomUUID } from 'node:crypto'
import { glob, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isBlock } from '@stellartrain/ipfs-content/unixfs'
import { FsBlockstore } from 'blockstore-fs'
import { NextToLast } from 'blockstore-fs/sharding'
import type { CID } from 'multiformats/cid'
import { IpfsError } from '../errors.ts'

export type Bytes = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>

const paths = new NextToLast()

/**
 * Helia's file store with three promises more: what it returns hashes to its CID; a file is whole and on disk before it has its
 * name; a damaged file counts as absent, so that adding the content again repairs it.
 */
export class CheckedBlockstore extends FsBlockstore {
  private readonly onWritten: () => void

  /** @param onWritten called for each block that was not stored before */
  constructor(location: string, onWritten: () => void = () => {}) {
    super(location, { shardingStrategy: paths })
    this.onWritten = onWritten
  }

  /** @throws IpfsError `not_found`, or `damaged` if the file holds other bytes than its name says. */
  async read(cid: CID): Promise<Uint8Array> {
    const bytes = await readFile(this.fileOf(cid)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new IpfsError('not_found', `Block ${cid} is not stored here.`)
      throw new IpfsError('damaged', `Block ${cid} is stored here but cannot be read.`, { cause: error })
    })
    if (await isBlock(cid, bytes)) return bytes
    throw new IpfsError(
      'damaged',
      `Block ${cid} is damaged in this store. Upload the content again, or ask another gateway.`,
    )
  }

  /** Returns whether it had to be written. @throws IpfsError `internal` if the bytes are not those of the CID. */
  async write(cid: CID, bytes: Uint8Array): Promise<boolean> {
    if (!(await isBlock(cid, bytes))) throw new IpfsError('internal', `These are not the bytes of block ${cid}.`)
    if (await this.has(cid)) return false
    const file = this.fileOf(cid)
    const partial = `${file}.${randomUUID()}.tmp`
    await mkdir(dirname(file), { recursive: true })
    try {
      const handle = await open(partial, 'wx')
      try {
        await handle.writeFile(bytes)
        await handle.datasync()
      } finally {
        await handle.close()
      }
      await rename(partial, file)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
    this.onWritten()
    return true
  }

  /** Files that a killed process left half written. */
  async removePartials(): Promise<void> {
    for await (const file of glob('*/*.tmp', { cwd: this.path })) await rm(join(this.path, file), { force: true })
  }

  override async put(cid: CID, value: Bytes): Promise<CID> {
    await this.write(cid, await whole(value))
    return cid
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
}

/** A block in one piece, as some writers hand it over in several. */
export async function whole(bytes: Bytes): Promise<Uint8Array> {
  return bytes instanceof Uint8Array ? bytes : Buffer.concat(await Array.fromAsync(bytes))
}
