/** Builds our images from a copy of what git knows, beside planted secrets that must not get into any of them, and looks into each layer. */
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Compose } from './compose.ts'
import { type Engine, lastLines, runCommand } from './engine.ts'

/** Files that people and tools leave in a checkout; each gets the mark. */
export const PLANTED = [
  '.env',
  'deploy/.env',
  'deploy/images/.env',
  'deploy/secrets/oracle_key',
  'deployments/local.json',
  'dapp/.env.production',
  'sdk/.env',
  'sdk/deployments/local.json',
  'oracle/service/.stellartrain/oracle/key',
  'oracle/service/src/signing.key',
  'ipfs/node/secrets/secret',
  'indexer/service/postgres.log',
  '.stellartrain/secrets.json',
  '.npmrc.local',
  '.git/config',
] as const

export type Context = { folder: string; mark: string; remove(): void }

/**
 * A checkout as a builder has it: the files of `ref`, or of the work tree, and planted secrets beside them.
 * @param mark what the planted files hold
 */
export async function buildContext(root: string, mark: string, ref?: string): Promise<Context> {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-context-'))
  if (ref) {
    const { code, err } = await runCommand('sh', [
      '-c',
      `git -C "$1" archive "$2" | tar -x -C "$3"`,
      'sh',
      root,
      ref,
      folder,
    ])
    if (code !== 0) throw new Error(`git archive ${ref} failed: ${lastLines(err, 2)}`)
  } else {
    const { out } = await runCommand('git', ['-C', root, 'ls-files', '-co', '--exclude-standard', '-z'])
    for (const path of out.split('\0').filter(Boolean)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      try {
        copyFileSync(join(root, path), join(folder, path))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // deleted, and not yet committed
      }
    }
  }
  for (const path of PLANTED) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `SECRET=${mark}\n`)
  }
  return { folder, mark, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export type Built = { service: string; image: string; bytes: number; seconds: number }

/** Builds each image of the compose file once. `keep`: those that are there are taken as they are. */
export async function buildImages(
  engine: Engine,
  compose: Compose,
  { folder }: Context,
  { node, keep, onBuilt }: { node: string; keep: boolean; onBuilt(built: Built): void },
): Promise<Built[]> {
  const built: Built[] = []
  for (const [service, { image, build }] of Object.entries(compose.services)) {
    if (!build || built.some((one) => one.image === image)) continue
    if (keep && (await engine.try(['image', 'inspect', image])).code === 0) continue
    const began = Date.now()
    // Podman keeps a copy a step otherwise. Its builds share the packages that npm has here already.
    const args = Object.entries(build.args ?? {}).flatMap(([key, value]) => ['--build-arg', `${key}=${value}`])
    const own = engine.name === 'podman' ? ['--layers=false', '--volume', `${npmCache()}:/root/.npm`] : []
    await engine.run(
      [
        ...['build', '--quiet', '--network', 'host', ...own, '--build-arg', `NODE_IMAGE=${node}`, ...args],
        ...['--file', join(folder, build.dockerfile), '--target', build.target, '--tag', image, folder],
      ],
      { timeoutMs: 1_800_000 },
    )
    const bytes = Number(await engine.run(['image', 'inspect', '-f', '{{.Size}}', image]))
    const one = { service, image, bytes, seconds: (Date.now() - began) / 1000 }
    onBuilt(one)
    built.push(one)
  }
  return built
}

function npmCache(): string {
  const cache = process.env.npm_config_cache ?? join(homedir(), '.npm')
  mkdirSync(cache, { recursive: true })
  return cache
}

/** Whether any layer of an image holds one of these texts, or a file named `.env`. */
export async function foundIn(engine: Engine, image: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = []
  const needles = [...texts, '/.env\0'].map((text) => Buffer.from(text))
  const longest = Math.max(...needles.map((needle) => needle.length))
  const [program = '', ...first] = engine.command
  await new Promise<void>((done, fail) => {
    const saving = spawn(program, [...first, 'save', image], { env: engine.env, stdio: ['ignore', 'pipe', 'pipe'] })
    let [tail, problem] = [Buffer.alloc(0), '']
    saving.stderr.on('data', (chunk) => {
      problem += chunk
    })
    saving.stdout.on('data', (chunk: Buffer) => {
      const bytes = Buffer.concat([tail, chunk])
      for (const [index, needle] of needles.entries())
        if (bytes.includes(needle)) found.push(index < texts.length ? 'a secret' : 'a file .env')
      tail = bytes.subarray(-longest)
    })
    saving.on('close', (code) => (code === 0 ? done() : fail(new Error(`${image} cannot be saved: ${problem}`))))
  })
  return [...new Set(found)]
}
