/** What is kept is what the CID names, within its limit, and is found again by the next process. */
import { mkdtemp, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { computeCid, parseCid } from '@stellartrain/ipfs-content'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oracle-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const block = async (fill: number, size = 1_000) => {
  const bytes = new Uint8Array(size).fill(fill)
  return { bytes, cid: parseCid(await computeCid(bytes)) }
}

test('a block is found again, also by the next process, and a half written one is not', async () => {
  const [one, two] = [await block(1), await block(2)]
  const store = await openStore(folder, 10_000)
  expect(await store.put(7, one.cid, one.bytes)).toBe(true)
  await writeFile(join(folder, '7', `${two.cid}.part`), two.bytes)
  const next = await openStore(folder, 10_000)
  expect(await next.get(one.cid)).toEqual(one.bytes)
  expect([next.bytes, next.has(two.cid), await next.get(two.cid)]).toEqual([1_000, false, undefined])
  expect(await readdir(join(folder, '7'))).toEqual([String(one.cid)])
})

test('a block that is asked for while it is being written is not lost', async () => {
  const store = await openStore(folder, 100_000_000)
  for (let fill = 0; fill < 30; fill++) {
    const { cid, bytes } = await block(fill, 300_000)
    const writing = [store.put(1, cid, bytes), store.put(1, cid, bytes)]
    const reading = Array.from({ length: 5 }, () => store.get(cid))
    expect(await Promise.all(writing)).toEqual([true, true])
    await Promise.all(reading)
    expect((await store.get(cid))?.length).toBe(300_000)
  }
  expect(store.bytes).toBe(30 * 300_000)
})

test('what is damaged on disk counts as absent, and is written again', async () => {
  const { cid, bytes } = await block(3)
  const store = await openStore(folder, 10_000)
  await store.put(1, cid, bytes)
  await writeFile(join(folder, '1', String(cid)), 'something else')
  expect(await store.get(cid)).toBeUndefined()
  expect(await store.put(1, cid, bytes)).toBe(true)
  expect(await store.get(cid)).toEqual(bytes)
})

test('nothing is kept beyond the limit, however many come at once', async () => {
  const store = await openStore(folder, 4_500)
  const blocks = await Promise.all([1, 2, 3, 4, 5, 6].map((fill) => block(fill)))
  const kept = await Promise.all(blocks.map(({ cid, bytes }) => store.put(1, cid, bytes)))
  expect([kept.filter(Boolean).length, store.bytes]).toEqual([4, 4_000])
})

test('challenges that are over make room after their time', async () => {
  const store = await openStore(folder, 10_000)
  const blocks = await Promise.all([1, 2, 3].map((fill) => block(fill)))
  for (const [index, { cid, bytes }] of blocks.entries()) await store.put(index + 1, cid, bytes)
  for (const challenge of ['1', '2']) await utimes(join(folder, challenge), 0, 0)
  await store.prune(new Set([1]), 86_400_000, Date.now())
  expect(blocks.map(({ cid }) => store.has(cid))).toEqual([true, false, true])
  expect(store.bytes).toBe(2_000)
})

test('each followed challenge gets its share, whatever others took before', async () => {
  const many = Array.from({ length: 11 }, (_, at) => at + 1)
  const store = await openStore(folder, 22_000, () => new Set(many))
  const blocks = await Promise.all(
    Array.from({ length: 22 * 11 }, (_, fill) => block(fill % 256, 990 + Math.floor(fill / 256))),
  )
  // Ten take all that they get; the eleventh comes last.
  for (const challenge of many)
    for (const { cid, bytes } of blocks.slice((challenge - 1) * 22, challenge * 22))
      await store.put(challenge, cid, bytes)
  const kept = many.map(
    (challenge) => blocks.slice((challenge - 1) * 22, challenge * 22).filter(({ cid }) => store.has(cid)).length,
  )
  expect(Math.min(...kept)).toBeGreaterThanOrEqual(2)
  expect(store.bytes).toBeLessThanOrEqual(22_000)
  expect((await openStore(folder, 22_000)).bytes).toBe(store.bytes)
})

test('what is over makes room for what is not, and what is followed loses nothing of its share', async () => {
  let followed: Set<number> | undefined
  const store = await openStore(folder, 4_000, () => followed)
  const blocks = await Promise.all([1, 2, 3, 4, 5].map((fill) => block(fill)))
  const put = (challenge: number, at: number) => store.put(challenge, blocks[at]!.cid, blocks[at]!.bytes)
  expect([await put(1, 0), await put(1, 1), await put(2, 2), await put(2, 3)]).toEqual([true, true, true, true])
  // It is not known yet what is owed.
  expect(await put(3, 4)).toBe(false)
  followed = new Set([2, 3])
  expect(await put(3, 4)).toBe(true)
  expect(blocks.map(({ cid }) => store.has(cid))).toEqual([false, false, true, true, true])
})

test('a block of two challenges stays until the last is over, also across a restart, and is counted once', async () => {
  let live = new Set([2, 3])
  const open = () => openStore(folder, 3_000, () => live)
  const [one, two, three, four] = await Promise.all([block(1), block(2), block(3), block(4)])
  let store = await open()
  // At once, too.
  const both = await Promise.all([store.put(1, one.cid, one.bytes), store.put(2, one.cid, one.bytes)])
  expect([both, store.bytes]).toEqual([[true, true], 1_000])
  store = await open()
  expect(store.bytes).toBe(1_000)
  await utimes(join(folder, '1'), 0, 0)
  await store.prune(live, 0, Date.now() + 1_000)
  expect([await store.get(one.cid), store.bytes]).toEqual([one.bytes, 1_000])
  expect(await readdir(folder)).toEqual(['2'])
  // A challenge that is over makes room, and takes nothing with it that another one has.
  await store.put(1, one.cid, one.bytes)
  for (const { cid, bytes } of [two, three, four]) await store.put(3, cid, bytes)
  expect([await store.get(one.cid), store.bytes <= 3_000]).toEqual([one.bytes, true])
  live = new Set()
  await store.prune(live, 0, Date.now() + 1_000)
  expect([store.has(one.cid), store.bytes, await readdir(folder)]).toEqual([false, 0, []])
})

test('a block that cannot be read for a while is served afterwards', async () => {
  const { cid, bytes } = await block(5)
  const store = await openStore(folder, 10_000)
  await store.put(1, cid, bytes)
  // A name that leads to itself cannot be opened (ELOOP), also by root.
  const file = join(folder, '1', String(cid))
  await rename(file, join(folder, 'away'))
  await symlink(String(cid), file)
  expect([await store.get(cid), store.bytes]).toEqual([undefined, 1_000])
  await rename(join(folder, 'away'), file)
  expect(await store.get(cid)).toEqual(bytes)
})
