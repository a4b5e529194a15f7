/** The user that the server runs as: Postgres refuses root, so root hands it to `nobody`. */
import { execFile } from 'node:child_process'
import { lstat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

export type Owner = { uid: number; gid: number }

/** `null` when this process is not root: then the server runs as the same user. */
export async function serverOwner(): Promise<Owner | null> {
  if (process.getuid?.() !== 0) return null
  const [uid, gid] = await Promise.all([idOf('-u'), idOf('-g')])
  return { uid, gid }
}

async function idOf(flag: '-u' | '-g'): Promise<number> {
  try {
    const { stdout } = await promisify(execFile)('id', [flag, 'nobody'], { timeout: 5_000 })
    const id = Number(stdout.trim())
    return Number.isInteger(id) && id !== 0 ? id >>> 0 : 65_534
  } catch {
    return 65_534
  }
}

/** Whether a user without rights of his own can walk to `path` and read it. */
export async function reachableByOthers(path: string): Promise<boolean> {
  for (let at = path, leaf = true; ; leaf = false) {
    const { mode } = await lstat(at)
    const wanted = leaf ? 0o5 : 0o1
    if ((mode & wanted) !== wanted) return false
    if (dirname(at) === at) return true
    at = dirname(at)
  }
}
