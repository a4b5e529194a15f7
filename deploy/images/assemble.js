/**
 * What an image of one of our packages holds beside its dependencies: node assemble.js PACKAGE FROM TO copies the package and those of
 * ours that it needs, and removes the manifests of all others.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'

const [, , name = '', from = '', to = ''] = process.argv
const read = (folder) => JSON.parse(readFileSync(join(from, folder, 'package.json'), 'utf8'))
const folders = new Map(read('.').workspaces.map((folder) => [`@stellartrain/${folder.replaceAll('/', '-')}`, folder]))

const needed = new Set()
function need(one) {
  if (!folders.has(one) || needed.has(one)) return
  needed.add(one)
  for (const other of Object.keys(read(folders.get(one)).dependencies ?? {})) need(other)
}
if (!folders.has(name))
  throw new Error(`--build-arg PACKAGE is '${name}', and must be one of ${[...folders.keys()].join(', ')}`)
need(name)

for (const [one, folder] of folders) {
  if (needed.has(one)) cpSync(join(from, folder), join(to, folder), { recursive: true })
  else rmSync(join(to, folder), { recursive: true, force: true })
}
cpSync(join(from, 'deploy/images'), join(to, 'deploy/images'), { recursive: true })
// The contracts as they are committed, for whoever deploys them.
if (name === '@stellartrain/sdk')
  for (const { name: file, parentPath } of readdirSync(join(from, 'contracts'), {
    recursive: true,
    withFileTypes: true,
  }))
    if (file.endsWith('.wasm')) {
      const folder = join(to, relative(from, parentPath))
      mkdirSync(folder, { recursive: true })
      cpSync(join(parentPath, file), join(folder, file))
    }
// The server of the pages is a file of its own.
if (name === '@stellartrain/service')
  cpSync(join(from, 'local/src/dapp-server.ts'), join(to, 'local/src/dapp-server.ts'))
for (const file of [
  'package-lock.json',
  '.npmrc',
  'deploy/images/install.sh',
  'deploy/images/assemble.js',
  'deploy/images/Dockerfile',
])
  rmSync(join(to, file), { force: true })
