/** Archives are read as they are written, whatever pieces they come in, and what is none is refused. */
import { CarReader } from '@ipld/car'
import type { CID } from 'multiformats/cid'
import { expect, test } from 'vitest'
import { concat } from '../encoding/bytes.ts'
import { parseCid } from '../encoding/cid.ts'
import { readCar, writeCar } from './car.ts'
import { importBytes } from './import.ts'

const SIZE = 3 * 1_048_576 + 17
const bytes = new Uint8Array(SIZE).map((_, at) => (at * 7 + (at >> 20)) & 0xff)

async function archive(content: Uint8Array) {
  const blocks = new Map<string, Uint8Array>()
  const { cid } = await importBytes(
    content,
    async (one, block) => void blocks.set(one.toString(), new Uint8Array(block)),
  )
  const read = async (one: CID) => blocks.get(one.toString())!
  return { cid, blocks, car: concat(await Array.fromAsync(writeCar(parseCid(cid), read))) }
}

async function* pieces(car: Uint8Array, size: number) {
  for (let at = 0; at < car.length; at += size) yield car.subarray(at, at + size)
}

test('what is written is a CAR for others, root first', async () => {
  const { cid, blocks, car } = await archive(bytes)
  const reader = await CarReader.fromBytes(car)
  expect((await reader.getRoots()).map(String)).toEqual([cid])
  const found = await Array.fromAsync(reader.blocks())
  expect(found[0]!.cid.toString()).toBe(cid)
  expect(new Set(found.map((one) => one.cid.toString()))).toEqual(new Set(blocks.keys()))
})

test.each([1_000_000_000, 65_536, 999, 1])('it is read again from pieces of %d bytes', async (size) => {
  const { cid, blocks, car } = await archive(size === 1 ? bytes.subarray(0, 3_000) : bytes)
  const read = await Array.fromAsync(readCar(pieces(car, size)))
  expect(read[0]!.cid.toString()).toBe(cid)
  expect(read).toHaveLength(blocks.size)
  for (const block of read) expect(block.bytes).toEqual(blocks.get(block.cid.toString()))
})

test('what is no archive, or ends early, is refused', async () => {
  const { car } = await archive(bytes.subarray(0, 100))
  const code = (given: Uint8Array) =>
    Array.fromAsync(readCar(pieces(given, 64))).then(
      () => 'read',
      (error) => error.code,
    )
  expect(await code(new Uint8Array())).toBe('bad_car')
  expect(await code(car.subarray(0, car.length - 1))).toBe('bad_car')
  expect(await code(new TextEncoder().encode('id,label\n'.repeat(10)))).toBe('bad_car')
  expect(await code(concat([car, Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x01)]))).toBe('bad_car')
  expect(await code(concat([car, Uint8Array.of(0xff, 0xff, 0xff, 0x7f)]))).toBe('bad_car')
})
