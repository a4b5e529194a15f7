/** Of an archive only the blocks of the file that was named are taken, and no more of them than it may have. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importBytes, maxSealedBytes, parseCid, writeCar } from '@stellartrain/ipfs-content'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BlockStore, openStore } from './store.ts'
import { takeCar } from './take.ts'

let folder: string
let store: BlockStore
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oracle-take-'))
  store = await openStore(folder, 100_000_000)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const MIB = 1_048_576
/** Three leaves; the first and the last are equal. */
const FILE = new Uint8Array(3 * MIB).map((_, at) => (at >= MIB && at < 2 * MIB ? at % 251 : 7))

async function pack(file: Uint8Array) {
  const blocks = new Map<string, Uint8Array>()
  const { cid } = await importBytes(file, async (one, block) => void blocks.set(String(one), new Uint8Array(block)))
  const pieces = await Array.fromAsync(writeCar(parseCid(cid), async (one) => blocks.get(String(one))!))
  return { cid, blocks, pieces }
}

async function* stream(pieces: readonly Uint8Array[]) {
  yield* pieces
}

const take = (cid: string, pieces: readonly Uint8Array[], maxBytes = FILE.length) =>
  takeCar(cid, 1, maxBytes, stream(pieces), store)
const codeOf = (taking: Promise<unknown>) =>
  taking.then(
    () => 'taken',
    (error) => error.code,
  )

test('a file of several blocks is taken once, and handing it over again is fine', async () => {
  const { cid, pieces } = await pack(FILE)
  expect(await take(cid, pieces)).toEqual({ cid, bytes: FILE.length, stored: true })
  expect(await take(cid, [])).toEqual({ cid, bytes: FILE.length, stored: false })
})

test('who was cut off goes on: what is there already is skipped', async () => {
  const { cid, pieces } = await pack(FILE)
  expect(await codeOf(take(cid, pieces.slice(0, 3)))).toBe('bad_car')
  expect(await take(cid, pieces)).toMatchObject({ stored: true })
})

test('blocks of other files, in another order, or with other bytes are refused', async () => {
  const { cid, pieces } = await pack(FILE)
  const other = await pack(new Uint8Array(5_000))
  expect(await codeOf(take(cid, other.pieces))).toBe('bad_car')
  expect(await codeOf(take(cid, [pieces[0]!, pieces[2]!, pieces[1]!]))).toBe('bad_car')
  const forged = new Uint8Array(pieces[1]!)
  forged[forged.length - 1]! ^= 1
  expect(await codeOf(take(cid, [pieces[0]!, forged]))).toBe('bad_car')
  expect(store.bytes).toBe(0)
})

test('a file that is too large is refused on its root, which is kept: the submission is rejected on it', async () => {
  const { cid, pieces } = await pack(FILE)
  expect(maxSealedBytes(10_000)).toBeLessThan(FILE.length)
  expect(await codeOf(take(cid, pieces, 10_000))).toBe('too_large')
  expect(store.has(parseCid(cid))).toBe(true)
  expect(store.bytes).toBeLessThan(1_000)
})

test('a full disk is said, so that it can be tried again', async () => {
  store = await openStore(folder, MIB)
  const { cid, pieces } = await pack(FILE)
  expect(await codeOf(take(cid, pieces))).toBe('disk_full')
})

test('a file that another challenge brought is kept for this one, too', async () => {
  const { cid, pieces } = await pack(FILE)
  await take(cid, pieces)
  const bytes = store.bytes
  expect(await takeCar(cid, 8, FILE.length, (async function* () {})(), store)).toMatchObject({ stored: false })
  await store.prune(new Set([8]), 0, Date.now() + 60_000)
  expect([await readdir(folder), store.bytes, store.has(parseCid(cid))]).toEqual([['8'], bytes, true])
})
