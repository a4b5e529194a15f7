/** Tasks are repeated until they succeed, never twice at a time, and many of them never all at once. */
import { ContentError } from '@stellartrain/ipfs-content'
import { silentLog } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { createRetries } from './retry.ts'

function make(most = 8) {
  const clock = { now: 0 }
  const retries = createRetries({
    policy: { firstMs: 100, capMs: 1_000 },
    most,
    log: silentLog,
    now: () => clock.now,
    random: () => 0.999999,
    onFailure: () => {},
    onChange: () => {},
    signal: new AbortController().signal,
  })
  return { retries, clock }
}

test('a failure waits for its time, is shown in public, and is forgotten after a success', async () => {
  const { retries, clock } = make()
  const fail = () => Promise.reject(new ContentError('timeout', 'Too slow.', { retryable: true }))
  await retries.run('inspect/1', fail)
  expect(retries.ready('inspect/1')).toBe(false)
  expect(retries.ready('inspect/2')).toBe(true)
  expect(retries.retrying()).toEqual([{ task: 'inspect/1', attempts: 1, code: 'timeout', message: 'Too slow.' }])
  clock.now = 100
  expect(retries.ready('inspect/1')).toBe(true)
  await retries.run('inspect/1', fail)
  clock.now = 200
  expect(retries.ready('inspect/1')).toBe(false)
  await retries.run('inspect/1', () => Promise.resolve())
  expect(retries.retrying()).toEqual([])
})

test('the same task does not run twice at a time, and only so many run together', async () => {
  const { retries } = make(2)
  const ends: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => ends.push(resolve))
  const first = retries.run('a', work)
  expect([retries.ready('a'), retries.ready('b')]).toEqual([false, true])
  const second = retries.run('b', work)
  expect(retries.ready('c')).toBe(false)
  for (const end of ends) end()
  await Promise.all([first, second])
  expect(retries.ready('c')).toBe(true)
})
