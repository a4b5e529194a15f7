/** The file of the key that opens the labels of a task: `labels create` makes it, `labels export` finds it again. */

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { identityIn } from '../labels/identity.ts'
import type { Io } from './io.ts'
import { readInput } from './read-write.ts'

export const IDENTITY_OPTION = { identity: { type: 'string' } } as const
/** Where the key is kept, unless told otherwise. */
export const IDENTITY_FILE = 'labels-identity.txt'

/** `AGE-SECRET-KEY-1…` of the named file, or of the default one where there is one; else undefined. @throws UserError `bad_input` */
export function ownIdentity(named: string | undefined, io: Io): string | undefined {
  if (named === undefined && !existsSync(resolve(io.cwd, IDENTITY_FILE))) return undefined
  return identityIn(readInput(named ?? IDENTITY_FILE, io))
}
