/** A service as a process: options from the environment, JSON lines on stdout, a clean stop on SIGINT and SIGTERM. */

import { optionsHelp } from '../config/help.ts'
import { ConfigError, type ConfigOf, type OptionTable, readOptions } from '../config/options.ts'
import { calmLog } from '../log/calm-log.ts'
import { createLog, type Log, logLine } from '../log/log.ts'
import { withoutKeys } from '../log/without-keys.ts'
import { noTraces, startTraces, type Traces } from '../traces/traces.ts'

export type Running = Readonly<{ url: string; close(): Promise<void> }>

export type ServiceMain<Table extends OptionTable> = Readonly<{
  /** The command. */
  name: string
  /** What it does, one sentence for `--help`. */
  about: string
  options: Table
  /** What was written behind the command: nothing but `--help` is taken. Default: all that was. */
  args?: readonly string[]
  /** Should load the service's modules only when it is called: a wrong option is then reported at once. */
  start(config: ConfigOf<Table>, log: Log, traces: Traces): Promise<Running>
  /** For traces. */
  version?: string
  /** Default: 5 s after a signal the process ends whether or not the service has closed. */
  deadlineMs?: number
}>

/** Common to every table. */
type Common = Readonly<{ logLevel: Parameters<typeof createLog>[0]; tracesUrl?: string }>

/** Runs until a signal. Exits with 0 after a clean stop, 1 where the start or the stop failed, 2 for wrong options. */
export function runService<Table extends OptionTable>(main: ServiceMain<Table>): Promise<void> {
  return configured(
    main,
    async (config) => {
      const { logLevel, tracesUrl } = config as unknown as Common
      const log = calmLog(createLog(logLevel))
      const service = main.name.split(' ')[0]!
      const traces = tracesUrl ? startTraces({ url: tracesUrl, service, version: main.version ?? '', log }) : noTraces
      const starting = main.start(config, log, traces)
      // Before anyone can know that the service listens, so that no signal is lost.
      stopOnSignal(
        () => starting.then((running) => running.close()).finally(traces.close),
        log,
        main.deadlineMs ?? 5_000,
      )
      const { url } = await starting
      // Programs that start a service wait for this line, so it is written at every level. Whether it can work is for /ready to say.
      process.stdout.write(logLine(new Date(), 'info', 'listening', { url }))
    },
    withoutLog,
  )
}

/** What may be lost of the output without ending the work. */
type Losable = (error: NodeJS.ErrnoException) => boolean

/**
 * A reader that leaves, such as `head`, must not end a job that works; its exit code stays the work's own, so `verify | head`
 * never reports a database as right that is not.
 */
const withoutReader: Losable = ({ code }) => code === 'EPIPE'

/** A service works on whatever happens to its log: a full disk behind it is no reason to stop serving. */
const withoutLog: Losable = () => true

export type JobMain<Table extends OptionTable> = Pick<ServiceMain<Table>, 'name' | 'about' | 'options' | 'args'> &
  Readonly<{ run(config: ConfigOf<Table>): Promise<void> }>

/** A command of a service that ends by itself; exit codes as for `runService`. */
export function runJob<Table extends OptionTable>(main: JobMain<Table>): Promise<void> {
  return configured(main, main.run)
}

async function configured<Table extends OptionTable>(
  { name, about, options, args = process.argv.slice(2) }: Omit<ServiceMain<Table>, 'start' | 'deadlineMs'>,
  use: (config: ConfigOf<Table>) => Promise<void>,
  losable: Losable = withoutReader,
): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!losable(error)) throw error
    })
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    process.stdout.write(`${about}\n\nUsage: ${name}, with these variables:\n${optionsHelp(options)}\n`)
    return
  }
  const [unknown] = args
  if (unknown !== undefined) {
    const what = unknown.startsWith('-')
      ? `There is no option ${unknown}`
      : `There is one argument too many: "${unknown}"`
    process.stderr.write(`${what}. ${name} is set up by variables; --help lists them.\n`)
    process.exit(2)
  }
  try {
    await use(readOptions(options, process.env))
  } catch (error) {
    process.stderr.write(`${withoutKeys(error instanceof Error ? error.message : String(error))}\n`)
    process.exit(error instanceof ConfigError ? 2 : 1)
  }
}

/** The first signal stops the service, a second one ends the process at once. */
export function stopOnSignal(close: () => Promise<void>, log: Log, deadlineMs: number): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info('stopping', { signal })
    setTimeout(() => {
      log.error('stopped_late', { deadlineMs })
      process.exit(1)
    }, deadlineMs).unref()
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
}
