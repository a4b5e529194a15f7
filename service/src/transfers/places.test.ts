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

/** Everybody who holds a place sends just enough not to be stalled. */
async function dripping(
  clients: (turn: number) => string | undefined,
  clock: { now: number },
  upload: ReturnType<typeof world>['upload'],
) {
  const held = Array.from({ length: 8 }, (_, turn) => upload(clients(turn))!)
  for (clock.now = 9; clock.now < 100; clock.now += 9)
    expect(await Promise.all(held.map((one) => one.send(4)))).toEqual(held.map(() => 4))
  return held
}

test.each([1, 4])(
  'whoever holds the most gives up its slowest, though none has stalled: %i clients that drip',
  async (clients) => {
    const { clock, places, upload } = world({ atOnce: 8, crowdedRate: 0 })
    const held = await dripping((turn) => `client ${turn % clients}`, clock, upload)
    await held[0]!.send(100)
    const ended = clients === 1 ? held[1]! : held[4]!
    const read = ended.read()
    const honest = upload('honest')!
    expect(await honest.send(4)).toBe(4)
    await expect(read).rejects.toBe(REFUSAL)
    expect(places.taken).toBe(8)
    expect(await held[0]!.send(4), 'the quickest of its client stays').toBe(4)
  },
)

test('with a place for each of many clients, the slowest gives way that is slower than one may be while others wait', async () => {
  const { clock, upload } = world({ atOnce: 8, crowdedRate: 500, risingMs: Number.POSITIVE_INFINITY })
  const held = await dripping((turn) => `client ${turn}`, clock, upload)
  for (const one of held) await one.send(one === held[5] ? 4 : 100)
  const read = held[5]!.read()
  expect(upload('honest')).toBeDefined()
  await expect(read).rejects.toBe(REFUSAL)
  expect(upload('another'), 'the others are quick enough').toBeUndefined()
})

test('one that is not known has no share, and is one of many where all are taken', () => {
  const { upload } = world({ atOnce: 4, perClient: 1 })
  for (let i = 0; i < 4; i++) expect(upload()).toBeDefined()
  expect(upload()).toBeUndefined()
  expect(upload('known')).toBeDefined()
})

test('who brings just enough from many addresses falls behind, also by coming again, and who is new and who is quick does not', async () => {
  const { clock, places, upload } = world({ atOnce: 8, leastBytes: 1, crowdedRate: 100, risingMs: 1_000 })
  const quick = upload('quick')!
  let held = Array.from({ length: 7 }, (_, turn) => upload(`address ${turn}`)!)
  const go = async (bytes: number) => {
    clock.now += 9
    await quick.send(20)
    await Promise.all(held.map((one) => one.send(bytes).catch(() => {})))
  }
  // More than the rate, which is enough for a moment only: after three seconds it is four times as much.
  while (clock.now < 3_000) await go(1)
  const ended = held[0]!.read()
  expect(upload('honest'), 'after a while').toBeDefined()
  await expect(ended).rejects.toBe(REFUSAL)
  // All of them come again.
  expect(upload('address 0'), 'is worse than who is there').toBeUndefined()
  for (const one of held) one.free()
  held = Array.from({ length: 6 }, (_, turn) => upload(`address ${turn}`)!)
  expect(places.taken).toBe(8)
  expect(upload('another'), 'at once').toBeDefined()
  expect(await quick.send(1)).toBe(1)
})

test('addresses that come by turns, each for a moment, do not keep out who is new once all of them were there', () => {
  const { clock, places } = world({ atOnce: 8, stalledMs: 10_000, leastBytes: 1, crowdedRate: 100 })
  let turn = 0
  for (; clock.now < 60_000; clock.now += 500) {
    // Whatever place there is, the next of them takes it, and brings more than the least.
    for (let one = places.take(`address ${turn % 40}`); one; one = places.take(`address ${++turn % 40}`)) one.moved(60)
    if (clock.now < 20_000 || clock.now % 2_000 > 0) continue
    const honest = places.take(`honest ${clock.now}`)
    expect(honest, `${clock.now} ms`).toBeDefined()
    honest!.moved(10_000)
    expect(honest!.signal.aborted).toBe(false)
    honest!.free()
  }
})

/** What is handed over when the test says so. */
function byHand() {
  const pieces: (() => void)[] = []
  const next = () => pieces.shift()?.()
  async function* source() {
    for (;;) {
      await new Promise<void>((resolve) => void pieces.push(resolve))
      yield new Uint8Array(4)
    }
  }
  return { source: source()[Symbol.asyncIterator](), next }
}

const iterable = (source: AsyncIterator<Uint8Array>) => ({ [Symbol.asyncIterator]: () => source })

test('while the service takes long to store what arrived, the client is not the one that is too slow', async () => {
  const { clock, places } = world({ atOnce: 1, crowdedRate: 0, tooSlowMs: 20 })
  const place = places.take()!
  const body = byHand()
  const arriving = place.arriving(iterable(body.source))[Symbol.asyncIterator]()
  const first = arriving.next()
  body.next()
  expect((await first).done).toBe(false)
  clock.now = 1_000
  places.sweep()
  expect(places.take(), 'it has not stalled').toBeUndefined()
  expect(place.signal.aborted).toBe(false)
  // From here on the client is waited for again.
  const second = arriving.next()
  clock.now = 1_019
  places.sweep()
  expect(place.signal.aborted).toBe(false)
  clock.now = 1_020
  places.sweep()
  await expect(second).rejects.toBe(REFUSAL)
})

test('while the service takes long to read what it sends, the client is not the one that is too slow', async () => {
  const { clock, places } = world({ atOnce: 1, tooSlowMs: 20 })
  const place = places.take()!
  const disk = byHand()
  const prepared = place.preparing(iterable(disk.source))[Symbol.asyncIterator]()
  const first = prepared.next()
  clock.now = 1_000
  places.sweep()
  expect(place.signal.aborted).toBe(false)
  disk.next()
  expect((await first).done).toBe(false)
  clock.now = 1_019
  places.sweep()
  expect(place.signal.aborted).toBe(false)
  clock.now = 1_020
  places.sweep()
  expect(place.signal.aborted, 'who does not take it is').toBe(true)
})
