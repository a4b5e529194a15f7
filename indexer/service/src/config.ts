/** The indexer's options; read by main.ts from the environment. */
import { isContract } from '@stellartrain/ipfs-content/strkey'
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
  signInOptions,
  text,
  whole,
} from '@stellartrain/service/config'

const postgresUrl = checked(
  (value) => /^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? ''),
  'must be a postgres:// URL',
)
const contract = checked(isContract, 'must be a contract address, C…')

export const OPTIONS = {
  dbUrl: required('DB_URL', postgresUrl, 'the PostgreSQL database, postgres://…', { secret: true }),
  rpcUrls: required(
    'RPC_URL',
    list(httpUrl, { max: 8 }),
    'the Stellar RPC; several, separated by commas: each takes over when another fails, and they are compared',
  ),
  dataLakeUrl: optional(
    'DATA_LAKE_URL',
    httpUrl,
    'a data lake in the format of Galexie (SEP-54): ledgers that no RPC has are read from there',
    { shown: 'none' },
  ),
  network: required('NETWORK_PASSPHRASE', text, 'the passphrase of the network'),
  contract: required('CONTRACT_ADDRESS', contract, 'the StellarTrain contract, C…'),
  recordsContract: optional('RECORDS_CONTRACT_ADDRESS', contract, 'the contract of records and badges, C…', {
    shown: 'no records and no badges',
  }),
  recountContract: optional('RECOUNT_CONTRACT_ADDRESS', contract, 'the judge that grades, C…', {
    shown: 'nothing of what it recounted',
  }),
  ...commonOptions(4000),
  startLedger: defaulted('START_LEDGER', whole(0, 4_294_967_295), 0, 'the first ledger to read', {
    shown: '0: the oldest that the RPC has',
  }),
  ipfsUrl: optional('IPFS_URL', httpUrl, 'the gateway that manifests are read from', { shown: 'no manifests' }),
  ...signInOptions('the database'),
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
