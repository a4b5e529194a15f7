import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterEach, expect, test } from 'vitest'
import { readyUrl, type Service, supervise } from './supervise.ts'

const main = fileURLToPath(new URL('./testing/service.js', import.meta.url))
const logFile = join(mkdtempSync(join(tmpdir(), 'stellartrain-test-')), 'service.log')
const spec = { name: 'test service', main, env: {}, logFile }
const started: Service[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((service) => service.stop()))
})

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('a killed service is started again and stopped for good', async () => {
  const notes: string[] = []
  const service = await supervise(spec, (line) => notes.push(line))
  started.push(service)
  const first = service.pid()!
  process.kill(first, 'SIGKILL')
  const second = await until(() => service.pid() !== first && service.pid(), { what: 'another process' })
  expect(service.restarts()).toBe(1)
  expect(notes.join()).toContain('SIGKILL')
  await service.stop()
  expect(alive(second!)).toBe(false)
})

test('a service that ends tells the person at the terminal why, before it is started again', async () => {
  const notes: string[] = []
  const service = await supervise(spec, (line) => notes.push(line))
  started.push(service)
  process.kill(service.pid()!, 'SIGUSR2')
  await until(() => service.restarts() === 1, { what: 'a restart' })
  expect(notes).toEqual([expect.stringMatching(/stopped \(exit code 1: the disk is full\); starting it again/)])
})

test('a service that cannot start says why', async () => {
  await expect(supervise({ ...spec, env: { FAIL: 'DB_URL is missing' } }, () => {})).rejects.toThrow(
    /DB_URL is missing/,
  )
})

test('no service outlives a parent that was killed', async () => {
  const parent = spawn(process.execPath, [fileURLToPath(new URL('./testing/parent.ts', import.meta.url))])
  const child = await new Promise<number>((done) => parent.stdout.once('data', (chunk) => done(Number(chunk))))
  expect(alive(child)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !alive(child), { what: 'the service to follow its parent' })
})

test('only a whole ready line counts', () => {
  expect(readyUrl('{"event":"ready","url":"http://127.0.0.1:4"}')).toBe('http://127.0.0.1:4')
  expect(readyUrl('{"event":"listening","url":"http://127.0.0.1:4"}')).toBe('http://127.0.0.1:4')
  expect(readyUrl('{"event":"ready"}')).toBeNull()
  expect(readyUrl('{"event":')).toBeNull()
  expect(readyUrl('ready')).toBeNull()
})
