/** What an account may keep: counted once, refused with a sentence, and right again after a kill. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { upload } from '@stellartrain/ipfs-content/upload'
import { LevelDatastore } from 'datastore-level'
import { describe, expect, it } from 'vitest'
import { blockFiles, bytesOf, type Service, service, signedIn } from '../harness.ts'

const somebody = Keypair.random()
const full = { code: 'account_full', retryable: false }

async function sender(running: Service, who: Keypair = somebody) {
  const token = await signedIn(running.url, who)
  return (bytes: Uint8Array<ArrayBuffer>) => upload({ url: running.url, token, bytes })
}

describe('an account', () => {
  it('that has all its room gets no more, nothing of what it sent stays, and others are not touched', async () => {
    const running = await service({ maxAccountBytes: 3_000_000 })
    const send = await sender(running)
    await send(bytesOf(2_000_000, 61))
    const before = await blockFiles(running.home)
    // The second is three equal blocks, which are written once.
    for (const bytes of [bytesOf(1_000_001, 62), new Uint8Array(3_200_000)]) {
      await expect(send(bytes)).rejects.toMatchObject({
        ...full,
        message: expect.stringContaining('2000000 of at most'),
      })
      expect(await blockFiles(running.home)).toEqual(before)
    }
    const other = await sender(running, Keypair.random())
    await other(bytesOf(1_000_001, 62))
    await send(bytesOf(1_000_000, 63))
  })

  it('that has no room left may send again what it keeps, after a restart too', async () => {
    const first = await service({ maxAccountBytes: 10_000 })
    const kept = bytesOf(9_000, 64)
    await (await sender(first))(kept)
    await first.close()
    const second = await service({ maxAccountBytes: 10_000, home: first.home })
    const send = await sender(second)
    await send(kept)
    await expect(send(bytesOf(1_001, 65))).rejects.toMatchObject(full)
  })

  it('pays for a tiny file what it takes on a disk', async () => {
    const send = await sender(await service({ maxAccountBytes: 10_000 }))
    for (const byte of [1, 2]) await send(Uint8Array.of(byte))
    await expect(send(Uint8Array.of(3))).rejects.toMatchObject(full)
  })

  it('does not pay for what a kill left unpinned', async () => {
    const first = await service({ maxAccountBytes: 10_000 })
    const kept = bytesOf(5_000, 66)
    await (await sender(first))(kept)
    await first.close()
    // As if killed after the count and before the pin.
    const datastore = new LevelDatastore(join(first.home, 'datastore'))
    await datastore.open()
    const lost = await computeCid(bytesOf(5_000, 67))
    await datastore.db.put(`/account/${somebody.publicKey()}/${lost}`, new TextEncoder().encode('5000'))
    await datastore.close()
    await writeFile(join(first.home, 'incoming', 'left.upload'), '')

    const second = await service({ maxAccountBytes: 10_000, home: first.home })
    const send = await sender(second)
    await send(bytesOf(5_000, 68))
    await expect(send(bytesOf(1, 69))).rejects.toMatchObject(full)
    expect(await readdir(join(first.home, 'incoming'))).toEqual([])
  })
})
