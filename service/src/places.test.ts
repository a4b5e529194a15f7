/** Uploads that stall give way once every place is taken; those that go on do not. */
import { expect, test } from 'vitest'
import { createPlaces, type PlacesOptions } from './places.ts'

const REFUSAL = new Error('busy')

function world(more: Partial<PlacesOptions> = {}) {
  const clock = { now: 0 }
  const common = { atOnce: 2, stalledMs: 10, leastBytes: 4, now: () => clock.now, refusal: () => REFUSAL }
  const places = createPlaces({ ...common, ...more })
  /** An upload whose bytes the test sends. */
  function upload(client?: string) {
    const place = places.take(client)
    if (!place) return undefined
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const reader = place.through(readable).getReader()
    const send = async (bytes: number) => {
      const read = reader.read()
      await writer.write(new Uint8Array(bytes))
      return (await read).value?.byteLength
    }
    return { send, read: () => reader.read(), free: () => place.free() }
  }
  return { clock, places, upload }
}

test('with every place taken, the one that stalled for longest gives way', async () => {
  const { clock, upload } = world()
  const slow = upload()!
  clock.now = 1
  const quick = upload()!
  clock.now = 9
  expect(upload(), 'no one has stalled yet').toBeUndefined()
  expect(await quick.send(4)).toBe(4)
  clock.now = 10
  const read = slow.read()
  expect(upload()).toBeDefined()
  await expect(read).rejects.toBe(REFUSAL)
  expect(await quick.send(4), 'the other goes on').toBe(4)
})

test('a byte now and then is no progress', async () => {
  const { clock, upload } = world()
  const dripping = upload()!
  clock.now = 5
  upload()
  for (const at of [6, 8, 10]) {
    clock.now = at
    expect(await dripping.send(1)).toBe(1)
  }
  expect(upload()).toBeDefined()
})

test('who is done leaves its place', () => {
  const { places, upload } = world()
  const [one] = [upload()!, upload()!]
  expect(places.taken).toBe(2)
  one.free()
  expect(places.taken).toBe(1)
  expect(upload()).toBeDefined()
})

test('one client has no more than its own, and then its own give way first', async () => {
  const { clock, upload } = world({ atOnce: 4, perClient: 2 })
  const mine = upload('mine')!
  const [first, second] = [upload('theirs')!, upload('theirs')!]
  expect(upload('theirs')).toBeUndefined()
  clock.now = 10
  expect(await second.send(4)).toBe(4)
  const read = first.read()
  expect(upload('theirs')).toBeDefined()
  await expect(read).rejects.toBe(REFUSAL)
  expect(await mine.send(4), 'who stalls as long and is somebody else stays').toBe(4)
})

test('what is too slow or takes too long ends by itself, and says why', async () => {
  const why: string[] = []
  const refusal = (one: string) => {
    why.push(one)
    return REFUSAL
  }
  const { clock, places, upload } = world({ tooSlowMs: 20, longestMs: 50, refusal })
  const [slow, quick] = [upload()!, upload()!]
  clock.now = 19
  await quick.send(4)
  places.sweep()
  expect(places.taken).toBe(2)
  clock.now = 20
  const read = slow.read()
  places.sweep()
  await expect(read).rejects.toBe(REFUSAL)
  for (clock.now = 30; clock.now < 50; clock.now += 10) {
    expect(await quick.send(4)).toBe(4)
    places.sweep()
  }
  const last = quick.read()
  places.sweep()
  await expect(last).rejects.toBe(REFUSAL)
  expect([why, places.taken]).toEqual([['too_slow', 'too_long'], 0])
})
