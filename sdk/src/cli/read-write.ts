/** Files that a command reads and writes, with sentences for what cannot be. */

import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { unreadable } from './file-problem.ts'
import { type Io, UsageError } from './io.ts'

/** The file descriptor of what is piped in, which `-` names. */
const STDIN = 0

/** `-` is what is piped in. @throws UsageError */
export function readInput(file: string, io: Pick<Io, 'cwd'>): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file === '-' ? STDIN : resolve(io.cwd, file)))
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** Never replaces a file: it could be the only copy of a key or of finished work. @throws UsageError */
export function writeNew(file: string, content: string | Uint8Array, io: Pick<Io, 'cwd'>, mode = 0o666): void {
  try {
    writeFileSync(resolve(io.cwd, file), content, { mode, flag: 'wx', flush: true })
  } catch (cause) {
    const { code } = cause as { code?: string }
    throw new UsageError(
      code === 'EEXIST'
        ? `The file ${file} exists and is not replaced. Name another one, or move it away.`
        : code === 'ENOENT'
          ? `The file ${file} cannot be written: there is no such folder.`
          : `The file ${file} cannot be written.`,
      { cause, help: false },
    )
  }
}
