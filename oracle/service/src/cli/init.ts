/** `init`: a key, a settings file, and money where a network gives it away. */
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { Keypair, StrKey } from '@stellar/stellar-sdk/base'
import {
  type Chain,
  checkDeployment,
  connect,
  fundWithFriendbot,
  hostOf,
  KNOWN_NETWORKS,
} from '@stellartrain/contracts-client'
import { writeDurably } from '@stellartrain/service'
import { readConfig } from '../config.ts'
import { isLoopback } from '../local-url.ts'
import { type Command, HOME_HELP, homeOf, parse, UsageError } from './command.ts'
import { keyFile, settingsFile, settingsText } from './settings.ts'

const NAMES = Object.keys(KNOWN_NETWORKS).join(', ')
const CHECK_MS = 20_000

const help = `Create an oracle's key and settings file.

Usage: stellartrain-oracle init --network NAME --contract C… --ipfs URL [--url URL] [options]

Options
  --network NAME      ${NAMES}
  --contract C…       the StellarTrain contract
  --ipfs URL          IPFS services, separated by commas
  --url URL           where others reach this oracle; required on testnet and the public network. It listens on
                      PORT (4100), or on the port of an http URL of this machine
  --rpc URL           the Stellar RPC (default: the network's own, where it has one)
  --passphrase TEXT   of a network that is not listed above
  --name TEXT, --website URL, --description TEXT
                      what people see about it
  --secret-file FILE  use this signing key instead of a new one
  --friendbot URL     where test money comes from (default: the network's own; on the local network that of the RPC's host)
  --no-fund           do not ask a friendbot
${HOME_HELP}`

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

export const init: Command = {
  help,
  async run(args, io) {
    const { values } = parse(args, OPTIONS)
    const home = homeOf(values.home, io)
    const file = settingsFile(home)
    if (existsSync(file)) throw new UsageError(`${file} already exists: edit it, or name another folder with --home.`)
    const known = values.network === undefined ? undefined : KNOWN_NETWORKS[values.network]
    if (values.network !== undefined && known === undefined)
      throw new UsageError(`--network is one of ${NAMES}; for another one give --passphrase and --rpc.`)
    const secret = await secretOf(home, values['secret-file'])
    const settings = {
      RPC_URL: values.rpc ?? known?.rpcUrl ?? '',
      NETWORK_PASSPHRASE: values.passphrase ?? known?.passphrase ?? '',
      CONTRACT_ADDRESS: values.contract ?? '',
      ORACLE_SECRET_KEY_FILE: keyFile(home),
      IPFS_URL: values.ipfs ?? '',
      ORACLE_PUBLIC_URL: values.url ?? '',
      ORACLE_NAME: values.name ?? '',
      ORACLE_WEBSITE: values.website ?? '',
      ORACLE_DESCRIPTION: values.description ?? '',
      ORACLE_HOME: home,
      PORT: portOf(values.url),
    }
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
    // All that is missing or wrong, before anything is written.
    const { ORACLE_SECRET_KEY_FILE: _, ...checkable } = given
    const config = readConfig({ ...checkable, ORACLE_SECRET_KEY: secret })
    if (config.publicUrl === undefined && (values.network === 'testnet' || values.network === 'public'))
      throw new UsageError('Give --url: where solvers and other oracles reach this oracle.')
    const { networkPassphrase: passphrase, rpcUrl, contract } = config
    const friendbotUrl = values['no-fund'] ? null : friendbotOf(values, rpcUrl)
    const chain = connect({ name: values.network ?? 'custom', passphrase, rpcUrl, contract, friendbotUrl })
    await checkNetwork(chain)
    await mkdir(home, { recursive: true, mode: 0o700 })
    if (!existsSync(keyFile(home))) await writeDurably(keyFile(home), `${secret}\n`)
    const address = Keypair.fromSecret(secret).publicKey()
    io.out(`Oracle    ${address}\nKey       ${keyFile(home)} (back it up: all other keys are derived from it)\n`)
    // Before the settings, whose presence refuses a second `init`: what failed here is repeated with the same key.
    if (friendbotUrl !== null) await fund(chain, address, friendbotUrl)
    await writeDurably(file, settingsText(given))
    io.out(`Settings  ${file}\n`)
    const run = `npx stellartrain-oracle run --home ${home}`
    io.out(
      friendbotUrl === null ? `Send at least 10 XLM to ${address}, then: ${run}\n` : `It is funded. Next: ${run}\n`,
    )
    return 0
  },
}

/** @throws Error in words where the RPC does not answer, or serves another network or contract */
async function checkNetwork(chain: Chain): Promise<void> {
  const signal = AbortSignal.timeout(CHECK_MS)
  await checkDeployment(chain, { signal }).catch((cause: unknown) => {
    const why =
      signal.aborted || !(cause instanceof Error)
        ? `The RPC at ${hostOf(chain.rpc.url)} does not answer.`
        : cause.message
    throw new Error(`${why} Nothing was written. The RPC asked is ${hostOf(chain.rpc.url)}; --rpc names another.`, {
      cause,
    })
  })
}

async function fund(chain: Chain, address: string, friendbotUrl: string): Promise<void> {
  await fundWithFriendbot(chain, address).catch((cause: unknown) => {
    throw new Error(
      `No test money came from ${hostOf(friendbotUrl)} for ${address}. The key is kept, settings were not written: repeat init, with --friendbot URL for another one, or with --no-fund and send XLM yourself.`,
      { cause },
    )
  })
}

/** A local network is on any port, and answers for its RPC and its friendbot on the same one. */
function friendbotOf(values: { network?: string; rpc?: string; friendbot?: string }, rpcUrl: string): string | null {
  if (values.friendbot !== undefined) return values.friendbot
  if (values.network === 'local' && values.rpc !== undefined) return new URL('friendbot', rpcUrl).href
  return (values.network === undefined ? undefined : KNOWN_NETWORKS[values.network]?.friendbotUrl) ?? null
}

/** Of an address on this machine, the port that it must listen on; with TLS or another host a proxy stands in front. */
function portOf(url: string | undefined): string {
  const parsed = url === undefined ? null : URL.parse(url)
  return parsed?.protocol === 'http:' && isLoopback(parsed.href) ? parsed.port : ''
}

/** A key that is there stays: what was sealed to it could be opened by no other. */
async function secretOf(home: string, given: string | undefined): Promise<string> {
  const kept = keyFile(home)
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
