/** Where a page's policy forbids WebAssembly, or its memory is used up, files have the verdicts, scores and hashes that they have elsewhere. */

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const run = (...args: string[]) => {
  const file = fileURLToPath(new URL('fallback.fixture.ts', import.meta.url))
  return JSON.parse(
    execFileSync(process.execPath, ['--conditions=stellartrain-source', file, ...args], { encoding: 'utf8' }),
  )
}

test('the same results come without WebAssembly', () => {
  const here = run()
  expect(here).toMatchObject({
    kernel: true,
    of: Array(2).fill({ graded: { status: 'graded' }, checked: { counts: { duplicate_id: 6000 } } }),
  })
  for (const how of ['without', 'full']) expect(run(how)).toEqual({ ...here, kernel: false })
})
