/** An address below a service's URL is made in one place: two that trimmed slashes each in their own way once asked for `//v1/content`. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FOLDERS = '{contracts/client,devnet,indexer/*,ipfs/*,oracle/*,sdk,service,dapp,local}/src/**/*.{ts,tsx}'

/** Packages without one that has it: each writes its own configured URL once. */
const OWN = ['devnet/src/devnet.ts', 'service/src/config/parsers.ts']

test('slashes at the end of a URL are trimmed by `endpoint` and `withoutSlash` alone', () => {
  const files = globSync(FOLDERS, { cwd: ROOT })
  expect(files.length).toBeGreaterThan(1_000)
  const trims = files.filter((file) => /replace\(\/\\\/\+?\$\//.test(readFileSync(join(ROOT, file), 'utf8')))
  expect(trims.toSorted()).toEqual(OWN)
})
