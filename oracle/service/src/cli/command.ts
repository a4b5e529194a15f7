/** What the operator's commands have in common: their settings, their output, and one connection made of both. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Chain, connect, type Network, networkName } from '@stellartrain/contracts-client'
import { createIdentity, type Identity } from '../challenge-files/identity.ts'
import { type Config, readConfig } from '../config.ts'
import { loadSettings } from './settings.ts'

export type Io = Readonly<{
  env: Record<string, string | undefined>
  out(text: string): void
  err(text: string): void
}>

export type Command = Readonly<{
  help: string
  /** Resolves to the exit code: 0 for done, 1 for trouble. Throws UsageError for 2. */
  run(args: readonly string[], io: Io): Promise<number>
}>

/** A call that cannot be carried out as it was written. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const HOME_HELP =
  '  --home DIR          where key and settings are (default: ORACLE_HOME, else .stellartrain/oracle)\n'

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

export function parse<const T extends Options>(args: readonly string[], options: T, most = 0) {
  try {
    const common = { home: { type: 'string' }, json: { type: 'boolean' } } as const
    const parsed = parseArgs({ args: [...args], options: { ...common, ...options }, allowPositionals: most > 0 })
    if (parsed.positionals.length > most) throw new UsageError(`Too many arguments: ${parsed.positionals.join(' ')}.`)
    return parsed
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(error instanceof Error ? error.message : 'The arguments cannot be read.')
  }
}

export const homeOf = (given: string | undefined, { env }: Io): string =>
  resolve(given ?? (env.ORACLE_HOME || '.stellartrain/oracle'))

export type Connected = Readonly<{ config: Config; chain: Chain; identity: Identity; network: Network; home: string }>

/** @throws ConfigError that names every missing setting */
export function connected(given: string | undefined, io: Io): Connected {
  const home = homeOf(given, io)
  const config = readConfig(loadSettings(home, io.env))
  const { networkPassphrase, rpcUrl, contract } = config
  const network = { name: networkName(networkPassphrase), passphrase: networkPassphrase, rpcUrl, contract }
  const identity = createIdentity(config.secretKey, { networkPassphrase, contract })
  return { config, chain: connect(network), identity, network, home }
}
