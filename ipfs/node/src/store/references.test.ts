/** What our pins write is what Helia's own write: an update of Helia, or another program over the store, reads both alike. */
import { hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LevelDatastore } from 'datastore-level'
import { createHeliaLight } from 'helia'
import { CID } from 'multiformats/cid'
import * as Digest from 'multiformats/hashes/digest'
import { afterAll, expect, test } from 'vitest'
import { createReferences } from './references.ts'

const home = await mkdtemp(join(tmpdir(), 'stellartrain-references-'))
afterAll(() => rm(home, { recursive: true }))

const SHA2_256 = 0x12
const RAW = 0x55
const cidOf = (text: string) => CID.createV1(RAW, Digest.create(SHA2_256, hash('sha256', text, 'buffer')))

async function rowsAfter(name: string, pin: (datastore: LevelDatastore, root: CID, cids: CID[]) => Promise<void>) {
  const datastore = new LevelDatastore(join(home, name))
  await datastore.open()
  const [one, other, shared, leaf] = ['one', 'other', 'shared', 'leaf'].map(cidOf)
  await pin(datastore, one!, [one!, shared!, leaf!, shared!])
  await pin(datastore, other!, [other!, shared!])
  await pin(datastore, other!, [other!, shared!])
  const rows = await Array.fromAsync(datastore.db.iterator({ gte: '/pin', lt: '/pio' }))
  await datastore.close()
  return rows.map(([key, value]) => [key, Buffer.from(value).toString('hex')])
}

test('a pin is written as Helia writes it, also where two share a block, and once', async () => {
  const ours = await rowsAfter('ours', (datastore, root, cids) => createReferences(datastore.db).hold(root, cids))
  const theirs = await rowsAfter('theirs', async (datastore, root, cids) => {
    const { pins } = createHeliaLight({ datastore })
    if (await pins.isPinned(root)) return
    const walker = () => ({
      async *walk() {
        for (const cid of cids) yield { block: { cid } }
      },
    })
    for await (const _ of pins.add(root, { walker } as never));
  })
  expect(ours).toHaveLength(6)
  expect(ours).toEqual(theirs)
})
