/** What a start writes to a file, where nothing can be rewritten in place. */
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { terminalProgress } from './progress.ts'

test('a step is told when it begins, and again when it is done', async () => {
  const out = new PassThrough({ encoding: 'utf8' })
  const progress = terminalProgress(out as unknown as NodeJS.WriteStream)
  const work = Promise.withResolvers<void>()
  const step = progress.step('pages', () => work.promise)
  expect(out.read()).toBe('· pages …\n')
  work.resolve()
  await step
  expect(stripVTControlCharacters(out.read())).toMatch(/^✓ pages \d+\.\d s\n$/)
})
