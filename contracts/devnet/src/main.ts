/** The command: starts a network, says where, and stops cleanly on SIGINT and SIGTERM. */
import { parseArgs } from 'node:util'
import { startDevnet } from './devnet.ts'
import { DevnetError } from './errors.ts'
import { isProfile } from './settings.ts'

const USAGE = `usage: devnet [--port N] [--host ADDRESS] [--home DIR] [--settings mainnet|testnet|unlimited]
              [--interval SECONDS|auto] [--passphrase TEXT] [--seed N] [--controls]
  --port      default 8000; 0 takes a free one
  --home      where the chain is kept; in memory only without it
  --interval  seconds between ledgers (default 1), or auto: one as soon as there is a transaction
  --controls  answers POST /warp {"seconds", "ledgers"} and POST /close, for tests`

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
    const net = await startDevnet({ ...options, log: (line) => console.error(line) })
    const stop = () => void net.close().then(() => process.exit(0))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    console.log(net.url)
  }
} catch (error) {
  console.error(error instanceof DevnetError ? error.message : error)
  if (error instanceof TypeError) console.error(USAGE)
  process.exitCode = 1
}
