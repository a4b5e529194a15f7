/** The commands of the services, before anything of theirs is loaded. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const helper = fileURLToPath(new URL('../bin.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'stellartrain-bin-'))
afterAll(() => rmSync(folder, { recursive: true }))

const manifest = {
  version: '1.2.3',
  type: 'module',
  engines: { node: '>=22.19' },
  bin: { command: './bin/command.js' },
}
mkdirSync(join(folder, 'bin'))
mkdirSync(join(folder, 'dist'))
writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
writeFileSync(join(folder, 'dist/main.js'), "console.log('started')\n")

/** As installed from the registry, under a Node that calls itself `node`. */
function start(node: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(folder, 'bin/command.js')
  writeFileSync(
    file,
    `import { startBin } from ${JSON.stringify(helper)}\nawait startBin(import.meta.url, ${JSON.stringify(node)})\n`,
  )
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

test.each(['22.19.0', '22.20.1', '24.0.0'])('Node %s is new enough', async (node) => {
  expect(await start(node)).toEqual({ code: 0, out: 'started\n', err: '' })
})

test.each(['22.18.9', '20.20.2'])('Node %s is told what is needed, and nothing starts', async (node) => {
  const err = `command needs Node 22.19 or newer; this is v${node}. Install a newer Node.\n`
  expect(await start(node)).toEqual({ code: 2, out: '', err })
  expect(await start(node, '--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' })
})
