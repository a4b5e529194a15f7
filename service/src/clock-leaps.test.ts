/** A clock of the machine's that is set by an hour, as after a suspended night or by a first NTP answer, moves no wait and no age. */
import { afterEach, expect, test, vi } from 'vitest'
import { calmLog } from './log/calm-log.ts'
import { createLog } from './log/log.ts'
import { createPlaces } from './transfers/places.ts'

/** Ends only what hangs. */
const PATIENCE = { timeout: 240_000 }

const HOUR_MS = 3_600_000
const leap = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
afterEach(() => void vi.useRealTimers())

test('forwards ends no transfer that goes on', () => {
  const places = createPlaces({ atOnce: 1, tooSlowMs: 60_000, longestMs: 600_000, refusal: (why) => new Error(why) })
  const place = places.take()!
  leap(HOUR_MS)
  places.sweep()
  expect(place.signal.aborted).toBe(false)
  expect(places.take()).toBeUndefined()
  place.free()
})

test('backwards keeps no stalled transfer in its place', async () => {
  const places = createPlaces({ atOnce: 1, stalledMs: 20, refusal: (why) => new Error(why) })
  const stalled = places.take()!
  leap(-HOUR_MS)
  const newcomer = await vi.waitUntil(() => places.take(), PATIENCE)
  expect(stalled.signal.aborted).toBe(true)
  newcomer.free()
})

test('backwards silences no log', async () => {
  const written: string[] = []
  const log = calmLog(createLog('info', { write: (line) => void written.push(line) }), { burst: 1, everyMs: 20 })
  log.warn('again')
  leap(-HOUR_MS)
  await vi.waitUntil(() => {
    log.warn('again')
    return written.length > 1
  }, PATIENCE)
})
