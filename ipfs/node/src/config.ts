/** The environment of the IPFS service, parsed once, every problem reported together; the only reader of process.env. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { LEVELS, type LogLevel } from './log.ts'

export type Config = Readonly<{
  host: string
  port: number
  /** Blocks, pins and the secret live here. */
  home: string
  /** Signs sessions; undefined = one that is made once and kept in `home`. */
  secretKey: string | undefined
  networkPassphrase: string
  homeDomains: readonly string[]
  maxUploadBytes: number
  /** What one account may keep. */
  maxAccountBytes: number
  /** A Kubo that gets a copy of everything; undefined = none. */
  kuboUrl: string | undefined
  logLevel: LogLevel
}>

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

export const DEFAULT_MAX_UPLOAD_BYTES = 128 * 1024 * 1024
export const DEFAULT_MAX_ACCOUNT_BYTES = 1024 ** 3

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)

/** A URL is shown in /status, so it must hold no secret. */
function isRpcUrl(text: string): boolean {
  const url = URL.parse(text)
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.search === ''
  )
}

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535).default(8080),
  IPFS_HOME: z.string().default('.stellartrain/ipfs'),
  SECRET_KEY: z.string().min(16, 'must have at least 16 characters (its value is not shown)').optional(),
  NETWORK_PASSPHRASE: z.string({ error: 'is required: the passphrase of the network whose accounts sign in' }),
  HOME_DOMAIN: z
    .string()
    .default('localhost')
    .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
    .pipe(
      z
        .array(z.string().regex(/^[a-z0-9.:[\]-]{1,59}$/, 'must be host names without port, separated by commas'))
        .min(1)
        .max(16),
    ),
  IPFS_MAX_UPLOAD_BYTES: whole(1, 2 ** 40).default(DEFAULT_MAX_UPLOAD_BYTES),
  IPFS_MAX_ACCOUNT_BYTES: whole(1, 2 ** 40).default(DEFAULT_MAX_ACCOUNT_BYTES),
  IPFS_KUBO_URL: z
    .string()
    .refine(isRpcUrl, 'must be the http(s) URL of a Kubo RPC, like http://127.0.0.1:5001, without a password')
    .optional(),
  LOG_LEVEL: z.enum(LEVELS, { error: `must be one of ${LEVELS.join(', ')}` }).default('info'),
})

/** @throws ConfigError with one line for each problem; no value of a secret is part of it. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(set)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`)
    throw new ConfigError([...new Set(problems)])
  }
  const value = parsed.data
  return Object.freeze({
    host: value.HOST,
    port: value.PORT,
    home: resolve(value.IPFS_HOME),
    secretKey: value.SECRET_KEY,
    networkPassphrase: value.NETWORK_PASSPHRASE,
    homeDomains: value.HOME_DOMAIN,
    maxUploadBytes: value.IPFS_MAX_UPLOAD_BYTES,
    maxAccountBytes: value.IPFS_MAX_ACCOUNT_BYTES,
    kuboUrl: value.IPFS_KUBO_URL,
    logLevel: value.LOG_LEVEL,
  })
}
