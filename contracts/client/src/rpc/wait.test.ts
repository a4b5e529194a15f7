import { expect, test } from 'vitest'
import { backoff, readRetryAfter, sleep } from './wait.ts'

test('a sleeper wakes at once when it is aborted, with the reason', async () => {
  const abort = new AbortController()
  const sleeping = sleep(3_600_000, abort.signal)
  abort.abort(new Error('the page was closed'))
  await expect(sleeping).rejects.toThrow('the page was closed')
  await expect(sleep(3_600_000, abort.signal)).rejects.toThrow('the page was closed')
})

test('each attempt waits twice as long, up to the most, a fifth of it by chance', () => {
  const middle = () => 0.5
  expect([0, 1, 2, 3, 1_000].map((attempt) => backoff(attempt, 100, 1_000, middle))).toEqual([
    100, 200, 400, 800, 1_000,
  ])
  expect(backoff(1, 100, 1_000, () => 0)).toBe(160)
  expect(backoff(1, 100, 1_000, () => 1)).toBe(240)
})

test('Retry-After is read as seconds or as a date, at most a minute, and never as a time that has passed', () => {
  const now = Date.parse('2026-11-29T12:00:00Z')
  const read = (header: string | null) => readRetryAfter(header, now)
  expect(['3', ' 0 ', '86400', 'Sun, 29 Nov 2026 12:00:05 GMT', 'Sun, 29 Nov 2026 11:00:00 GMT'].map(read)).toEqual([
    3_000, 0, 60_000, 5_000, 0,
  ])
  expect([null, '', 'soon'].map(read)).toEqual([undefined, undefined, undefined])
})
