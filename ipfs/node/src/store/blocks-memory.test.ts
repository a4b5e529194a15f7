/** Memory of blocks is given back once: a second time it would be lent to two readers, and one of them would send what the other reads. */
import { unlinkSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { RAW } from '@stellartrain/ipfs-content/cid'
import { NextToLast } from 'blockstore-fs/sharding'
import { CID } from 'multiformats/cid'
import { sha256 } from 'multiformats/hashes/sha2'
import { expect, onTestFinished, test } from 'vitest'
import { CheckedBlockstore } from './blocks.ts'
import { createBuffers } from './buffers.ts'

test('a block of more than a buffer that is removed while it is read gives its buffer back once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ipfs-blocks-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const bytes = new Uint8Array(100).fill(7)
  const cid = CID.createV1(RAW, await sha256.digest(bytes))
  const { dir, file } = new NextToLast().encode(cid)
  const path = join(folder, dir, file)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)

  const { take, giveBack } = createBuffers(64, 4)
  let other: Uint8Array | undefined
  const buffers = {
    take,
    giveBack(part: Uint8Array) {
      giveBack(part)
      if (other) return
      // At this moment the collector removes the file, and another reader takes the memory.
      unlinkSync(path)
      other = take()
    },
  }
  await expect(new CheckedBlockstore(folder).read(cid, buffers)).rejects.toMatchObject({ code: 'not_found' })
  expect(other).toBeDefined()
  expect(take(), 'it is lent already').not.toBe(other)
})
