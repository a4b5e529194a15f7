#!/usr/bin/env node
/** Starts the program where Node is new enough for it, and says so where it is not. Plain JavaScript, so that any Node can read it. */
import { existsSync, readFileSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
// The tarball has no build settings: where they are, this is the repository.
const repository = existsSync(new URL('../tsconfig.build.json', import.meta.url))
if (process.argv[2] === '--version') {
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version)
} else if (repository) {
  const { fromSources } = await import(new URL('../../service/from-sources.js', import.meta.url).href)
  if (fromSources(import.meta.url, 'stellartrain-devnet')) await import('../src/main.ts')
} else if (major > 22 || (major === 22 && minor >= 12)) {
  await import('../dist/main.js')
} else {
  process.stderr.write(
    `stellartrain-devnet needs Node 22.12 or newer; this is ${process.version}. Install a newer Node.\n`,
  )
  process.exitCode = 2
}
