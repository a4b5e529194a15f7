/** A start in a home waits for the services of the one before. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { waitForLeftovers } from './leftovers.ts'

test('a start waits for the services of one that was killed, and for no stranger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-test-'))
  const end = join(mkdtempSync(join(tmpdir(), 'stellartrain-test-')), 'end')
  const watch = fileURLToPath(new URL('../../parent-watch.js', import.meta.url))
  // The last thing that the service does is to leave a file: whoever waited for its end finds it.
  const service = `setTimeout(() => require('node:fs').writeFileSync(process.argv[1], ''), 700)`
  const child = spawn(process.execPath, ['--import', watch, '-e', service, end])
  writeFileSync(join(folder, 'service.pid'), String(child.pid))
  writeFileSync(join(folder, 'stranger.pid'), String(process.pid))
  await waitForLeftovers(folder)
  expect(existsSync(end)).toBe(true)
})
