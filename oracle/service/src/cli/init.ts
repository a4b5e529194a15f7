/** `init`: a key, a settings file, and money where a network gives it away. */
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { Keypair, StrKey } from '@stellar/stellar-sdk/base'
import { connect, fundWithFriendbot, KNOWN_NETWORKS } from '@stellartrain/contracts-client'
import { writeDurably } from '@stellartrain/service'
import { readConfig } from '../config.ts'
import { type Command, HOME_HELP, homeOf, parse, UsageError } from './command.ts'
import { keyFile, loadSettings, settingsFile, settingsText } from './settings.ts'

const NAMES = Object.keys(KNOWN_NETWORKS).join(', ')

const help = `Make the key and the settings file of an oracle.

Usage: stellartrain-oracle init --network NAME --contract C… --ipfs URL [--url URL] [options]

Options
  --network NAME      ${NAMES}
  --contract C…       the StellarTrain contract
  --ipfs URL          IPFS services, separated by commas
  --url URL           where others reach this oracle; required on testnet and the public network
  --rpc URL           the Stellar RPC (default: the network's own, where it has one)
  --passphrase TEXT   of a network that is not in the list
  --name TEXT, --website URL, --description TEXT
                      what people read about it
  --secret-file FILE  use this signing key instead of a new one
  --friendbot URL     of a network that is not in the list
  --no-fund           ask no friendbot
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
    if (existsSync(file)) throw new UsageError(`${file} is there already: edit it, or name another folder with --home.`)
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
    }
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''))
    // All that is missing or wrong, before anything is written.
    const { ORACLE_SECRET_KEY_FILE: _, ...checkable } = given
    const config = readConfig({ ...checkable, ORACLE_SECRET_KEY: secret })
    if (config.publicUrl === undefined && (values.network === 'testnet' || values.network === 'public'))
      throw new UsageError('Give --url: where solvers and other oracles reach this oracle.')
    await mkdir(home, { recursive: true, mode: 0o700 })
    if (!existsSync(keyFile(home))) await writeDurably(keyFile(home), `${secret}\n`)
    await writeDurably(file, settingsText(given))
    const address = Keypair.fromSecret(secret).publicKey()
    io.out(
      `Oracle    ${address}\nKey       ${keyFile(home)} (back it up: its encryption keys are derived from it)\nSettings  ${file}\n`,
    )
    const friendbotUrl = values.friendbot ?? known?.friendbotUrl ?? null
    if (values['no-fund'] || friendbotUrl === null) {
      io.out(`Send at least 10 XLM to ${address}, then: stellartrain-oracle run --home ${home}\n`)
      return 0
    }
    const { networkPassphrase: passphrase, rpcUrl, contract } = loadAgain(home, secret)
    await fundWithFriendbot(
      connect({ name: values.network ?? 'custom', passphrase, rpcUrl, contract, friendbotUrl }),
      address,
    )
    io.out(`Funded by the network. Next: stellartrain-oracle run --home ${home}\n`)
    return 0
  },
}

const loadAgain = (home: string, secret: string) =>
  readConfig({ ...loadSettings(home, {}), ORACLE_SECRET_KEY_FILE: '', ORACLE_SECRET_KEY: secret })

/** A key that is there stays: what was sealed to it could be opened by no other. */
async function secretOf(home: string, given: string | undefined): Promise<string> {
  const kept = keyFile(home)
  const from = given ?? (existsSync(kept) ? kept : undefined)
  if (from === undefined) return Keypair.random().secret()
  const secret = (await readFile(from, 'utf8').catch(() => '')).trim()
  if (!StrKey.isValidEd25519SecretSeed(secret)) throw new UsageError(`${from} does not hold a secret key S….`)
  return secret
}
