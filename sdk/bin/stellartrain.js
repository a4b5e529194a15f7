#!/usr/bin/env node
/**
 * The stellartrain command, in plain JavaScript so that an old Node can read it and say what it needs.
 * Installed from the registry it runs the compiled dist/; in the repository it runs the TypeScript sources, with the Node
 * that `npm install` brought along where this one is too old for them.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import * as modules from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CONDITION = 'stellartrain-source'
const here = dirname(fileURLToPath(import.meta.url))
// The tarball has no build settings: where they are, this is the repository.
const repository = existsSync(join(here, '../tsconfig.build.json'))
const needed = repository ? [22, 18] : [22, 12]
const [major, minor] = process.versions.node.split('.').map(Number)

const [first] = process.argv.slice(2).filter((argument) => argument !== '--json')

if (first === '--version' || first === '-v') {
  const { version } = JSON.parse(readFileSync(join(here, '../package.json'), 'utf8'))
  console.log(process.argv.includes('--json') ? JSON.stringify({ version }) : version)
} else if (major > needed[0] || (major === needed[0] && minor >= needed[1])) {
  // Keeps the modules compiled between runs; stripping their types each time would cost more than most commands.
  modules.enableCompileCache?.()
  if (repository) takeSources()
  const { main } = await import(repository ? '../src/cli/main.ts' : '../dist/cli/main.js')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const node = repository ? newerNode(here) : undefined
  if (!node) {
    const how = repository ? 'Run `npm install`, which brings one, or install' : 'Install'
    process.stderr.write(
      `stellartrain needs Node ${needed.join('.')} or newer; this is ${process.version}. ${how} a newer Node.\n`,
    )
    process.exitCode = 2
  } else {
    const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
    child.on('error', (error) => {
      process.stderr.write(`stellartrain could not start ${node}: ${error.message}\n`)
      process.exitCode = 2
    })
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
    })
  }
}

/** What `node --conditions` does, for a process that was started without it. */
function takeSources() {
  modules.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...context.conditions, CONDITION] }),
  })
}

function newerNode(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}
