/** Where parts are kept, one piece behind the other: one file, whose name is gone as soon as it is open, so that nothing is left of it however the process ends. */

import { closeSync, mkdirSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Scratch {
  /** Adds bytes to a part of this name. */
  append(part: string, bytes: Uint8Array): void
  /** All bytes of a part. */
  read(part: string): Uint8Array
  close(): void
}

/** Opens one in a folder that exists. Throws what the system says. */
export function openScratch(folder: string): Scratch {
  const path = join(folder, `grade-${crypto.randomUUID()}`)
  const file = openSync(path, 'wx+', 0o600)
  const named = !removed(path)
  let size = 0
  const pieces = new Map<string, { at: number; length: number }[]>()
  return {
    append(part, bytes) {
      const own = pieces.get(part) ?? []
      pieces.set(part, own)
      own.push({ at: size, length: bytes.length })
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, size + done)
      size += bytes.length
    },
    read(part) {
      const own = pieces.get(part) ?? []
      const bytes = new Uint8Array(own.reduce((sum, { length }) => sum + length, 0))
      let used = 0
      for (const { at, length } of own)
        for (let done = 0; done < length; ) {
          const read = readSync(file, bytes, used, length - done, at + done)
          if (read === 0) throw new Error('The file of the parts was cut short.')
          done += read
          used += read
        }
      return bytes
    },
    close() {
      closeSync(file)
      if (named) rmSync(path, { force: true })
    },
  }
}

/** A system that keeps the name of an open file keeps it until the end. */
function removed(path: string): boolean {
  try {
    rmSync(path)
    return true
  } catch {
    return false
  }
}

/**
 * Makes a folder and those above it that are missing. Node's own way to do so never ends where the system says that a folder it could not
 * make is missing, as it does in /proc. Throws what the system says.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    makeFolder(dirname(path))
    makeOnce(path)
  }
}

/** Another process may have been quicker. */
function makeOnce(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
