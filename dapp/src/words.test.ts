/** The pages call the services that vote by the glossary's word. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const SOURCE = import.meta.dirname

it('the pages say oracles, not graders', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: SOURCE }).filter((file) => !/\.test\.tsx?$/.test(file))
  expect(files.length).toBeGreaterThan(100)
  const found = files.filter((file) => /\bgraders?\b/i.test(readFileSync(join(SOURCE, file), 'utf8')))
  expect(found).toEqual([])
})
