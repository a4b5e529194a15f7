#!/usr/bin/env node
/** Runs the `grade` command by itself. Plain JavaScript, so that Node need not load its type stripper once the rest is cached. */

import { enableCompileCache } from 'node:module'

// Keeps the modules compiled between runs: stripping types at every start would cost three times as much as the start itself.
enableCompileCache()
// A reader that leaves, such as `head`, changes neither the score nor the exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error
  })
const { runGrade } = await import('../src/cli.ts')
process.exitCode = runGrade(process.argv.slice(2))
