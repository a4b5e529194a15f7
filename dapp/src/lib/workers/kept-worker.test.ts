/** The worker that stays: for the next question, not for one at the same time, not after a failure, and not for ever. */
import { afterEach, expect, test, vi } from 'vitest'
import { type Asked, keptWorker } from './kept-worker.ts'

afterEach(() => void vi.useRealTimers())

function workers() {
  const ended: number[] = []
  let made = 0
  const use = keptWorker<Asked & { number: number }>(() => {
    const number = ++made
    return { number, onmessage: null, onerror: null, terminate: () => void ended.push(number) }
  })
  const ask = () => use(async ({ number }) => number)
  return { use, ask, ended }
}

test('answers the next question', async () => {
  const { ask, ended } = workers()
  expect([await ask(), await ask()]).toEqual([1, 1])
  expect(ended).toEqual([])
})

test('two questions at once have a worker each, and one of them stays', async () => {
  const { ask, ended } = workers()
  expect(await Promise.all([ask(), ask()])).toEqual([1, 2])
  expect(ended).toEqual([2])
  expect(await ask()).toBe(1)
})

test('one that failed, or whose question was withdrawn, is ended', async () => {
  const { use, ask, ended } = workers()
  await expect(use(() => Promise.reject(new Error('withdrawn')))).rejects.toThrow('withdrawn')
  expect(ended).toEqual([1])
  expect(await ask()).toBe(2)
})

test('after a minute without a question it is ended', async () => {
  vi.useFakeTimers()
  const { ask, ended } = workers()
  await ask()
  vi.advanceTimersByTime(59_000)
  await ask()
  vi.advanceTimersByTime(59_000)
  expect(ended).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(ended).toEqual([1])
  expect(await ask()).toBe(2)
})
