/**
 * A process shows the environment that it was started with to every program of its user, for as long as it runs. So where the key came
 * in the environment, the oracle starts itself again without it: in the same process, with the key in a file in memory that is read once.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMES = ['ORACLE_SECRET_KEY', 'ADMIN_PRIVATE_KEY', 'ORACLE_SPONSOR_SECRET_KEY'] as const
/** Names the folder to remove once the key was read. */
const ONCE = 'ORACLE_SECRET_KEY_ONCE'
/** Held in memory by every Linux. */
const MEMORY = '/dev/shm'

/** Does not return where the process starts itself again. Elsewhere than on Linux, and in a child of a Node program, nothing happens. */
export function hideKey(): void {
  const { env, execve, channel } = process
  const given = NAMES.filter((name) => env[name] !== undefined && env[name] !== '')
  if (
    given.length === 0 ||
    env[ONCE] !== undefined ||
    process.platform !== 'linux' ||
    execve === undefined ||
    channel != null
  )
    return
  const rest = { ...env }
  let folder: string
  try {
    folder = mkdtempSync(join(MEMORY, 'stellartrain-'))
  } catch {
    return
  }
  for (const name of given) {
    const file = join(folder, name)
    writeFileSync(file, env[name]!, { mode: 0o600 })
    delete rest[name]
    rest[`${name}_FILE`] = file
  }
  try {
    // It warns that it is new.
    process.removeAllListeners('warning')
    execve.call(process, process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], {
      ...rest,
      [ONCE]: folder,
    })
  } catch {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Removes what `hideKey` left for the configuration, once that was read. */
export function forgetKeyFile(): void {
  const folder = process.env[ONCE]
  if (folder?.startsWith(`${MEMORY}/stellartrain-`)) rmSync(folder, { recursive: true, force: true })
}
