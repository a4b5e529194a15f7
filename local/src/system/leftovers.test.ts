import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { waitForLeftovers } from './leftovers.ts'

test('a start waits for the services of one that was killed, and for no stranger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-test-'))
  const watch = fileURLToPath(new URL('../../parent-watch.js', import.meta.url))
  const child = spawn(process.execPath, ['--import', watch, '-e', 'setTimeout(() => {}, 700)'])
  const order: string[] = []
  const gone = new Promise<void>((done) => child.once('exit', () => done())).then(() => order.push('gone'))
  writeFileSync(join(folder, 'service.pid'), String(child.pid))
  writeFileSync(join(folder, 'stranger.pid'), String(process.pid))
  await waitForLeftovers(folder)
  order.push('started')
  await gone
  expect(order).toEqual(['gone', 'started'])
})
