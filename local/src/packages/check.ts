/**
 * `npm run check:packages`: packs every published package, installs the tarballs in an empty folder outside the repository, and
 * uses them there: imports, commands, the local network, types. The network is needed for the registry alone.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { callDevnet, checkTypes, gradeInProcess, importAll, install, type Packed, runCommands } from './consumer.ts'
import { checkContents } from './contents.ts'
import { run, succeed } from './run.ts'
import { type Manifest, published, ROOT } from './workspaces.ts'

/** Packs all of them into `folder`; each builds itself first (script `prepack`). */
export async function pack(folder: string): Promise<Packed[]> {
  mkdirSync(folder, { recursive: true })
  const only = published.flatMap((workspace) => ['--workspace', workspace.folder])
  await succeed(['npm', 'pack', '--silent', '--pack-destination', folder, ...only], { cwd: ROOT })
  return published.map((workspace) => {
    const { name, version } = workspace.manifest
    return { ...workspace, tarball: join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`) }
  })
}

/** Lists and unpacks a tarball, then asks our own rules, publint, and whether every resolver finds code and types. */
async function checkTarball({ manifest, tarball }: Packed, folder: string): Promise<string[]> {
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
  const closed = Object.entries(manifest.exports ?? {}).filter(
    ([, target]) => typeof target !== 'string' && !('default' in target),
  )
  const attw = await run(
    [
      process.execPath,
      join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
      tarball,
      '--profile=esm-only',
      '--no-color',
      '--no-emoji',
      '--format=ascii',
      ...(closed.length > 0 ? ['--exclude-entrypoints', ...closed.map(([path]) => path)] : []),
    ],
    { cwd: folder },
  )
  if (attw.code !== 0) problems.push(`attw: ${attw.out}${attw.err}`)
  return problems.map((problem) => `${manifest.name}: ${problem}`)
}

async function check(folder: string): Promise<string[]> {
  const since = Date.now()
  const say = (what: string) => console.log(`${String(Math.round((Date.now() - since) / 1000)).padStart(4)} s  ${what}`)
  const problems: string[] = []
  const packed = await pack(join(folder, 'tarballs'))
  say(`packed ${packed.length} packages`)
  const consumer = join(folder, 'consumer')
  const installed = install(consumer, packed).then(() => say('installed outside the repository'))
  for (const one of packed) problems.push(...(await checkTarball(one, join(folder, 'unpacked', one.manifest.name))))
  say('contents, publint, types by every resolver')
  await installed
  problems.push(...(await importAll(consumer, packed)))
  say('every export imported')
  problems.push(...(await runCommands(consumer, packed)))
  say('every command answered')
  problems.push(...(await callDevnet(consumer)))
  problems.push(...(await gradeInProcess(consumer)))
  say('local network and grading process ran')
  problems.push(...(await checkTypes(consumer, packed)))
  say('the examples of the READMEs type-check')
  return problems
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-packages-'))
  const keep = process.argv.includes('--keep')
  process.on('exit', () => (keep ? console.log(folder) : rmSync(folder, { recursive: true, force: true })))
  const problems = await check(folder).catch((error: Error) => [error.message])
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    process.exitCode = 1
  } else console.log(`${published.length} packages work where nobody has seen this repository`)
}
