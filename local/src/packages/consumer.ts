/** A project outside the repository that uses the packages as a stranger does: plain Node, tarballs, no workspace. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import { during, run, succeed } from './run.ts'
import { type Manifest, ROOT, type Workspace } from './workspaces.ts'

export type Packed = Workspace & { tarball: string }

/** Installs the tarballs, and nothing else of ours, into `folder`. */
export async function install(folder: string, packed: readonly Packed[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const own = Object.fromEntries(packed.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]))
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
  }
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: own,
    devDependencies: { '@types/node': root.devDependencies['@types/node'] },
    // As the README of the IPFS service advises; without it React Native comes along.
    overrides: { '@libp2p/webrtc': { 'react-native-webrtc': 'npm:empty-npm-package@1.0.0' } },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  await succeed(['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: folder,
    timeoutMs: 600_000,
  })
}

/** Every path of the exports map as an outsider imports it; subpaths of the sources' condition alone must stay closed. */
export async function importAll(folder: string, packed: readonly Packed[]): Promise<string[]> {
  const script = `
    const problems = []
    for (const { specifier, open } of JSON.parse(process.argv[1])) {
      try {
        await import(specifier)
        if (!open) problems.push(specifier + ' can be imported, but is for the repository alone')
      } catch (error) {
        if (open || error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') problems.push(specifier + ': ' + error.message)
      }
    }
    console.log(JSON.stringify(problems))
    process.exit(0)`
  const entries = packed.flatMap(({ manifest }) => entriesOf(manifest))
  const { out } = await succeed([process.execPath, '--input-type=module', '-e', script, JSON.stringify(entries)], {
    cwd: folder,
  })
  return JSON.parse(out) as string[]
}

function entriesOf({ name, exports = {} }: Manifest): { specifier: string; open: boolean }[] {
  return Object.entries(exports)
    .filter(([path]) => !path.endsWith('.json'))
    .map(([path, target]) => ({
      specifier: path === '.' ? name : `${name}/${path.slice(2)}`,
      open: typeof target === 'string' || 'default' in target,
    }))
}

/** Every command answers `--help` and `--version`; the first one as people call it, through npx. */
export async function runCommands(folder: string, packed: readonly Packed[]): Promise<string[]> {
  const commands = packed.flatMap(({ manifest }) =>
    Object.keys(manifest.bin ?? {}).map((name) => ({ name, version: manifest.version })),
  )
  const asked = commands.map(async ({ name, version }, index) => {
    const command = index === 0 ? ['npx', '--no-install', name] : [join(folder, 'node_modules/.bin', name)]
    const help = await run([...command, '--help'], { cwd: folder })
    const told = await run([...command, '--version'], { cwd: folder })
    const problems: string[] = []
    if (help.code !== 0 || !/usage/i.test(help.out))
      problems.push(`${name} --help ended with ${help.code}: ${help.out}${help.err}`)
    if (told.code !== 0 || told.out.trim() !== version)
      problems.push(`${name} --version ended with ${told.code}: ${told.out}${told.err}`)
    return problems
  })
  return (await Promise.all(asked)).flat()
}

/** The local network starts from the package and answers a call. */
export async function callDevnet(folder: string): Promise<string[]> {
  const command = [join(folder, 'node_modules/.bin/stellartrain-devnet'), '--port', '0']
  return during(command, { cwd: folder }, /http:\/\/\S+/, async (url) => {
    const response = await fetch(endpoint(url, '/rpc'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getHealth' }),
    })
    const { result } = (await response.json()) as { result?: { status?: string } }
    return result?.status === 'healthy' ? [] : [`the local network answers getHealth with ${JSON.stringify(result)}`]
  })
}

/** The grader's processes are started by a path of their own: the one thing that no import shows. */
export async function gradeInProcess(folder: string): Promise<string[]> {
  const script = `
    import { readdirSync } from 'node:fs'
    import { join } from 'node:path'
    import { fileURLToPath } from 'node:url'
    const dist = fileURLToPath(new URL('.', import.meta.resolve('@stellartrain/oracle-service')))
    const file = readdirSync(dist, { recursive: true }).find((path) => path.endsWith('grader.js'))
    const { createGrader } = await import(join(dist, file))
    const grader = createGrader({ workers: 1, memoryMb: 256, seconds: 30 })
    const answer = await grader.trial({}).then(() => 'answered', (error) => error.code + ' ' + error.message)
    grader.close()
    console.log(answer)`
  const { out } = await succeed([process.execPath, '--input-type=module', '-e', script], { cwd: folder })
  return /ended without an answer|could not be started/.test(out) ? [`the grading process does not start: ${out}`] : []
}

/** Type-checks the first examples of all READMEs against the installed packages, their declarations included. */
export async function checkTypes(folder: string, packed: readonly Packed[]): Promise<string[]> {
  const files: string[] = []
  for (const { folder: own, manifest } of packed) {
    const readme = readFileSync(join(folder, 'node_modules', manifest.name, 'README.md'), 'utf8')
    for (const [index, [, code = '']] of [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].entries()) {
      const file = join(folder, 'src', `${own.replaceAll('/', '-')}-${index}.ts`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${code}\nexport {}\n`)
      files.push(file)
    }
    if (!files.some((file) => file.includes(`/${own.replaceAll('/', '-')}-`)))
      return [`README of ${own} has no example`]
  }
  const compilerOptions = {
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: false,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  const { code, out } = await run([process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], {
    cwd: folder,
  })
  return code === 0 ? [] : [out]
}
