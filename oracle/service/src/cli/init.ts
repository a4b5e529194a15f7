/** `init`: a key, a settings file, and money where a network gives it away. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Keypair, StrKey } from '@stellar/stellar-sdk/base'
import {
  type Chain,
  checkDeployment,
  connect,
  fundWithFriendbot,
  hostOf,
  KNOWN_NETWORKS,
  type Network,
} from '@stellartrain/contracts-client'
import { makeFolder } from '@stellartrain/ipfs-content/folder'
import { ConfigError, writeDurably } from '@stellartrain/service'
import { type Config, readConfig } from '../config.ts'
import { isLoopback } from '../local-url.ts'
import { type Beside, besideLocalSystem } from './beside.ts'
import { type Command, homeOf, type Io, parse, Refused, UsageError } from './command.ts'
import { keyFile, settingsFile, settingsText } from './settings.ts'

const NAMES = Object.keys(KNOWN_NETWORKS).join(', ')
const CHECK_MS = 20_000

const OPTIONS = {
  network: { type: 'string' },
  contract: { type: 'string' },
  ipfs: { type: 'string' },
  url: { type: 'string' },
  rpc: { type: 'string' },
  passphrase: { type: 'string' },
  friendbot: { type: 'string' },
  name: { type: 'string' },
  website: { type: 'string' },
  description: { type: 'string' },
  'secret-file': { type: 'string' },
  'no-fund': { type: 'boolean' },
} as const

type Values = ReturnType<typeof parse<typeof OPTIONS>>['values']

export const init: Command = {
  async run(args, io) {
    const { values } = parse(args, OPTIONS)
    const home = homeOf(values.home, io)
    const file = settingsFile(home)
    if (existsSync(file))
      throw new UsageError(`${file} already exists: edit it, or name another folder with --home.`, { help: false })
    const known = values.network === undefined ? undefined : KNOWN_NETWORKS[values.network]
    if (values.network !== undefined && known === undefined)
      throw new UsageError(`--network is one of ${NAMES}; for another one give --passphrase and --rpc.`)
    // An RPC that is named may be another system's.
    const beside = values.network === 'local' && values.rpc === undefined ? besideLocalSystem(io) : {}
    const secret = await secretOf(home, values['secret-file'], io)
    const { given, config } = settingsOf(values, { home, secret, known: { ...known, ...beside }, beside })
    if (config.publicUrl === undefined && (values.network === 'testnet' || values.network === 'public'))
      throw new UsageError('Give --url: where solvers and other oracles reach this oracle.')
    const { networkPassphrase: passphrase, rpcUrl, contract } = config
    const friendbotUrl = values['no-fund'] ? null : friendbotOf(values, beside.friendbotUrl, rpcUrl)
    const chain = connect({ name: values.network ?? 'custom', passphrase, rpcUrl, contract, friendbotUrl })
    await checkNetwork(chain)
    makeFolder(home, 0o700)
    if (!existsSync(keyFile(home))) await writeDurably(keyFile(home), `${secret}\n`)
    const address = Keypair.fromSecret(secret).publicKey()
    io.out(`Oracle    ${address}\nKey       ${keyFile(home)} (back it up: all other keys are derived from it)\n`)
    // Before the settings, whose presence refuses a second `init`: what failed here is repeated with the same key.
    if (friendbotUrl !== null) await fund(chain, address, friendbotUrl)
    await writeDurably(file, settingsText(given))
    io.out(`Settings  ${file}\n`)
    const run = `npx stellartrain-oracle run --home ${home}`
    const funded = friendbotUrl !== null
    io.out(funded ? `It is funded. Next: ${run}\n` : `Send at least 10 XLM to ${address}, then: ${run}\n`)
    return { code: 0, json: { oracle: address, key: keyFile(home), settings: file, funded, run } }
  },
}

type From = Readonly<{
  home: string
  secret: string
  known: Partial<Pick<Network, 'rpcUrl' | 'passphrase'>>
  beside: Beside
}>

/** What the settings file will say. @throws UsageError that names all that is missing or wrong, before anything is written */
function settingsOf(
  values: Values,
  { home, secret, known, beside }: From,
): { given: Record<string, string>; config: Config } {
  const settings: Record<string, string | undefined> = {
    RPC_URL: values.rpc ?? known.rpcUrl,
    NETWORK_PASSPHRASE: values.passphrase ?? known.passphrase,
    CONTRACT_ADDRESS: values.contract ?? beside.contract,
    ORACLE_SECRET_KEY_FILE: keyFile(home),
    IPFS_URL: values.ipfs ?? beside.ipfsUrl,
    ORACLE_PUBLIC_URL: values.url,
    ORACLE_NAME: values.name,
    ORACLE_WEBSITE: values.website,
    ORACLE_DESCRIPTION: values.description,
    ORACLE_HOME: home,
    PORT: portOf(values.url) ?? (values.network === 'local' && values.url === undefined ? '0' : undefined),
  }
  const given = Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  const { ORACLE_SECRET_KEY_FILE: _, ...checkable } = given
  try {
    return { given, config: readConfig({ ...checkable, ORACLE_SECRET_KEY: secret }) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const lines = error.problems.map((problem) => problem.replace(/^\w+/, (variable) => FLAGS[variable] ?? variable))
    const local =
      values.network === 'local' && beside.contract === undefined
        ? ' Beside a running `npm start`, call it in its folder: then it finds them.'
        : ''
    throw new UsageError(
      `Give what is missing or wrong:\n${lines.map((line) => `  ${line}`).join('\n')}${local && `\n${local.trim()}`}`,
    )
  }
}

/** What a person writes for each setting. */
const FLAGS: Readonly<Record<string, string>> = {
  RPC_URL: '--rpc',
  NETWORK_PASSPHRASE: '--network, or --passphrase,',
  CONTRACT_ADDRESS: '--contract',
  IPFS_URL: '--ipfs',
  ORACLE_PUBLIC_URL: '--url',
  ORACLE_NAME: '--name',
  ORACLE_WEBSITE: '--website',
  ORACLE_DESCRIPTION: '--description',
}

/** @throws Error in words where the RPC does not answer, or serves another network or contract */
async function checkNetwork(chain: Chain): Promise<void> {
  const signal = AbortSignal.timeout(CHECK_MS)
  await checkDeployment(chain, { signal }).catch((cause: unknown) => {
    const why =
      signal.aborted || !(cause instanceof Error)
        ? `The RPC at ${hostOf(chain.rpc.url)} does not answer.`
        : cause.message
    const code = (cause as { code?: unknown }).code
    throw new Refused(
      typeof code === 'string' ? code : 'rpc_unreachable',
      `${why} Nothing was written. The RPC asked is ${hostOf(chain.rpc.url)}; --rpc names another.`,
    )
  })
}

async function fund(chain: Chain, address: string, friendbotUrl: string): Promise<void> {
  await fundWithFriendbot(chain, address).catch(() => {
    throw new Refused(
      'no_funds',
      `No test money came from ${hostOf(friendbotUrl)} for ${address}. The key is kept, settings were not written: repeat init, with --friendbot URL for another one, or with --no-fund and send XLM yourself.`,
    )
  })
}

/** A local network is on any port, and answers for its RPC and its friendbot on the same one. */
function friendbotOf(values: Values, beside: string | undefined, rpcUrl: string): string | null {
  if (values.friendbot !== undefined) return values.friendbot
  if (beside !== undefined) return beside
  if (values.network === 'local' && values.rpc !== undefined) return new URL('friendbot', rpcUrl).href
  return (values.network === undefined ? undefined : KNOWN_NETWORKS[values.network]?.friendbotUrl) ?? null
}

/** Of an address on this machine, the port that it must listen on; with TLS or another host a proxy stands in front. */
function portOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url)
  return parsed?.protocol === 'http:' && isLoopback(parsed.href) ? parsed.port || undefined : undefined
}

/** A key that is there stays: what was sealed to it could be opened by no other. */
async function secretOf(home: string, named: string | undefined, { cwd }: Io): Promise<string> {
  const kept = keyFile(home)
  const given = named === undefined ? undefined : resolve(cwd, named)
  const from = given ?? (existsSync(kept) ? kept : undefined)
  if (from === undefined) return Keypair.random().secret()
  const secret = (await readFile(from, 'utf8').catch(() => '')).trim()
  if (!StrKey.isValidEd25519SecretSeed(secret)) throw new UsageError(`${from} does not hold a secret key S….`)
  if (from !== kept && existsSync(kept) && (await readFile(kept, 'utf8')).trim() !== secret)
    throw new UsageError(
      `${kept} holds another key than ${from}: leave out --secret-file, or name another folder with --home.`,
    )
  return secret
}
