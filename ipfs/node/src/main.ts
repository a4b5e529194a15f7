/** The IPFS service as a process: environment in, JSON lines out, a clean stop on SIGINT and SIGTERM. */
import { ConfigError, readConfig } from './config.ts'
import { createLog } from './log.ts'

try {
  const config = readConfig()
  const log = createLog(config.logLevel, (line) => process.stdout.write(line))
  const { secretKey, kuboUrl, ...options } = config
  // Loaded only now: a mistake in the configuration is told at once.
  const starting = import('./start.ts').then(({ startIpfs }) =>
    startIpfs({
      ...options,
      ...(secretKey === undefined ? {} : { secretKey }),
      ...(kuboUrl === undefined ? {} : { kuboUrl }),
      log,
    }),
  )
  // Listened to before anybody can know that we are ready.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await starting.then((running) => running.close()).catch(() => {})
      process.exit(0)
    })
  }
  const { url } = await starting
  process.stdout.write(`${JSON.stringify({ event: 'ready', url })}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(error instanceof ConfigError ? 2 : 1)
}
