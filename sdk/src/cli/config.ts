/** Where the system is: environment before the nearest config.json, every value checked where it comes in. */
import { dirname, join, resolve } from 'node:path'
import { localSystemFile } from '@stellartrain/contracts-client/local-system'
import { LOCAL_PASSPHRASE, networkName, schemeAndHost } from '@stellartrain/contracts-client/networks'
import { isContract } from '@stellartrain/ipfs-content/strkey'
import type { SystemConfig } from '../system/config.ts'
import { UserError } from '../system/problems.ts'
import { type Io, UsageError } from './io.ts'
import { readJsonObject } from './json-file.ts'

/** Options that every command on a network takes. */
export const NETWORK_OPTIONS = {
  config: { type: 'string' },
  'secret-file': { type: 'string' },
  as: { type: 'string' },
  json: { type: 'boolean' },
} as const

export type NetworkFlags = { config?: string | undefined; 'secret-file'?: string | undefined; as?: string | undefined }

const VARIABLES = {
  rpcUrl: 'RPC_URL',
  passphrase: 'NETWORK_PASSPHRASE',
  contract: 'CONTRACT_ADDRESS',
  records: 'RECORDS_CONTRACT_ADDRESS',
  recount: 'RECOUNT_CONTRACT_ADDRESS',
  apiUrl: 'API_URL',
  ipfsUrl: 'IPFS_URL',
} as const

type Field = keyof typeof VARIABLES

const CHAIN_AND_CONTENT: readonly Field[] = ['rpcUrl', 'passphrase', 'contract', 'ipfsUrl']

/** `needs`: what the command cannot do without; most read the chain and content, not the API. @throws UserError `bad_config` */
export function readConfig(flags: NetworkFlags, io: Io, needs = CHAIN_AND_CONTENT): SystemConfig {
  const file = flags.config ? resolve(io.cwd, flags.config) : localSystemFile(io.env, io.cwd)
  const base: Partial<SystemConfig> = file ? readJson(file) : {}
  const config: Partial<SystemConfig> = { ...base }
  const problems: string[] = []
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const field = name as Field
    const value = io.env[variable] || config[field]
    if (value === undefined || value === null || value === '') continue
    const problem = problemOf(field, value)
    const where = io.env[variable] ? variable : `"${field}" of ${file}`
    if (problem) {
      const shown = shownOf(field, value)
      problems.push(`${where} is ${shown === undefined ? '' : `${shown}, which is `}not ${problem}.`)
    } else config[field] = value as string
  }
  if (problems.length > 0) throw new UserError('bad_config', problems.join(' '))
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
    const [are, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them']
    throw new UserError(
      'bad_config',
      `No local system is running here, and ${missing.join(', ')} ${are} not set. Start one with \`npm start\`, or set ${them}.`,
    )
  }
  return { network: 'custom', passphrase: '', rpcUrl: '', contract: '', apiUrl: '', ipfsUrl: '', ...config }
}

/** What the value should have been; undefined where it is that. */
function problemOf(field: Field, value: unknown): string | undefined {
  if (typeof value !== 'string') return 'text'
  if (field === 'contract' || field === 'records' || field === 'recount')
    return isContract(value) ? undefined : 'a contract id (C…, 56 characters with a valid checksum)'
  if (field === 'passphrase') return undefined
  return URL.canParse(value) && /^https?:/.test(value) ? undefined : 'an http(s) URL'
}

/** What may be printed of a wrong value: a URL can hold a password or a provider's key, and any text can be a signing key. */
function shownOf(field: Field, value: unknown): string | undefined {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (field.endsWith('Url')) return schemeAndHost(value)
  return /\bS[A-Z2-7]{55}\b/.test(value) ? undefined : JSON.stringify(value)
}

/** The folder of the running system's state, for drafts; made when something is written. */
export function homeFolder(io: Io): string {
  const named = io.env.STELLARTRAIN_HOME
  if (named) return resolve(io.cwd, named)
  const config = localSystemFile(io.env, io.cwd)
  return config ? dirname(config) : join(io.cwd, '.stellartrain')
}

function readJson(file: string): Partial<SystemConfig> {
  try {
    return readJsonObject(file)
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause
    throw new UserError('bad_config', cause.message, { cause })
  }
}
