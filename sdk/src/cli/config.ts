/** Where the system is and who signs: flags before environment before the nearest config.json. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { LOCAL_PASSPHRASE, networkName } from '@stellartrain/contracts-client/networks'
import type { SystemConfig } from '../config.ts'
import { UserError } from '../problems.ts'
import type { Io } from './io.ts'

/** Options that every command on a network takes. */
export const NETWORK_OPTIONS = {
  config: { type: 'string' },
  'secret-file': { type: 'string' },
  as: { type: 'string' },
  json: { type: 'boolean' },
} as const

export const NETWORK_HELP = `  --config FILE       another config.json
  --json              print one JSON object
`

export const SIGNER_HELP = `  --secret-file FILE  file with the signing key S… (default: STELLARTRAIN_SECRET)
  --as NAME           sign as a demo account of the local network (the beginning of its name is enough)
`

export type NetworkFlags = { config?: string | undefined; 'secret-file'?: string | undefined; as?: string | undefined }

const VARIABLES = {
  rpcUrl: 'RPC_URL',
  passphrase: 'NETWORK_PASSPHRASE',
  contract: 'CONTRACT_ADDRESS',
  records: 'RECORDS_CONTRACT_ADDRESS',
  apiUrl: 'API_URL',
  ipfsUrl: 'IPFS_URL',
} as const

type Need = keyof typeof VARIABLES

const CHAIN_AND_CONTENT: readonly Need[] = ['rpcUrl', 'passphrase', 'contract', 'ipfsUrl']

/** `needs`: what the command cannot do without; most read the chain and content, not the API. @throws UserError `bad_config` */
export function readConfig(flags: NetworkFlags, io: Io, needs = CHAIN_AND_CONTENT): SystemConfig {
  const file = flags.config ? resolve(io.cwd, flags.config) : findConfig(io)
  const base: Partial<SystemConfig> = file ? readJson(file) : {}
  const config: Partial<SystemConfig> = { ...base }
  for (const [field, variable] of Object.entries(VARIABLES)) {
    const value = io.env[variable]
    if (value) config[field as keyof typeof VARIABLES] = value
  }
  if (config.passphrase && config.passphrase !== base.passphrase) {
    config.network = networkName(config.passphrase)
    // Demo accounts and friendbot belong to the network of the file.
    if (config.passphrase !== LOCAL_PASSPHRASE) {
      delete config.demoAccounts
      delete config.friendbotUrl
    }
  }
  const missing = needs.filter((name) => !config[name]).map((name) => VARIABLES[name])
  if (missing.length > 0) {
    const are = missing.length === 1 ? 'is' : 'are'
    throw new UserError(
      'bad_config',
      `No running local system was found here, and ${missing.join(', ')} ${are} not set. Start one with \`npm start\`, or set ${missing.length === 1 ? 'it' : 'them'}.`,
    )
  }
  return { network: 'custom', passphrase: '', rpcUrl: '', contract: '', apiUrl: '', ipfsUrl: '', ...config }
}

/** The folder of the running system's state, for drafts; made when something is written. */
export function homeFolder(io: Io): string {
  const named = io.env.STELLARTRAIN_HOME
  if (named) return resolve(io.cwd, named)
  const config = findConfig(io)
  return config ? dirname(config) : join(io.cwd, '.stellartrain')
}

function findConfig(io: Io): string | undefined {
  const named = io.env.STELLARTRAIN_HOME
  if (named) {
    const file = join(resolve(io.cwd, named), 'config.json')
    return existsSync(file) ? file : undefined
  }
  for (let folder = io.cwd; ; folder = dirname(folder)) {
    const file = join(folder, '.stellartrain', 'config.json')
    if (existsSync(file)) return file
    if (folder === dirname(folder)) return undefined
  }
}

function readJson(file: string): Partial<SystemConfig> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<SystemConfig>
  } catch (cause) {
    throw new UserError('bad_config', `${file} cannot be read as JSON.`, { cause })
  }
}

/** The signing key. It is never printed. @throws UserError `bad_config` */
export function readSecret(flags: NetworkFlags, config: SystemConfig, io: Io): string {
  const found = secretOf(flags, config, io)?.trim()
  if (!found) {
    throw new UserError(
      'bad_config',
      'Nobody to sign as: set STELLARTRAIN_SECRET, or give --secret-file FILE or, on a local network, --as NAME.',
    )
  }
  if (!/^S[A-Z2-7]{55}$/.test(found)) throw new UserError('bad_config', 'The signing key is not a Stellar secret (S…).')
  return found
}

function secretOf(flags: NetworkFlags, config: SystemConfig, io: Io): string | undefined {
  if (flags.as !== undefined) {
    const accounts = config.demoAccounts ?? []
    const wanted = flags.as.toLowerCase()
    const exact = accounts.find((one) => one.name.toLowerCase() === wanted)
    const begins = accounts.filter((one) => one.name.toLowerCase().startsWith(wanted))
    const account = exact ?? (begins.length === 1 ? begins[0] : undefined)
    if (account) return account.secret
    const names = accounts.map((one) => one.name).join(', ')
    throw new UserError('bad_config', `There is no one demo account ${flags.as}.${names ? ` There are ${names}.` : ''}`)
  }
  const file = flags['secret-file']
  if (file === undefined) return io.env.STELLARTRAIN_SECRET
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8')
  } catch (cause) {
    throw new UserError('bad_config', `The file ${file} cannot be read.`, { cause })
  }
}
