/** The oracle as a process, and the commands of its operator. */
import { runService } from '@stellartrain/service/process'
import { homeOf, type Io, parse, requireOracle } from './cli/command.ts'
import { COMMANDS_HELP, isCommand, runCommand } from './cli/commands.ts'
import { loadSettings } from './cli/settings.ts'
import { OPTIONS } from './config.ts'
import { forgetKeyFile, hideKey } from './hide-key.ts'
import { VERSION } from './version.ts'

const [command, ...args] = process.argv.slice(2)
const io: Io = {
  env: process.env,
  cwd: process.cwd(),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}

if (isCommand(command)) process.exitCode = await runCommand(command, args, io)
else await run()

async function run(): Promise<void> {
  // First, and of the environment alone: what is read from a file shows nowhere.
  hideKey()
  process.on('exit', forgetKeyFile)
  try {
    useSettings()
  } catch (error) {
    io.err(`${error instanceof Error ? error.message : 'The settings cannot be read.'}\n`)
    process.exit(2)
  }
  await runService({
    name: 'stellartrain-oracle',
    about: `The StellarTrain oracle: grades sealed submissions and posts the verdicts that pay them.\n\n${COMMANDS_HELP}`,
    options: OPTIONS,
    version: VERSION,
    // What stands behind the command was read above.
    args: process.argv.slice(2).filter((argument) => argument === '--help' || argument === '-h'),
    async start({ tracesUrl: _, ...config }, log, traces) {
      forgetKeyFile()
      const { startOracle } = await import('./oracle.ts')
      return startOracle({ ...config, log, traces, fatal })
    },
  })
}

/** What `init` wrote, below the environment. */
function useSettings(): void {
  if (command !== undefined && command !== 'run' && !command.startsWith('-'))
    throw new Error(`There is no command ${command}.\n\n${COMMANDS_HELP}`)
  if (process.argv.some((argument) => argument === '--help' || argument === '-h')) return
  const { values } = parse(command === 'run' ? args : process.argv.slice(2), {})
  const home = homeOf(values.home, io)
  requireOracle(home, io)
  Object.assign(process.env, loadSettings(home, process.env))
}

/** Settings that do not belong together: said once, not for ever. */
function fatal(error: Error): void {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
