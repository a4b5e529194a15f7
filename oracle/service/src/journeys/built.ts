/** Modules of this service as they were built for this run of tests: a process starts from one file in a fifth of the time. */
import { join } from 'node:path'
import { inject } from 'vitest'

/** @returns the built file; undefined where nothing was built, and processes start from the sources */
export function builtFile(name: 'oracle' | 'worker'): string | undefined {
  const folder = inject('builtServices')
  return folder ? join(folder, `${name}.js`) : undefined
}
