#!/usr/bin/env node
/**
 * The stellartrain command, in plain JavaScript so that an old Node can read it and say what it needs.
 * Installed from the registry it runs the compiled dist/; in the repository it runs the TypeScript sources.
 */
import { existsSync, readFileSync } from 'node:fs'
import * as modules from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
const [first] = process.argv.slice(2).filter((argument) => argument !== '--json')
const at = (path) => new URL(path, import.meta.url)

if (first === '--version' || first === '-v') {
  const { version } = JSON.parse(readFileSync(at('../package.json'), 'utf8'))
  console.log(process.argv.includes('--json') ? JSON.stringify({ version }) : version)
  // The tarball has no build settings: where they are, this is the repository.
} else if (existsSync(at('../tsconfig.build.json'))) {
  const { fromSources } = await import(at('../../service/from-sources.js').href)
  if (fromSources(import.meta.url, 'stellartrain')) await run('../src/cli/main.ts')
} else if (major > 22 || (major === 22 && minor >= 12)) {
  modules.enableCompileCache?.()
  await run('../dist/cli/main.js')
} else {
  process.stderr.write(`stellartrain needs Node 22.12 or newer; this is ${process.version}. Install a newer Node.\n`)
  process.exitCode = 2
}

async function run(path) {
  const { main } = await import(path)
  process.exitCode = await main(process.argv.slice(2))
}
