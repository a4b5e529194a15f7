/** What this deployment talks to: read from /config.json at run time, so that one build serves every network. */
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
/** A token of this network. */
export type Token = { code: string; issuer: string | null; contract: string; decimals: number }

export type DemoAccount = { name: string; secret: string }
export type Config = {
  network: string
  passphrase: string
  rpcUrl: string
  apiUrl: string
  ipfsUrl: string
  oracleUrls: string[]
  contract: string
  /** The judge that grades; null where the system has none. */
  recount: string | null
  friendbotUrl: string | null
  explorerUrl: string | null
  assets: Token[]
  demoAccounts: DemoAccount[]
}

/** Only this network may carry demo keys: their secrets are public. */
export const LOCAL_NETWORK = 'local'

let current: Config | undefined

export class ConfigError extends Error {
  readonly code = 'bad_config'
}

const text = (raw: Record<string, unknown>, key: string): string => {
  const value = raw[key]
  if (typeof value !== 'string' || !value) throw new ConfigError(`/config.json: "${key}" is missing.`)
  return value
}

export function parseConfig(json: unknown): Config {
  if (typeof json !== 'object' || json === null) throw new ConfigError('/config.json is not an object.')
  const raw = json as Record<string, unknown>
  const network = text(raw, 'network')
  const optional = (key: string) => (typeof raw[key] === 'string' && raw[key] ? withoutSlash(raw[key] as string) : null)
  return Object.freeze({
    network,
    passphrase: text(raw, 'passphrase'),
    rpcUrl: text(raw, 'rpcUrl'),
    apiUrl: withoutSlash(text(raw, 'apiUrl')),
    ipfsUrl: withoutSlash(text(raw, 'ipfsUrl')),
    oracleUrls: Array.isArray(raw.oracleUrls) ? (raw.oracleUrls as string[]) : [],
    contract: text(raw, 'contract'),
    recount: optional('recount'),
    friendbotUrl: optional('friendbotUrl'),
    explorerUrl: optional('explorerUrl'),
    assets: (raw.assets ?? []) as Token[],
    demoAccounts: network === LOCAL_NETWORK ? ((raw.demoAccounts ?? []) as DemoAccount[]) : [],
  })
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { signal: AbortSignal.timeout(10_000) })
  if (!response.ok) throw new ConfigError(`/config.json answered ${response.status}.`)
  current = parseConfig(await response.json())
  return current
}

/** The loaded configuration; the app is mounted only after `loadConfig`. */
export function config(): Config {
  if (!current) throw new ConfigError('The configuration is not loaded yet.')
  return current
}
