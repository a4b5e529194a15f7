/** One network per home: a lock file that names its process, taken over when that process is gone. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DevnetError } from '../errors.ts'

/** Homes that are locked by this very process. */
const held = new Set<string>()

/** Takes the lock; the returned function gives it back. */
export function lock(home: string): () => void {
  const path = join(home, 'lock')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      held.add(path)
      return () => {
        held.delete(path)
        rmSync(path, { force: true })
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const owner = Number(readFileSync(path, 'utf8'))
      const own = owner === process.pid
      if (own ? held.has(path) : isAlive(owner)) {
        throw new DevnetError(
          'HOME_IN_USE',
          `${home} is in use by process ${owner}: stop that network, choose another home, or remove ${path} if that is another program`,
        )
      }
      rmSync(path, { force: true })
    }
  }
  throw new DevnetError('HOME_IN_USE', `${home} is in use: stop that network, or choose another home`)
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
