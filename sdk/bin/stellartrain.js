#!/usr/bin/env node
/**
 * The stellartrain command. Plain JavaScript, so that an old Node can run at least this: it looks for one that can run the
 * rest (TypeScript as it stands), first itself, then the one that `npm install` brought along.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 22 || (major === 22 && minor >= 18)) {
  // Keeps the modules compiled between runs; stripping their types each time would cost more than most commands.
  modules.enableCompileCache?.()
  const { main } = await import('../src/cli/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const node = newerNode(dirname(fileURLToPath(import.meta.url)))
  if (!node) {
    process.stderr.write(
      `stellartrain needs Node 22.18 or newer; this is ${process.version}. Run \`npm install\`, which brings one, or install a newer Node.\n`,
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

function newerNode(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node')
    if (existsSync(candidate)) return candidate
    if (folder === dirname(folder)) return undefined
  }
}
