/** Work that many begin at once is done once, also after one that failed or was killed. */
import { spawn } from 'node:child_process'
import { once as event } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { once } from './once.ts'

const home = mkdtempSync(join(tmpdir(), 'stellartrain-once-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('the others wait for the one that does it', async () => {
  let due = true
  let works = 0
  const work = async () => {
    works += 1
    await new Promise((done) => setImmediate(done))
    due = false
  }
  const place = join(home, 'first')
  await Promise.all(Array.from({ length: 6 }, () => once(place, async () => due, work)))
  expect([works, due]).toEqual([1, false])
  await once(place, async () => due, work)
  expect(works).toBe(1)
})

test('where it failed, the next one does it', async () => {
  const place = join(home, 'second')
  let due = true
  const failing = once(
    place,
    async () => due,
    () => Promise.reject(new Error('no room')),
  )
  const next = once(
    place,
    async () => due,
    async () => {
      due = false
    },
  )
  await expect(failing).rejects.toThrow('no room')
  await next
  expect(due).toBe(false)
})

test('where one was killed at it, the next one does it', async () => {
  const place = join(home, 'third')
  const source = `
    import { once } from ${JSON.stringify(new URL('./once.ts', import.meta.url).href)}
    await once(${JSON.stringify(place)}, async () => true, () => { console.log('begun'); return new Promise(() => setInterval(() => {}, 1000)) })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  await event(child.stdout, 'data')
  let due = true
  const next = once(
    place,
    async () => due,
    async () => {
      due = false
    },
  )
  child.kill('SIGKILL')
  await next
  expect(due).toBe(false)
})
