/** The command line: starts a network, says where, and stops cleanly on SIGINT and SIGTERM. */
import { parseArgs } from 'node:util'
import { DEFAULT_PASSPHRASE, startDevnet } from './devnet.ts'
import { DevnetError } from './errors.ts'
import { isProfile } from './settings.ts'
import { VERSION } from './version.ts'

const USAGE = `usage: stellartrain-devnet [options]

A Stellar network in one process: RPC and friendbot on http://127.0.0.1:8000.

  --port N             default 8000; 0 takes a free one
  --host ADDRESS       default 127.0.0.1; 0.0.0.0 is every interface
  --home DIR           where the chain is kept; in memory only without it
  --settings NAME      whose limits and prices: mainnet (default), testnet, or unlimited
  --interval SECONDS   between ledgers (default 1), or auto: one as soon as there is a transaction
  --passphrase TEXT    default '${DEFAULT_PASSPHRASE}'
  --public-url URL     where clients find this network, if not at the address that they ask
  --seed N             decides the order within a ledger and contracts' random numbers (default 0)
  --controls           lets tests warp, close ledgers, and take and restore snapshots by HTTP
  --version, --help`

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const OPTIONS = {
  port: text,
  host: text,
  home: text,
  settings: text,
  interval: text,
  passphrase: text,
  'public-url': text,
  seed: text,
  controls: flag,
  help: { ...flag, short: 'h' },
  version: flag,
} as const

/**
 * What the command line asks for.
 * @throws {DevnetError} `BAD_OPTION` with a sentence about the first option that is wrong.
 */
function readOptions() {
  const { help, version, ...values } = parse()
  const { port = '8000', settings = 'mainnet', interval = '1', seed = '0', 'public-url': publicUrl, ...rest } = values
  if (!isProfile(settings)) throw bad(`--settings must be mainnet, testnet or unlimited, not '${settings}'`)
  return {
    help,
    version,
    options: {
      ...rest,
      publicUrl,
      settings,
      port: whole('--port', port, 65_535),
      seed: whole('--seed', seed, Number.MAX_SAFE_INTEGER),
      interval: interval === 'auto' ? ('auto' as const) : seconds(interval),
    },
  }
}

function parse() {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch (error) {
    // The first sentence says what is wrong; what Node advises after it is for other programs.
    throw bad(error instanceof Error ? error.message.split(/\.(?=\s)/)[0]! : String(error))
  }
}

function whole(name: string, value: string, maximum: number): number {
  const number = Number(value)
  if (/^\d+$/.test(value) && number <= maximum) return number
  throw bad(`${name} must be a whole number up to ${maximum}, not '${value}'`)
}

function seconds(value: string): number {
  const number = Number(value)
  if (value.trim() !== '' && number > 0 && number <= 3600) return number
  throw bad(`--interval must be auto or between 0 and 3600 seconds, not '${value}'`)
}

const bad = (message: string) => new DevnetError('BAD_OPTION', message)

try {
  const { help, version, options } = readOptions()
  if (help) console.log(USAGE)
  else if (version) console.log(VERSION)
  else {
    const failed = () => process.exit(1) // it has said why; whoever supervises it starts it again, and then there may be room
    const net = await startDevnet({ ...options, log: (line) => console.error(line), failed })
    const stop = () => void net.close().then(() => process.exit(0))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    console.log(net.url)
    // For people; programs read the one line above.
    if (process.stderr.isTTY) {
      console.error(`\n  RPC         ${net.rpcUrl}`)
      console.error(`  friendbot   ${net.friendbotUrl}?addr=ADDRESS`)
      console.error(`  passphrase  ${net.passphrase}`)
      console.error(`  chain       ${options.home ?? 'in memory: gone when it ends (--home DIR keeps it)'}\n`)
    }
  }
} catch (error) {
  const usage = error instanceof DevnetError && error.code === 'BAD_OPTION'
  if (usage) console.error(`stellartrain-devnet: ${error.message} (--help lists the options)`)
  else console.error(error instanceof DevnetError ? error.message : error)
  process.exitCode = usage ? 2 : 1
}
