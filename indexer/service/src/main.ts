/** The indexer's process. Commands: `serve` (the default) follows and answers, `rebuild` replays the archive, `verify` asks the chain. */
import { type JobMain, runJob, runService } from '@stellartrain/service/process'
import { OPTIONS, requestsPerMinute } from './config.ts'
import { VERSION } from './version.ts'

const NAME = 'stellartrain-indexer'
const ABOUT = `The StellarTrain indexer: follows the contract into PostgreSQL and serves what it found.

Commands:
  serve    (the default) follows the contract and answers.
  verify   compares every row with the contract's own storage; exits with 0 where nothing differs, 1 where something does or is
           marked as not to be believed, 2 for wrong options. A line of progress for every 100 challenges.
  rebuild  makes the tables again from the kept events, one challenge after the other, while a running indexer continues to serve.`

const [given, ...rest] = process.argv.slice(2)
const command = given === undefined || given.startsWith('-') ? 'serve' : given
const main = {
  name: `${NAME} [serve | rebuild | verify]`,
  about: ABOUT,
  options: OPTIONS,
  args: given === command ? rest : process.argv.slice(2),
}

// Each is loaded when it is called: the help and a wrong option need nothing of them.
const jobs: Record<string, JobMain<typeof OPTIONS>['run']> = {
  rebuild: async (config) => (await import('./jobs.ts')).rebuildTables(config),
  verify: async (config) => (await import('./jobs.ts')).verifyTables(config),
}

const run = Object.hasOwn(jobs, command) ? jobs[command] : undefined
if (run !== undefined) await runJob({ ...main, run })
else if (command === 'serve')
  await runService({
    ...main,
    version: VERSION,
    async start({ tracesUrl: _, ...config }, log, traces) {
      const { startIndexer } = await import('./indexer.ts')
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
