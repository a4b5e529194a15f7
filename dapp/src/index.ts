/** For Node: where the built pages are, and building them when they are missing or older than their sources. */
import { spawn } from 'node:child_process'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compressFiles } from './build/compressed.ts'

const root = dirname(import.meta.dirname)

/** The folder that a web server serves; `index.html` answers every address without a file. */
export const distPath = join(root, 'dist')

/** Packages whose sources end up in the bundle. */
const SOURCES = ['dapp', 'sdk', 'oracle/grade', 'ipfs/content', 'contracts/client']
const BUILD_FILES = ['index.html', 'vite.config.ts', 'uno.config.ts', 'package.json']

async function newest(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  const times = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs)
  return Math.max(0, ...(await Promise.all(times)))
}

/** Whether there is no build, or one older than what it is made of. */
export async function isStale(): Promise<boolean> {
  const built = await stat(join(distPath, 'index.html'))
    .then((found) => found.mtimeMs)
    .catch(() => 0)
  if (built === 0) return true
  const repository = dirname(root)
  const sources = await Promise.all([
    ...SOURCES.map((name) => newest(join(repository, name, 'src'))),
    newest(join(root, 'public')),
    ...BUILD_FILES.map(async (name) => (await stat(join(root, name))).mtimeMs),
  ])
  return Math.max(...sources) > built
}

export class BuildFailed extends Error {
  readonly code = 'build_failed'
  readonly retryable = false
}

/**
 * Builds the pages in a process of its own, beside the present ones, and puts them in place in one move: a server that is
 * running and a second builder never see half a build. @throws BuildFailed with the builder's last lines
 */
export async function buildDapp({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
  const fresh = `${distPath}.new-${process.pid}`
  try {
    await runVite(fresh, signal)
    await compressFiles(join(fresh, 'assets'))
    await swap(fresh)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function runVite(outDir: string, signal: AbortSignal | undefined): Promise<void> {
  const require = createRequire(import.meta.url)
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
    })
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new BuildFailed(`The pages could not be built:\n${said.trim()}`)
}

const SWAP_TRIES = 5

async function swap(fresh: string): Promise<void> {
  const old = `${distPath}.old-${process.pid}`
  for (let tries = 1; ; tries++) {
    await rename(distPath, old).catch(() => undefined)
    try {
      await rename(fresh, distPath)
      break
    } catch (error) {
      // Another builder was faster between the two moves.
      if (tries === SWAP_TRIES) throw error
    } finally {
      await rm(old, { recursive: true, force: true })
    }
  }
}
