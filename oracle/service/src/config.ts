/** The environment of the oracle, parsed once, with every problem reported together; the only reader of process.env. */
import { availableParallelism } from 'node:os'
import { StrKey } from '@stellar/stellar-sdk/base'
import { z } from 'zod'
import { OracleError } from './errors.ts'
import { LEVELS, type LogLevel } from './log.ts'

export type Config = Readonly<{
  host: string
  port: number
  rpcUrl: string
  networkPassphrase: string
  contract: string
  /** The oracle's signing key (`S…`); its age identities are derived from it. */
  secretKey: string
  /** Gateways in order of preference; the first one also takes uploads. */
  ipfsUrls: readonly string[]
  /** What is registered on-chain; undefined = the address that it listens on. */
  publicUrl: string | undefined
  /** The least fee per submission, in the challenge's token, for which it grades. */
  feeMin: bigint
  workers: number
  workerMemoryMb: number
  workerSeconds: number
  indexerUrl: string | undefined
  logLevel: LogLevel
}>

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((text) => text.replace(/\/+$/, ''))
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535).default(4100),
  RPC_URL: url,
  NETWORK_PASSPHRASE: z.string({ error: 'is required: the passphrase of the network' }).min(1),
  CONTRACT_ADDRESS: z
    .string({ error: 'is required: the contract, C…' })
    .refine((text) => StrKey.isValidContract(text), 'must be a contract address, C…'),
  ORACLE_SECRET_KEY: z
    .string({ error: "is required: the oracle's secret key, S…" })
    .refine((text) => StrKey.isValidEd25519SecretSeed(text), 'must be a secret key, S… (its value is not shown)'),
  IPFS_URL: z
    .string({ error: 'is required: one or more gateways, separated by commas' })
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(url).min(1).max(8)),
  ORACLE_PUBLIC_URL: url.optional(),
  ORACLE_FEE_MIN: z
    .string()
    .regex(/^\d{1,38}$/, "must be a whole number in the token's smallest unit")
    .transform(BigInt)
    .default(0n),
  WORKERS: whole(1, 64).default(Math.max(1, Math.min(4, availableParallelism() - 1))),
  WORKER_MEMORY_MB: whole(64, 65_536).default(1024),
  WORKER_SECONDS: whole(1, 3600).default(120),
  INDEXER_URL: url.optional(),
  LOG_LEVEL: z.enum(LEVELS).default('info'),
})

/**
 * Reads the configuration from an environment.
 * @throws OracleError `bad_config`, one line per problem; secrets are never part of it.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse({ ...set, ORACLE_SECRET_KEY: set.ORACLE_SECRET_KEY ?? set.ADMIN_PRIVATE_KEY })
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`)
    throw new OracleError('bad_config', [...new Set(problems)].join('\n'), { retryable: false })
  }
  const value = parsed.data
  return Object.freeze({
    host: value.HOST,
    port: value.PORT,
    rpcUrl: value.RPC_URL,
    networkPassphrase: value.NETWORK_PASSPHRASE,
    contract: value.CONTRACT_ADDRESS,
    secretKey: value.ORACLE_SECRET_KEY,
    ipfsUrls: value.IPFS_URL,
    publicUrl: value.ORACLE_PUBLIC_URL,
    feeMin: value.ORACLE_FEE_MIN,
    workers: value.WORKERS,
    workerMemoryMb: value.WORKER_MEMORY_MB,
    workerSeconds: value.WORKER_SECONDS,
    indexerUrl: value.INDEXER_URL,
    logLevel: value.LOG_LEVEL,
  })
}
