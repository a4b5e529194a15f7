/** The environment, read once: every option with its default, all mistakes reported together. */
import { z } from 'zod'

const ledger = z.coerce.number().int().min(0).max(4_294_967_295)
const port = z.coerce.number().int().min(0).max(65_535)
const url = (protocols: RegExp) => z.url({ protocol: protocols })

const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  DB_URL: url(/^postgres(ql)?$/),
  RPC_URL: url(/^https?$/),
  NETWORK_PASSPHRASE: z.string().min(1),
  CONTRACT_ADDRESS: z.string().regex(/^C[A-Z2-7]{55}$/, 'must be a contract address (C…)'),
  START_LEDGER: ledger.default(0),
  IPFS_URL: url(/^https?$/).optional(),
  /** From one address; 0 = as many as they like. Left out: 0 on loopback, otherwise 600. */
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(0).optional(),
  /** Our own proxies in front of the API, each of which appends an address to X-Forwarded-For. */
  PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  LOG_LEVEL: z.enum(['silent', 'error', 'info', 'debug']).default('info'),
})

export type Config = Readonly<z.infer<typeof schema>>

const LOOPBACK = /^(127\.|::1$|localhost$)/

/** Requests a minute from one address; 0: no limit. */
export function requestsPerMinute({ REQUESTS_PER_MINUTE, HOST }: Config): number {
  return REQUESTS_PER_MINUTE ?? (LOOPBACK.test(HOST) ? 0 : 600)
}

/** The problems, one a line, without the values: they may be secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** @throws ConfigError */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set)
  if (parsed.success) return Object.freeze(parsed.data)
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new ConfigError(`The configuration is not complete:\n${lines.map((line) => `  ${line}`).join('\n')}`)
}
