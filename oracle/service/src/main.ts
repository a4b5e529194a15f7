/** The oracle as a process: environment in, JSON lines out, a clean stop on SIGINT and SIGTERM. */
import { readConfig } from './config.ts'
import { OracleError } from './errors.ts'
import { createLog } from './log.ts'
import { startOracle } from './oracle.ts'

try {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel, (line) => process.stdout.write(line))
  const oracle = await startOracle({ ...config, log })
  process.stdout.write(`${JSON.stringify({ event: 'ready', url: oracle.url })}\n`)
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      // A call that does not end must not keep the process alive: what is lost is found again on the chain.
      setTimeout(() => process.exit(0), 4_000).unref()
      void oracle.close().finally(() => process.exit(0))
    })
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof OracleError && error.code === 'bad_config' ? 2 : 1)
}
