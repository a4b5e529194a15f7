/** The indexer's process. Commands: `serve` (the default) follows and answers, `rebuild` replays the archive, `verify` asks the chain. */
import { connect, networkName } from '@stellartrain/contracts-client'
import { runJob, runService } from '@stellartrain/service'
import type { Client } from 'pg'
import { type Config, OPTIONS, requestsPerMinute } from './config.ts'
import { startIndexer } from './indexer.ts'
import { createRpcs } from './source/rpcs.ts'
import { withClient } from './store/pool.ts'
import { checkOwner } from './sync/identity.ts'
import { rebuild } from './sync/rebuild.ts'
import { verify } from './verify/verify.ts'
import { VERSION } from './version.ts'

const ABOUT = `The StellarTrain indexer: follows the contract into PostgreSQL and serves what it found.

Commands:
  serve    (the default) follows the contract and answers.
  verify   compares every row with the contract's own storage; exits with 0 where nothing differs, 1 where something does or is
           marked as not to be believed, 2 for wrong options. A line of progress for every 100 challenges.
  rebuild  makes the tables again from the kept events, one challenge after the other, while a running indexer continues to serve.`

const main = { name: 'stellartrain-indexer [serve | rebuild | verify]', about: ABOUT, options: OPTIONS }

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)

const withDatabase = <T>({ dbUrl }: Config, work: (client: Client) => Promise<T>) => withClient(dbUrl, work)

const progress = (done: number, of: number) => {
  if (done % 100 === 0 || done === of) say({ event: 'progress', done, of })
}

const jobs: Record<string, (config: Config) => Promise<void>> = {
  async rebuild(config) {
    say({ event: 'rebuilt', ...(await withDatabase(config, (client) => rebuild(client, { progress }))) })
  },
  async verify(config) {
    const { network, contract, rpcUrls } = config
    const rpcs = createRpcs(rpcUrls, { network })
    const chain = connect(
      { name: networkName(network), passphrase: network, rpcUrl: rpcs.url, contract },
      { rpc: rpcs },
    )
    await withDatabase(config, async (client) => {
      await checkOwner(client, { network, contract })
      const archived: number[] = []
      const unread = (id: number) => void archived.push(id)
      const differences = await verify(client, chain, { progress, unread })
      for (const difference of differences) say({ event: 'difference', ...difference })
      const marked = (await client.query('select state, count(*)::int as n from incomplete group by state')).rows
      const count = (state: string) => marked.find((row) => row.state === state)?.n ?? 0
      const unknown = { recovered: count('recovered'), partial: count('partial') }
      say({ event: 'verified', differences: differences.length, ...unknown, archived: archived.length })
      process.exitCode = differences.length > 0 || unknown.partial > 0 ? 1 : 0
    })
  },
}

const [command = 'serve'] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const job = jobs[command]
if (job !== undefined) await runJob({ ...main, run: job })
else if (command === 'serve')
  await runService({
    ...main,
    version: VERSION,
    async start({ tracesUrl: _, ...config }, log, traces) {
      const { url, stop } = await startIndexer({
        ...config,
        requestsPerMinute: requestsPerMinute(config),
        webhooksPrivate: config.webhooksPrivate === 'yes',
        log,
        traces,
        onFatal(error) {
          process.stderr.write(`${error.message}\n`)
          process.exit(1)
        },
      })
      return { url, close: stop }
    },
  })
else {
  process.stderr.write(`"${command}" is not a command. Usage: ${main.name}\n`)
  process.exit(2)
}
