/** The indexer's process. Commands: `serve` (the default) follows and answers, `rebuild` replays the archive, `verify` asks the chain. */
import { connect, networkName } from '@stellartrain/contracts-client'
import { runJob, runService } from '@stellartrain/service'
import { Client } from 'pg'
import { type Config, OPTIONS, requestsPerMinute } from './config.ts'
import { startIndexer } from './indexer.ts'
import { rebuild } from './sync/rebuild.ts'
import { verify } from './verify/verify.ts'

const ABOUT = `The StellarTrain indexer: follows the contract into PostgreSQL and serves what it found.

Commands: serve (the default), rebuild (replays the event archive), verify (compares the database with the contract).`

const main = { name: 'stellartrain-indexer [serve | rebuild | verify]', about: ABOUT, options: OPTIONS }

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)

async function withDatabase<T>({ dbUrl }: Config, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: dbUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const jobs: Record<string, (config: Config) => Promise<void>> = {
  async rebuild(config) {
    say({ event: 'rebuilt', events: await withDatabase(config, rebuild) })
  },
  async verify(config) {
    const { network, contract, rpcUrl } = config
    const chain = connect({ name: networkName(network), passphrase: network, rpcUrl, contract })
    const differences = await withDatabase(config, (client) => verify(client, chain))
    for (const difference of differences) say({ event: 'difference', ...difference })
    say({ event: 'verified', differences: differences.length })
    process.exitCode = differences.length === 0 ? 0 : 1
  },
}

const [command = 'serve'] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const job = jobs[command]
if (job !== undefined) await runJob({ ...main, run: job })
else if (command === 'serve')
  await runService({
    ...main,
    async start(config, log) {
      const { url, stop } = await startIndexer({ ...config, requestsPerMinute: requestsPerMinute(config), log })
      return { url, close: stop }
    },
  })
else {
  process.stderr.write(`"${command}" is not a command. Usage: ${main.name}\n`)
  process.exit(2)
}
