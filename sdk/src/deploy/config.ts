/** Where to deploy and who pays: flags and environment of `npm run deploy`. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { StrKey } from '@stellar/stellar-sdk/base'
import { KNOWN_NETWORKS, type Network } from '@stellartrain/contracts-client/networks'
import { parse } from '../cli/args.ts'
import { UserError } from '../system/problems.ts'

export const HELP = `Usage: npm run deploy -- --network testnet|public|local|NAME [options]

Uploads the committed contracts (challenges; records and badges; the judge that grades), creates them and writes their ids to
deployments/NAME.json. Doing it again changes nothing.

  --min-patience N    shortest patience of a challenge, in seconds (default 600; 5 on the local network)
  --min-window N      shortest time for grading and for judging, in seconds (default 86400; 5 on the local network)
  --secret-file FILE  file with the deployer's key S… (default: STELLARTRAIN_SECRET)
  --out FILE          where the ids are written down (default deployments/NAME.json)
  --fund FILE         addresses G…, one a line, that friendbot funds too, such as an oracle's
  --json              print one JSON object

RPC_URL and NETWORK_PASSPHRASE name any other network, FRIENDBOT_URL what gives its test money away. On testnet and locally the deployer is funded by friendbot; on the
public network the upload costs some tens of XLM of rent.
`

export type DeployConfig = {
  network: Omit<Network, 'contract'>
  minPatience: number
  minWindow: number
  secret: string
  /** Addresses that friendbot funds beside the deployer. */
  fund: string[]
  out: string
  json: boolean
}

type Env = Readonly<Record<string, string | undefined>>

/** @throws UsageError; UserError `bad_config` with every problem in one message */
export function readDeployConfig(args: string[], env: Env, cwd: string): DeployConfig {
  const options = {
    network: { type: 'string' },
    'min-patience': { type: 'string' },
    'min-window': { type: 'string' },
    'secret-file': { type: 'string' },
    out: { type: 'string' },
    fund: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values } = parse(args, options, 0)
  const name = values.network
  if (!name || !/^[a-z0-9-]{1,40}$/.test(name)) throw new UserError('bad_config', 'Name a network: --network testnet.')
  const known = KNOWN_NETWORKS[name]
  const network = {
    name,
    passphrase: env.NETWORK_PASSPHRASE ?? known?.passphrase ?? '',
    rpcUrl: env.RPC_URL ?? known?.rpcUrl ?? '',
    friendbotUrl: env.FRIENDBOT_URL ?? known?.friendbotUrl ?? null,
  }
  const problems: string[] = []
  if (network.rpcUrl && !URL.canParse(network.rpcUrl)) problems.push('RPC_URL is not a URL (its value is not shown).')
  if (!network.rpcUrl) problems.push('RPC_URL is not set (this network has no RPC of its own).')
  if (!network.passphrase) problems.push('NETWORK_PASSPHRASE is not set.')
  const minPatience = Number(values['min-patience'] ?? (name === 'local' ? 5 : 600))
  if (!Number.isInteger(minPatience) || minPatience < 0) problems.push('--min-patience is a whole number of seconds.')
  const minWindow = Number(values['min-window'] ?? (name === 'local' ? 5 : 86_400))
  if (!Number.isInteger(minWindow) || minWindow < 0) problems.push('--min-window is a whole number of seconds.')
  const secret = secretOf(values['secret-file'], env, cwd)
  if (!secret || !StrKey.isValidEd25519SecretSeed(secret)) {
    problems.push('There is no deployer key: set STELLARTRAIN_SECRET or give --secret-file FILE with an S… key.')
  }
  const fund = addressesIn(values.fund, cwd)
  if (!fund)
    problems.push('--fund names a file with an address G… on each line; it cannot be read, or has another line.')
  else if (fund.length > 0 && !network.friendbotUrl)
    problems.push('--fund needs a friendbot, and this network has none: set FRIENDBOT_URL.')
  if (problems.length > 0) throw new UserError('bad_config', problems.join('\n'))
  return {
    network,
    minPatience,
    minWindow,
    secret: secret ?? '',
    fund: fund ?? [],
    out: resolve(cwd, values.out ?? `deployments/${name}.json`),
    json: values.json ?? false,
  }
}

/** Null where the file is not what it should be. */
function addressesIn(file: string | undefined, cwd: string): string[] | null {
  if (file === undefined) return []
  try {
    const lines = readFileSync(resolve(cwd, file), 'utf8').split('\n')
    const addresses = lines.map((line) => line.trim()).filter((line) => line !== '')
    return addresses.every((address) => StrKey.isValidEd25519PublicKey(address)) ? addresses : null
  } catch {
    return null
  }
}

function secretOf(file: string | undefined, env: Env, cwd: string): string | undefined {
  if (file === undefined) return env.STELLARTRAIN_SECRET?.trim()
  try {
    return readFileSync(resolve(cwd, file), 'utf8').trim()
  } catch {
    return undefined
  }
}
