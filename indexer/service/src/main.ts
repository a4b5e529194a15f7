/** The indexer's process. Commands: `serve` (the default) follows and answers, `rebuild` replays the archive, `verify` asks the chain. */
import { connect, networkName } from '@stellartrain/contracts-client'
import { Client } from 'pg'
import { type Config, ConfigError, readConfig, requestsPerMinute } from './config.ts'
import { startIndexer } from './indexer.ts'
import { createLog } from './log.ts'
import { rebuild } from './sync/rebuild.ts'
import { verify } from './verify/verify.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

function configure(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}

async function serve(config: Config): Promise<void> {
  const log = createLog(config.LOG_LEVEL, say)
  const indexer = await startIndexer({
    dbUrl: config.DB_URL,
    rpcUrl: config.RPC_URL,
    network: config.NETWORK_PASSPHRASE,
    contract: config.CONTRACT_ADDRESS,
    host: config.HOST,
    port: config.PORT,
    startLedger: config.START_LEDGER,
    ipfsUrl: config.IPFS_URL,
    requestsPerMinute: requestsPerMinute(config),
    proxies: config.PROXIES,
    log,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    process.stderr.write(
      `Port ${config.PORT} on ${config.HOST} is taken. Stop what listens there, or set PORT (0 picks a free one).\n`,
    )
    process.exit(1)
  })
  say(JSON.stringify({ event: 'ready', url: indexer.url }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), 5_000).unref()
      void indexer.stop().then(() => process.exit(0))
    })
  }
}

async function rebuildOnce(config: Config): Promise<void> {
  const client = new Client({ connectionString: config.DB_URL })
  await client.connect()
  const replayed = await rebuild(client)
  await client.end()
  say(JSON.stringify({ event: 'rebuilt', events: replayed }))
}

async function verifyOnce(config: Config): Promise<void> {
  const client = new Client({ connectionString: config.DB_URL })
  await client.connect()
  const network = { name: networkName(config.NETWORK_PASSPHRASE), passphrase: config.NETWORK_PASSPHRASE }
  const chain = connect({ ...network, rpcUrl: config.RPC_URL, contract: config.CONTRACT_ADDRESS })
  const differences = await verify(client, chain)
  await client.end()
  for (const difference of differences) say(JSON.stringify({ event: 'difference', ...difference }))
  say(JSON.stringify({ event: 'verified', differences: differences.length }))
  process.exitCode = differences.length === 0 ? 0 : 1
}

const command = process.argv[2] ?? 'serve'
if (command === 'serve') await serve(configure())
else if (command === 'rebuild') await rebuildOnce(configure())
else if (command === 'verify') await verifyOnce(configure())
else {
  process.stderr.write(`"${command}" is not known. Usage: main.ts [serve | rebuild | verify]\n`)
  process.exit(2)
}
