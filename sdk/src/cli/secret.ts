/** Who signs. The key is never printed. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { StrKey } from '@stellar/stellar-sdk/base'
import { asSigner, type Signer } from '@stellartrain/contracts-client'
import type { SystemConfig } from '../system/config.ts'
import { UserError } from '../system/problems.ts'
import type { NetworkFlags } from './config.ts'
import { unreadableWords } from './file-problem.ts'
import type { Io } from './io.ts'

/** @throws UserError `bad_config` */
export const readSigner = (flags: NetworkFlags, config: SystemConfig, io: Io): Signer =>
  asSigner(readSecret(flags, config, io))

/** @throws UserError `bad_config` */
export const readSeed = (flags: NetworkFlags, config: SystemConfig, io: Io): Uint8Array =>
  StrKey.decodeEd25519SecretSeed(readSecret(flags, config, io))

function readSecret(flags: NetworkFlags, config: SystemConfig, io: Io): string {
  const { secret, from } = secretOf(flags, config, io)
  const found = secret?.trim()
  if (!found) {
    const names = (config.demoAccounts ?? []).map(({ name }) => `"${name}"`)
    const demo = names.length > 0 ? ` or --as NAME, one of ${names.join(', ')}` : ''
    throw new UserError(
      'bad_config',
      `No signing key is set: set STELLARTRAIN_SECRET, or give --secret-file FILE${demo}.`,
    )
  }
  if (!StrKey.isValidEd25519SecretSeed(found))
    throw new UserError('bad_config', `${from} does not hold a Stellar secret key: expected S… with 56 characters.`)
  return found
}

function secretOf(flags: NetworkFlags, config: SystemConfig, io: Io): { secret: string | undefined; from: string } {
  if (flags.as !== undefined) return { secret: demoAccount(flags.as, config), from: 'The demo account' }
  const file = flags['secret-file']
  if (file === undefined) return { secret: io.env.STELLARTRAIN_SECRET, from: 'STELLARTRAIN_SECRET' }
  try {
    return { secret: readFileSync(resolve(io.cwd, file), 'utf8'), from: `The file ${file}` }
  } catch (cause) {
    throw new UserError('bad_config', unreadableWords(file, cause), { cause })
  }
}

function demoAccount(name: string, { demoAccounts = [] }: SystemConfig): string {
  const wanted = name.toLowerCase()
  const exact = demoAccounts.find((one) => one.name.toLowerCase() === wanted)
  const begins = demoAccounts.filter((one) => one.name.toLowerCase().startsWith(wanted))
  const account = exact ?? (begins.length === 1 ? begins[0] : undefined)
  if (account) return account.secret
  const names = (begins.length > 1 ? begins : demoAccounts).map((one) => `"${one.name}"`).join(', ')
  if (demoAccounts.length === 0)
    throw new UserError('bad_config', `There is no demo account "${name}": only a local network has demo accounts.`)
  if (begins.length > 1) throw new UserError('bad_config', `"${name}" is the beginning of several names: ${names}.`)
  throw new UserError('bad_config', `There is no demo account "${name}". The demo accounts are ${names}.`)
}

/** The same signer in the command to run next, as it was named in this one; nothing where the environment has its key. */
export function sameSigner(flags: NetworkFlags): string {
  if (flags.as !== undefined) return ` --as ${quoted(flags.as)}`
  return flags['secret-file'] === undefined ? '' : ` --secret-file ${quoted(flags['secret-file'])}`
}

/** For a shell, where it has to be. */
const quoted = (text: string): string => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
