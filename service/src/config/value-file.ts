/** A value that stands in a file, named by `NAME_FILE`: secrets reach a service without its environment, which children and /proc show. */
import { closeSync, openSync, readSync } from 'node:fs'
import { InvalidValue } from './parsers.ts'

/** More is no value of an option. */
const MAX_BYTES = 64 * 1024

/**
 * What the file holds, without the line end that editors add. A pipe such as /dev/fd/3 is read, too.
 * @throws InvalidValue without the path and without what the file holds
 */
export function readValueFile(path: string): string {
  const text = read(path).replace(/\r?\n$/, '')
  if (text === '') throw new InvalidValue('names an empty file')
  return text
}

function read(path: string): string {
  const bytes = Buffer.alloc(MAX_BYTES + 1)
  let size = 0
  try {
    const file = openSync(path, 'r')
    try {
      for (let got = -1; got !== 0 && size < bytes.length; size += got)
        got = readSync(file, bytes, size, bytes.length - size, null)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new InvalidValue(`names a file that cannot be read (${code})`)
  }
  if (size > MAX_BYTES) throw new InvalidValue(`names a file of more than ${MAX_BYTES} bytes`)
  return bytes.toString('utf8', 0, size)
}
