/** A command's help is its text alone: nothing that talks to a network or checks a file is loaded for it. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const COMMANDS = fileURLToPath(new URL('./commands.ts', import.meta.url))

/** Prints the helps by command, and every module that was loaded from a package. */
const SCRIPT = `
import { registerHooks } from 'node:module'
const loaded = []
registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
const { COMMANDS } = await import(${JSON.stringify(COMMANDS)})
const helps = {}
for (const [name, { help }] of Object.entries(COMMANDS)) if (name !== 'grade') helps[name] = await help()
process.stdout.write(JSON.stringify({ helps, packages: loaded.filter((url) => url.includes('/node_modules/')) }))
`

test('each command says how it is used, and loads no package for that', () => {
  const args = ['--conditions=stellartrain-source', '--input-type=module', '-e', SCRIPT]
  const said = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as {
    helps: Record<string, string>
    packages: string[]
  }
  for (const [name, help] of Object.entries(said.helps)) expect(help, name).toContain(`Usage: stellartrain ${name}`)
  expect(said.packages).toEqual([])
})
