/** The salts of this machine's challenges: `create` keeps each in the home folder, `reveal` and `judge check` find it again. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { parseTruthKey, type TruthKey } from '../challenge/truth-keys.ts'
import { homeFolder } from './config.ts'
import { type Io, UsageError } from './io.ts'
import { readInput } from './read-write.ts'

export const SALT_OPTIONS = { salt: { type: 'string' }, kept: { type: 'string' } } as const

const folderOf = (io: Io) => join(homeFolder(io), 'truths')

/** Of no use to anyone who has not the truth, too; kept before anything is signed. */
export function keepTruthKey(key: TruthKey, io: Io): void {
  makeFolder(folderOf(io), 0o700)
  writeFileSync(join(folderOf(io), `${key.commitment}.json`), truthKeyText(key), { mode: 0o600 })
}

export const truthKeyText = (key: TruthKey): string => `${JSON.stringify(key, null, 2)}\n`

/** @param commitment as the terms have it, hex. @throws UsageError, UserError `bad_value` */
export function readSalt(
  { salt, kept }: { salt?: string | undefined; kept?: string | undefined },
  commitment: string,
  io: Io,
): Uint8Array<ArrayBuffer> {
  if (salt !== undefined) {
    if (!/^[0-9a-f]{64}$/i.test(salt)) throw new UsageError('--salt is 64 hexadecimal digits.')
    return new Uint8Array(Buffer.from(salt, 'hex'))
  }
  const key =
    kept === undefined ? find(commitment, io) : parseTruthKey(new TextDecoder().decode(readInput(kept, io)), kept)
  if (key === undefined)
    throw new UsageError(
      'The salt of this truth is not kept here: give --kept FILE, as `create --keep` wrote it, or --salt HEX.',
    )
  if (key.commitment !== commitment)
    throw new UsageError(`${kept} belongs to another challenge: its commitment differs.`)
  return new Uint8Array(Buffer.from(key.salt, 'hex'))
}

function find(commitment: string, io: Io): TruthKey | undefined {
  const file = join(folderOf(io), `${commitment}.json`)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  return parseTruthKey(text, file)
}
