/** Answers on their way are bounded: an address has its share, and who takes nothing gives way. */
import { silentLog } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { createReads } from './reads.ts'

function world() {
  const clock = { now: 0 }
  const outcomes: string[] = []
  const metrics = { read: (outcome: string) => void outcomes.push(outcome), reading: () => {} }
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
  return { clock, outcomes, open }
}

test('an address has its share of the places, and others have the rest', async () => {
  const { open } = world()
  const all = Array.from({ length: 64 }, () => open('greedy'))
  expect(() => open('greedy')).toThrow(expect.objectContaining({ code: 'busy', status: 503 }))
  const other = open('other')
  expect((await other.read()).value).toHaveLength(100_000)
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
  expect((await honest.read()).value).toHaveLength(100_000)
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
