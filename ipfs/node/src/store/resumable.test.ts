/** What unfinished uploads count and how long they stay, whatever is done to them at once. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LevelDatastore } from 'datastore-level'
import { expect, it, onTestFinished } from 'vitest'
import { bytesOf, temporaryHome } from '../harness.ts'
import { createRecords } from './records.ts'
import { openResumable } from './resumable.ts'
import { openShares } from './shares.ts'

async function world(most?: number) {
  const home = await temporaryHome()
  const datastore = new LevelDatastore(join(home, 'datastore'))
  await datastore.open()
  onTestFinished(() => datastore.close())
  const seen = { held: 0, now: 0 }
  const records = createRecords(datastore.db)
  const shares = await openShares(records, 1e12)
  const uploads = await openResumable({
    home,
    records,
    checkRoom: async () => {},
    shares,
    free: async (more) => {
      seen.held = shares.underWay + more
      return 1e12
    },
    now: () => seen.now,
    ...(most !== undefined && { most }),
  })
  const begin = async (bytes: number) => uploads.append(await uploads.create('G', bytes + 1), 0, body(bytes))
  /** What all others hold. */
  const held = async () => {
    await uploads.remove(await begin(1))
    return seen.held - 1
  }
  const recorded = async () => (await Array.fromAsync(records.entries('/resumable/'))).length
  return { uploads, begin, held, seen, recorded, files: () => readdir(join(home, 'resumable')) }
}

async function* body(bytes: number) {
  yield bytesOf(bytes, 1)
}

it('four that are removed at once, each twice, leave nothing that counts', async () => {
  const { uploads, begin, held, files } = await world()
  const four = await Promise.all([begin(1000), begin(1000), begin(1000), begin(1000)])
  await Promise.allSettled([...four, ...four].map((one) => uploads.remove(one)))
  expect([await held(), await files()]).toEqual([0, []])
})

it('a part that begins as its upload is removed does not bring it back', async () => {
  const { uploads, begin, held, files } = await world()
  for (let i = 0; i < 10; i++) {
    const one = await begin(1000)
    const results = await Promise.allSettled([uploads.remove(one), uploads.append(one, 1000, body(1))])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(uploads.append(one, 1000, body(1))).rejects.toMatchObject({ code: 'not_found' })
  }
  expect([await held(), await files()]).toEqual([0, []])
})

it('one that is stored is neither removed under the hand nor counted twice', async () => {
  const { uploads, held, files } = await world()
  const whole = await uploads.append(await uploads.create('G', 1000), 0, body(1000))
  const stored: string[] = []
  const store = async (file: string) => {
    await expect(uploads.remove(whole)).rejects.toMatchObject({ code: 'wrong_offset' })
    stored.push(file)
    return 'cid'
  }
  const ends = await Promise.all([uploads.finish(whole, store), uploads.finish(whole, store)])
  expect([stored.length, ends.map(({ cid }) => cid).sort()]).toEqual([1, ['cid', null]])
  expect([await held(), await files()]).toEqual([0, []])
})

it('who sends nothing keeps it no longer', async () => {
  const { uploads, begin, seen } = await world()
  const one = await begin(1000)
  seen.now = 1000
  await uploads.append(one, 1000, body(0))
  expect((await uploads.find('G', one.id)).expires).toBe(one.expires)
  await uploads.append(one, 1000, body(1))
  expect((await uploads.find('G', one.id)).expires).toBe(one.expires + 1000)
})

it('an account has four, also where it begins many at once', async () => {
  const { uploads } = await world()
  const begun = await Promise.allSettled(Array.from({ length: 9 }, () => uploads.create('G', 1)))
  expect(begun.filter(({ status }) => status === 'fulfilled').length).toBe(4)
})

it('what many keys of one address begin has a bound, and keeps no other address away', async () => {
  const { uploads, recorded } = await world(8)
  const flood = async (round: string) => {
    for (let key = 0; key < 5; key++)
      for (let i = 0; i < 4; i++) await uploads.create(`${round}${key}`, 1000, 'an address')
  }
  await flood('G')
  expect(await recorded()).toBe(8)
  const mine = await uploads.create('GMINE', 1000, 'another address')
  await flood('H')
  expect([await recorded(), (await uploads.find('GMINE', mine.id)).offset]).toEqual([8, 0])
  await uploads.append(mine, 0, body(1000))
})

it('where each address has one, those give way that never brought a byte', async () => {
  const { uploads, seen } = await world(3)
  const [first, second] = [await uploads.create('A', 10, 'a'), await uploads.create('B', 10, 'b')]
  await uploads.append(first, 0, body(1))
  await uploads.create('C', 10, 'c')
  await expect(uploads.create('D', 10, 'd')).rejects.toMatchObject({ code: 'busy' })
  seen.now = 60_000
  await uploads.create('D', 10, 'd')
  expect((await uploads.find('A', first.id)).offset).toBe(1)
  await expect(uploads.find('B', second.id)).rejects.toMatchObject({ code: 'not_found' })
})

it('an account that ends one after the other leaves few records', async () => {
  const { uploads, recorded } = await world()
  for (let i = 0; i < 40; i++) await uploads.finish(await uploads.create('G', 0), async () => 'cid')
  expect(await recorded()).toBeLessThanOrEqual(17)
})
