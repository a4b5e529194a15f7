/** Built services are the services. */
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { builtMain, MAINS } from './built.ts'

const help = (main: string) =>
  execFileSync(process.execPath, ['--conditions=stellartrain-source', main, '--help'], { encoding: 'utf8' })

test.for(['network', 'ipfs', 'indexer', 'oracle'])('%s as one file knows the options of its source', async (name) => {
  const source = MAINS[name]!
  const built = await builtMain(source)
  expect(built).not.toBe(source)
  expect(help(built)).toBe(help(source))
})

test('what is no service runs from its source', async () => {
  expect(await builtMain(import.meta.filename)).toBe(import.meta.filename)
})
