/** The indexer's options; read by main.ts from the environment. */
import {
  type ConfigOf,
  checked,
  commonOptions,
  defaulted,
  httpUrl,
  list,
  oneOf,
  optional,
  required,
  secretHex,
  text,
  whole,
} from '@stellartrain/service'

const postgresUrl = checked(
  (value) => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? ''),
  'must be a postgres:// URL',
)
const contract = checked((value) => /^C[A-Z2-7]{55}$/.test(value), 'must be a contract address, C…')

const hostName = checked(
  (value) => /^[a-z0-9.:[\]-]{1,59}$/i.test(value),
  'must be host names without port, separated by commas',
)

export const OPTIONS = {
  dbUrl: required('DB_URL', postgresUrl, 'the PostgreSQL database, postgres://…', { secret: true }),
  rpcUrls: required(
    'RPC_URL',
    list(httpUrl, { max: 8 }),
    'the Stellar RPC; several, separated by commas: each takes over when another fails, and they are compared',
  ),
  network: required('NETWORK_PASSPHRASE', text, 'the passphrase of the network'),
  contract: required('CONTRACT_ADDRESS', contract, 'the StellarTrain contract, C…'),
  recordsContract: optional('RECORDS_CONTRACT_ADDRESS', contract, 'the contract of records and badges, C…', {
    shown: 'no records and no badges',
  }),
  ...commonOptions(4000),
  startLedger: defaulted('START_LEDGER', whole(0, 4_294_967_295), 0, 'the first ledger to read', {
    shown: '0: the oldest that the RPC has',
  }),
  ipfsUrl: optional('IPFS_URL', httpUrl, 'the gateway that manifests are read from', { shown: 'no manifests' }),
  secretKey: optional('SECRET_KEY', secretHex, 'the secret that signs sessions of wallets, 32 bytes in hexadecimal', {
    shown: 'made once, kept in the database',
    secret: true,
  }),
  homeDomains: defaulted(
    'HOME_DOMAIN',
    (value) => list(hostName, { max: 16 })(value.toLowerCase()),
    ['localhost'],
    'the host names that a sign-in may be for, separated by commas',
  ),
  webhooksPrivate: defaulted(
    'WEBHOOKS_PRIVATE',
    oneOf(['yes', 'no']),
    'no',
    '`yes`: webhooks may be sent into private networks, and without https',
  ),
  requestsPerMinute: optional('REQUESTS_PER_MINUTE', whole(0, 1e9), 'requests a minute from one address; 0: no limit', {
    shown: '0 on loopback, otherwise 600',
  }),
  proxies: defaulted('PROXIES', whole(0, 10), 0, 'how many proxies of yours add to X-Forwarded-For in front of it'),
} as const

export type Config = ConfigOf<typeof OPTIONS>

const LOOPBACK = /^(127\.|::1$|localhost$)/

/** Requests a minute from one address; 0: no limit. */
export function requestsPerMinute({
  requestsPerMinute: set,
  host,
}: Pick<Config, 'requestsPerMinute' | 'host'>): number {
  return set ?? (LOOPBACK.test(host) ? 0 : 600)
}
