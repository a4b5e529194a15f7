/** What one needs to know of a running system: the same JSON that the dapp reads as /config.json. */
import { UserError } from './problems.ts'

export type KnownAsset = { code: string; issuer: string | null; contract: string; decimals: number }
export type DemoAccount = { name: string; secret: string }

export type SystemConfig = {
  /** Short name of the network, e.g. `local`, `testnet`. */
  network: string
  passphrase: string
  rpcUrl: string
  apiUrl: string
  ipfsUrl: string
  contract: string
  /** The contract of solvers' records and badges; a system can do without. */
  records?: string | null
  /** The judge that grades, for challenges whose plan says `recount`; a system can do without. */
  recount?: string | null
  oracleUrls?: string[]
  friendbotUrl?: string | null
  explorerUrl?: string | null
  assets?: KnownAsset[]
  /** Only on a local network. */
  demoAccounts?: DemoAccount[]
}

const REQUIRED = ['network', 'passphrase', 'rpcUrl', 'apiUrl', 'ipfsUrl', 'contract'] as const

/** Reads a config.json. @throws UserError `bad_config`, naming everything that is missing. */
export function parseConfig(json: unknown): SystemConfig {
  const config = (json ?? {}) as Partial<Record<(typeof REQUIRED)[number], unknown>>
  const missing = REQUIRED.filter((name) => typeof config[name] !== 'string' || config[name] === '')
  if (missing.length > 0) {
    throw new UserError('bad_config', `The configuration lacks ${missing.join(', ')}.`)
  }
  return json as SystemConfig
}

/** What a person calls an asset, as tokenContract() takes it: a code that this system knows once stands for its contract. */
export function assetNamed(config: SystemConfig, name: string): string {
  const known = (config.assets ?? []).filter((asset) => asset.code === name)
  return known.length === 1 && known[0] ? known[0].contract : name
}
