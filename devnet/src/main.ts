/** The command: starts a network, says where, and stops cleanly on SIGINT and SIGTERM. */
import { parseArgs } from 'node:util'
import { DEFAULT_PASSPHRASE, startDevnet } from './devnet.ts'
import { DevnetError } from './errors.ts'
import { isProfile } from './settings.ts'

const USAGE = `usage: npm run devnet -- [--port N] [--host ADDRESS] [--home DIR] [--settings mainnet|testnet|unlimited]
                         [--interval SECONDS|auto] [--passphrase TEXT] [--seed N] [--controls]
  --port        default 8000; 0 takes a free one
  --host        default 127.0.0.1
  --home        where the chain is kept; in memory only without it
  --settings    whose limits and prices: mainnet (default), testnet, or unlimited
  --interval    seconds between ledgers (default 1), or auto: one as soon as there is a transaction
  --passphrase  default '${DEFAULT_PASSPHRASE}'
  --seed        decides the order within a ledger and contracts' random numbers (default 0)
  --controls    answers POST /warp {"seconds", "ledgers"} and POST /close, for tests`

function readOptions() {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      port: text,
      host: text,
      home: text,
      settings: text,
      interval: text,
      passphrase: text,
      seed: text,
      controls: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const { port = '8000', settings = 'mainnet', interval = '1', seed = '0' } = values
  if (!isProfile(settings))
    throw new DevnetError('BAD_OPTION', `--settings must be mainnet, testnet or unlimited, not ${settings}`)
  return {
    ...values,
    settings,
    port: whole('--port', port, 65_535),
    seed: whole('--seed', seed, Number.MAX_SAFE_INTEGER),
    interval: interval === 'auto' ? ('auto' as const) : Number(interval),
  }
}

function whole(name: string, value: string, maximum: number): number {
  const number = Number(value)
  if (/^\d+$/.test(value) && number <= maximum) return number
  throw new DevnetError('BAD_OPTION', `${name} must be a whole number up to ${maximum}, not ${value}`)
}

try {
  const { help, ...options } = readOptions()
  if (help) console.log(USAGE)
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
      console.error(`  friendbot   ${net.friendbotUrl}?addr=G…`)
      console.error(`  passphrase  ${net.passphrase}`)
      console.error(`  chain       ${options.home ?? 'in memory: gone when it ends (--home DIR keeps it)'}\n`)
    }
  }
} catch (error) {
  console.error(error instanceof DevnetError ? error.message : error)
  if (error instanceof TypeError) console.error(USAGE)
  process.exitCode = 1
}
