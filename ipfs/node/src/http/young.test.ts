import { expect, test } from 'vitest'
import { createYoungCollector } from './young.ts'

const MIB = 1_048_576
async function* body(pieces: number) {
  for (let i = 0; i < pieces; i++) yield new Uint8Array(65_536).fill(i)
}

test('every byte is passed on, and after every eight mebibytes of all bodies together the young are looked at', async () => {
  let collected = 0
  const collecting = createYoungCollector(() => void collected++)
  let total = 0
  const [one, other] = [collecting(body(128)), collecting(body(64))]
  for await (const bytes of one) total += bytes.length
  expect([total, collected]).toEqual([8 * MIB, 1])
  for await (const bytes of other) total += bytes.length
  expect([total, collected]).toEqual([12 * MIB, 1])
  for await (const bytes of collecting(body(64))) total += bytes.length
  expect([total, collected]).toEqual([16 * MIB, 2])
})

test('buffers of a body do not pile up until V8 goes through its whole heap', async () => {
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  for await (const _ of createYoungCollector()(body(2_048)))
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  expect(most).toBeLessThan(24 * MIB)
})
