/** Makes a folder and those above it. Node's own recursive `mkdir` never returns below some file systems, such as /proc. Node only. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ContentError } from './errors.ts'

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'you have no permission to',
  EPERM: 'you have no permission to',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  ENOTDIR: 'something on the way to it is not a folder',
  EEXIST: 'something on the way to it is not a folder',
  ENOENT: 'its file system takes no new folders',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'links on the way to it lead in a circle',
}

/**
 * Does nothing where it is there.
 * @param mode of the folders that are made
 * @throws ContentError `no_folder`, with the path and the reason
 */
export function makeFolder(path: string, mode = 0o777): void {
  const missing: string[] = []
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) missing.push(folder)
  try {
    for (const folder of missing.toReversed()) makeOne(folder, mode)
    if (!statSync(path).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' })
  } catch (cause) {
    const { code = '' } = cause as { code?: string }
    throw new ContentError('no_folder', `The folder ${path} cannot be made: ${WORDS[code] ?? code}.`, { cause })
  }
}

/** Another program may have made it meanwhile; what else has its name is found by the last look. */
function makeOne(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause
  }
}
