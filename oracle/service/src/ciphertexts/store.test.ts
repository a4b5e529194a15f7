/** What is kept is what the CID names, within its limit, and is found again by the next process. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
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
  const store = await openStore(folder, 5_000)
  const blocks = await Promise.all([1, 2, 3, 4].map((fill) => block(fill)))
  const kept = await Promise.all(blocks.map(({ cid, bytes }) => store.put(1, cid, bytes)))
  expect([kept.filter(Boolean).length, store.bytes]).toEqual([2, 2_000])
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

test('no challenge takes more than half of what the others leave, so that there is room for one more', async () => {
  const store = await openStore(folder, 8_000)
  const blocks = await Promise.all(Array.from({ length: 16 }, (_, fill) => block(fill)))
  for (const [index, { cid, bytes }] of blocks.entries()) await store.put(index < 10 ? 1 : 2, cid, bytes)
  expect(blocks.filter(({ cid }) => store.has(cid))).toHaveLength(6)
  expect(await store.put(3, blocks[9]!.cid, blocks[9]!.bytes)).toBe(true)
})

test('what is over makes room for what is not, and what is followed loses nothing', async () => {
  let followed: Set<number> | undefined
  const store = await openStore(folder, 4_000, () => followed)
  const blocks = await Promise.all([1, 2, 3, 4].map((fill) => block(fill)))
  const put = (challenge: number, at: number) => store.put(challenge, blocks[at]!.cid, blocks[at]!.bytes)
  expect([await put(1, 0), await put(1, 1), await put(2, 2), await put(3, 3)]).toEqual([true, true, true, false])
  followed = new Set([1, 2, 3])
  expect(await put(3, 3)).toBe(false)
  followed = new Set([2, 3])
  expect(await put(3, 3)).toBe(true)
  expect(blocks.map(({ cid }) => store.has(cid))).toEqual([false, false, true, true])
})
