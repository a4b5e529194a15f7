/** Where this machine has a Kubo for tests and benchmarks: KUBO_BIN, what local/check/kubo.sh built, or `ipfs` on the PATH. */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'stellartrain/kubo')

/** Undefined where there is none that runs. */
export function kuboBinary(): string | undefined {
  const built = existsSync(CACHE) ? globSync('*/ipfs', { cwd: CACHE }).sort().at(-1) : undefined
  const binary = process.env.KUBO_BIN ?? (built ? join(CACHE, built) : 'ipfs')
  return spawnSync(binary, ['version']).status === 0 ? binary : undefined
}
