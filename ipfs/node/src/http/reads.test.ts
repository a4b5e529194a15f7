/** Answers on their way are bounded: an address has its share, and who takes nothing gives way. */
import { silentLog } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { createReads, PIECE_BYTES, SMALL_BYTES } from './reads.ts'

function world() {
  const clock = { now: 0 }
  const outcomes: string[] = []
  const running = { count: 0, held: 0 }
  const metrics = {
    read: (outcome: string) => void outcomes.push(outcome),
    reading: (count: number, held: number) => void Object.assign(running, { count, held }),
  }
  const reads = createReads({ metrics, log: silentLog, now: () => clock.now })
  const about = { requestId: 'r', path: '/ipfs/x' }
  const open = (client: string | null, destroy?: () => void, pieces = 3) =>
    reads
      .stream(
        async function* () {
          for (let i = 0; i < pieces; i++) yield new Uint8Array(100_000)
        },
        { client, about, destroy },
      )
      .getReader()
  return { clock, outcomes, running, reads, about, open }
}

const MIB = 1_048_576

test('an address has its share of the places, and others have the rest', async () => {
  const { open } = world()
  const all = Array.from({ length: 64 }, () => open('greedy'))
  expect(() => open('greedy')).toThrow(expect.objectContaining({ code: 'busy', status: 503 }))
  const other = open('other')
  expect((await other.read()).value).toHaveLength(16_384)
  // One that is read to its end leaves its place.
  while (!(await all[0]!.read()).done);
  expect(open('greedy')).toBeDefined()
})

test('with every place taken, an answer that nobody takes gives way', async () => {
  const { clock, outcomes, open } = world()
  let cut = 0
  for (let i = 0; i < 256; i++) open(`slow${i}`, () => void cut++)
  expect(() => open('honest')).toThrow(expect.objectContaining({ code: 'busy' }))
  clock.now = 10_000
  const honest = open('honest')
  expect((await honest.read()).value).toHaveLength(16_384)
  expect([cut, outcomes.filter((one) => one === 'cut')]).toEqual([1, ['cut']])
})

test('an answer that breaks off ends the connection and is counted', async () => {
  const broken: string[] = []
  const reads = createReads({ metrics: { read: (one) => void broken.push(one), reading: () => {} }, log: silentLog })
  let destroyed = false
  const destroy = () => {
    destroyed = true
  }
  const stream = reads.stream(
    async function* () {
      yield new Uint8Array(1)
      throw new Error('a block is missing')
    },
    { client: null, about: { requestId: 'r', path: '/' }, destroy },
  )
  await Array.fromAsync(stream).catch(() => {})
  expect([broken, destroyed]).toEqual([['broken'], true])
})

test('whoever takes nothing holds one block, of which it has a few pieces', async () => {
  const { reads, about, running } = world()
  let asked = 0
  const blocks = async function* () {
    for (;;) {
      asked++
      yield Buffer.alloc(MIB)
    }
  }
  const slow = Array.from({ length: 256 }, (_, i) =>
    reads.stream(blocks, { client: `slow${i}`, about, destroy: undefined }).getReader(),
  )
  expect(asked, 'nothing is read before it is asked for').toBe(0)
  // A server takes up to three pieces before it looks whether the connection takes them.
  for (const one of slow)
    for (let i = 0; i < 3; i++) {
      const { value } = await one.read()
      // It keeps them to the end of the answer: a part of a block would keep all of it.
      expect(value!.buffer.byteLength).toBeLessThanOrEqual(16_384)
    }
  expect([asked, running]).toEqual([256, { count: 256, held: 256 * MIB }])
  // All of one block is taken before the next is asked for.
  let taken = 3 * 16_384
  while (taken < MIB) {
    const { value } = await slow[0]!.read()
    expect(value!.length).toBeLessThanOrEqual(PIECE_BYTES)
    taken += value!.length
  }
  expect([asked, taken]).toEqual([256, MIB])
  await slow[0]!.read()
  expect([asked, running.held]).toEqual([257, 256 * MIB])
  for (const one of slow) await one.cancel()
  expect(running).toEqual({ count: 0, held: 0 })
})

test('who reads large files slowly keeps nobody from a small one', async () => {
  const { reads, about, open } = world()
  for (let i = 0; i < 256; i++) open(`slow${i}`)
  const ask = (bytes: number) =>
    reads.stream(
      async function* () {
        yield new Uint8Array(bytes)
      },
      { client: 'honest', bytes, about, destroy: undefined },
    )
  expect(() => ask(SMALL_BYTES + 1)).toThrow(expect.objectContaining({ code: 'busy' }))
  expect((await Array.fromAsync(ask(SMALL_BYTES))).reduce((sum, one) => sum + one.length, 0)).toBe(SMALL_BYTES)
})

test('a block is said to be sent once its last piece was taken and the next is asked for, not before', async () => {
  const { reads, about } = world()
  const sent: number[] = []
  const blocks = async function* () {
    for (const size of [PIECE_BYTES, 3 * PIECE_BYTES, 1]) yield new Uint8Array(size)
  }
  const to = { client: null, about, destroy: undefined, sent: (block: Uint8Array) => void sent.push(block.length) }
  const stream = reads.stream(blocks, to).getReader()
  let taken = 0
  const seen: [number, number][] = []
  for (let next = await stream.read(); !next.done; next = await stream.read()) {
    taken += next.value.length
    seen.push([taken, sent.reduce((sum, one) => sum + one, 0)])
  }
  // What is said to be sent is never more than what was taken before the piece in hand.
  for (const [index, [, said]] of seen.entries()) expect(said).toBeLessThanOrEqual(seen[index - 1]?.[0] ?? 0)
  expect(sent).toEqual([PIECE_BYTES, 3 * PIECE_BYTES, 1])
})
