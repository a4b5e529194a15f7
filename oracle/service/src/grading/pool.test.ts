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
  const [failed] = await Promise.allSettled([run('silent', { files: 2 })])
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

test('what ran the programs of one owner runs no job of another, and keeps its own', async () => {
  const { run } = make()
  expect(await run('data')).toEqual(['data', 1])
  expect(await run('a', { owner: 'a' })).toEqual(['a', 1])
  expect(await run('a', { owner: 'a' })).toEqual(['a', 2])
  expect(await run('b', { owner: 'b' })).toEqual(['b', 1])
  expect(await run('data')).toEqual(['data', 1])
  expect(await run('data')).toEqual(['data', 2])
})

test('what ran a program of which each is of somebody else runs nothing after it', async () => {
  const { run } = make()
  const solvers = [1, 2, 3].map(() => run('model', { owner: 'a', once: true }))
  for (const answer of await Promise.all(solvers)) expect(answer).toEqual(['model', 1])
  expect(await run('a', { owner: 'a' })).toEqual(['a', 1])
})

test('jobs of an owner whose process is free go first, but only a few before one that has its turn', async () => {
  const { run } = make()
  const order: string[] = []
  const noted = async (job: string, owner: string) => {
    await run(job, { owner })
    order.push(job)
  }
  const all = [noted('a0', 'a'), noted('b', 'b')]
  for (let i = 1; i <= 12; i++) all.push(noted(`a${i}`, 'a'))
  await Promise.all(all)
  expect(order.slice(0, 10)).toEqual([...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => `a${i}`), 'b'])
})

test('an answer is heard up to what was asked for', async () => {
  const { run } = make()
  const [failed, next] = await Promise.allSettled([run('large', { answerBytes: 50_000 }), run('next')])
  expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'worker_failed', retryable: true } })
  expect(next).toMatchObject({ status: 'fulfilled', value: ['next', 1] })
  expect(await run('large', { answerBytes: 200_000 })).toHaveLength(100_000)
})
