/** The tarballs that a release consists of, and what can be said of one without installing it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { build } from './build.ts'
import type { Packed } from './consumer.ts'
import { checkContents } from './contents.ts'
import { succeed } from './run.ts'
import { type Manifest, published, ROOT } from './workspaces.ts'

/** Packs all of them into `folder`. They are built together; one of them packs itself, to see that it can (script `prepack`). */
export async function packAll(folder: string): Promise<Packed[]> {
  mkdirSync(folder, { recursive: true })
  await build(published.map((workspace) => workspace.folder))
  const pack = (more: string[]) =>
    succeed(['npm', 'pack', '--silent', '--pack-destination', folder, ...more], { cwd: ROOT, timeoutMs: 600_000 })
  await pack(['--ignore-scripts', ...published.flatMap((workspace) => ['--workspace', workspace.folder])])
  await pack(['--workspace', 'sdk'])
  return published.map((workspace) => {
    const { name, version } = workspace.manifest
    return { ...workspace, tarball: join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`) }
  })
}

/** Unpacks it into `folder`, then asks our own rules, publint, and whether every resolver finds code and types. */
export async function checkTarball({ manifest, tarball }: Packed, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'])
  const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
  const packedManifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const problems = checkContents(packedManifest, files, folder)
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true })
  for (const message of messages) problems.push(`publint: ${formatMessage(message, pkg, { color: false })}`)
  return [...problems, ...(await checkTypes(packedManifest, tarball))].map((problem) => `${manifest.name}: ${problem}`)
}

/** By every way to resolve that knows exports and ES modules: the packages are nothing else. */
async function checkTypes({ exports = {} }: Manifest, tarball: string): Promise<string[]> {
  const excludeEntrypoints = Object.entries(exports).flatMap(([path, target]) =>
    typeof target !== 'string' && !('default' in target) ? [path] : [],
  )
  // Loaded on use: it brings a compiler, and whoever only asks for versions needs none.
  const { checkPackage, createPackageFromTarballData } = await import('@arethetypeswrong/core')
  const checked = await checkPackage(createPackageFromTarballData(readFileSync(tarball)), { excludeEntrypoints })
  if (!checked.types) return ['attw: it has no types']
  return checked.problems
    .filter((problem) => !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind))
    .map((problem) => `attw: ${JSON.stringify(problem)}`)
}
