/**
 * What `COMMAND --help | head -1` does: head leaves while the command may still write, and nobody wants to read of it. Commands are called
 * directly, as a shell or a unit of systemd does: without npm and its export condition.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

test.each([
  ['devnet/bin/stellartrain-devnet.js', 0],
  ['indexer/service/bin/stellartrain-indexer.js', 0],
  ['ipfs/node/bin/stellartrain-ipfs.js', 0],
  ['oracle/service/bin/stellartrain-oracle.js', 0],
  ['oracle/grade/bin/grade.js', 0],
  // The code that sdk/README.md gives to a reader that left.
  ['sdk/bin/stellartrain.js', 141],
  ['sdk/src/deploy/main.ts', 0],
  ['local/src/start.ts', 0],
  ['local/src/demo.ts', 0],
  ['local/src/bench.ts', 0],
])('%s --help ends quietly when its reader left', async (file, expected) => {
  const { NODE_OPTIONS, ...env } = process.env
  const child = spawn(process.execPath, [file, '--help'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: /\/bin\//.test(file) ? env : { ...env, NODE_OPTIONS },
  })
  child.stdout.destroy()
  const [stderr, [code]] = await Promise.all([
    Array.fromAsync(child.stderr, String).then((all) => all.join('')),
    once(child, 'exit'),
  ])
  expect({ code, stderr }).toEqual({ code: expected, stderr: '' })
})
