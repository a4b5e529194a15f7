/** Errands are repeated until they succeed, never twice at a time, and many of them never all at once. */
import { ContentError } from '@stellartrain/ipfs-content'
import { expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { createTries } from './tries.ts'

function make(most = 8) {
  const clock = { now: 0 }
  const tries = createTries({
    policy: { firstMs: 100, capMs: 1_000 },
    most,
    log: createLog('silent', () => {}),
    now: () => clock.now,
    random: () => 0.999999,
    onChange: () => {},
    signal: new AbortController().signal,
  })
  return { tries, clock }
}

test('a failure waits for its time, is told in public, and is forgotten after a success', async () => {
  const { tries, clock } = make()
  const fail = () => Promise.reject(new ContentError('timeout', 'Too slow.', { retryable: true }))
  await tries.run('inspect/1', fail)
  expect(tries.ready('inspect/1')).toBe(false)
  expect(tries.ready('inspect/2')).toBe(true)
  expect(tries.troubles()).toEqual([{ errand: 'inspect/1', attempts: 1, code: 'timeout', message: 'Too slow.' }])
  clock.now = 100
  expect(tries.ready('inspect/1')).toBe(true)
  await tries.run('inspect/1', fail)
  clock.now = 200
  expect(tries.ready('inspect/1')).toBe(false)
  await tries.run('inspect/1', () => Promise.resolve())
  expect(tries.troubles()).toEqual([])
})

test('the same errand does not run twice at a time, and only so many run together', async () => {
  const { tries } = make(2)
  const ends: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => ends.push(resolve))
  const first = tries.run('a', work)
  expect([tries.ready('a'), tries.ready('b')]).toEqual([false, true])
  const second = tries.run('b', work)
  expect(tries.ready('c')).toBe(false)
  for (const end of ends) end()
  await Promise.all([first, second])
  expect(tries.ready('c')).toBe(true)
})
