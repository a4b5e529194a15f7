/** The file in which a running `npm start` says where everything is. Node only. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * The nearest `.stellartrain/config.json`, in `cwd` or above it; where STELLARTRAIN_HOME names the folder, only there.
 * Undefined where there is none.
 */
export function localSystemFile(env: Readonly<Record<string, string | undefined>>, cwd: string): string | undefined {
  const named = env.STELLARTRAIN_HOME
  if (named) {
    const file = join(resolve(cwd, named), 'config.json')
    return existsSync(file) ? file : undefined
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const file = join(folder, '.stellartrain', 'config.json')
    if (existsSync(file)) return file
    if (folder === dirname(folder)) return undefined
  }
}
