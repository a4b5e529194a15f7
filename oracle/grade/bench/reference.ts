/** Finds or makes the Python environment of a reference, pinned by a file of requirements beside the vectors. */

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Reference {
  python: string
  /** What is compared with, for the figures. */
  name: string
}

/**
 * The environment of a file in `vectors`, named after some of its packages. Null, with a line on stderr, where there is no Python or its
 * packages cannot be installed.
 */
export function findReference(
  file = 'requirements.txt',
  packages: readonly string[] = ['pandas', 'scikit-learn'],
): Reference | null {
  const requirements = fileURLToPath(new URL(`../vectors/${file}`, import.meta.url))
  const pins = readFileSync(requirements, 'utf8')
  const version = (name: string): string => new RegExp(`^${name}==(.*)$`, 'm').exec(pins)![1]!
  const name = packages.map((of) => `${of} ${version(of)}`).join(' + ')
  const folder = join(
    homedir(),
    '.cache',
    'stellartrain',
    `python-${createHash('sha256').update(pins).digest('hex').slice(0, 12)}`,
  )
  const python = join(folder, 'bin', 'python')
  const complete = join(folder, 'complete')
  if (existsSync(complete)) return { python, name }
  process.stderr.write(`Installing ${name} into ${folder} …\n`)
  rmSync(folder, { recursive: true, force: true })
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]],
  ]
  for (const [command, args] of steps) {
    const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 15 * 60_000 })
    if (status !== 0) {
      process.stderr.write(`No reference: ${command} ${error ? error.message : `ended with ${status}`}\n`)
      return null
    }
  }
  writeFileSync(complete, '')
  return { python, name }
}
