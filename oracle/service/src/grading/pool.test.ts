/** A worker that runs away, eats memory or breaks costs one job, retryably, and never the service. */
import { afterEach, expect, test } from 'vitest'
import { createPool, type Pool } from './pool.ts'

const script = new URL('./pool.fixture.ts', import.meta.url)

let pool: Pool<string, unknown> | undefined
const make = (size = 1, seconds = 30) => (pool = createPool({ script, size, memoryMb: 64, seconds }))
afterEach(() => pool?.close())

test('a worker serves many jobs, and jobs beyond the workers wait for their turn', async () => {
  const { run } = make()
  expect(await Promise.all(['a', 'b', 'c'].map((job) => run(job)))).toEqual([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ])
})

test.each([
  ['eat', 'out_of_memory'],
  ['buffers', 'out_of_memory'],
  ['throw', 'worker_failed'],
  ['exit', 'worker_failed'],
  ['refuse', 'worker_failed'],
  ['nothing', 'worker_failed'],
  ['half', 'worker_failed'],
  ['command', 'worker_failed'],
  ['endless', 'worker_failed'],
])('%s fails retryably and the next job is served', async (job, code) => {
  const { run } = make()
  const [failed, next] = await Promise.allSettled([run(job), run('next')])
  expect(failed).toMatchObject({ status: 'rejected', reason: { code, retryable: true } })
  expect(JSON.stringify(failed)).not.toContain('secret')
  expect(next).toMatchObject({ status: 'fulfilled', value: ['next', 1] })
})

test('a worker that says more than it was asked answers no other job by it, and is replaced', async () => {
  const { run } = make()
  expect(await run('twice')).toBe('first')
  expect(await run('next').catch(() => run('next'))).toEqual(['next', 1])
})

test('a job in which several files are graded has the time of all of them', async () => {
  const { run } = make(1, 1)
  const [failed] = await Promise.allSettled([run('silent', 0, 2)])
  expect(failed).toMatchObject({ reason: { code: 'out_of_time', message: expect.stringContaining('longer than 2 s') } })
})

test('a job that never ends is stopped', async () => {
  const { run } = make(1, 8)
  const [failed, next] = await Promise.allSettled([run('loop'), run('next')])
  expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'out_of_time', retryable: true } })
  expect(next).toMatchObject({ status: 'fulfilled', value: ['next', 1] })
})

test('a worker gets no environment and can write no file', async () => {
  const { run } = make()
  expect(await run('env')).not.toContain('PATH')
  expect(await run('write')).toBe('ERR_ACCESS_DENIED')
})

test('closing rejects what runs and what waits', async () => {
  const { run, close } = make()
  const jobs = Promise.allSettled([run('loop'), run('a')])
  close()
  for (const job of await jobs) expect(job).toMatchObject({ status: 'rejected', reason: { code: 'stopped' } })
})
