/** The CLI: finds the command, loads only that, and turns what goes wrong into a sentence and an exit code. */
import { COMMANDS, HELP } from './commands.ts'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { suggest } from './suggest.ts'

/** Runs a command line; returns the exit code. Never throws. */
export async function main(argv: readonly string[], given?: Io): Promise<number> {
  const io = given ?? (await surroundings())
  const json = argv.includes('--json')
  // It may stand before the command, too.
  const [name, ...rest] = argv[0] === '--json' && argv.length > 1 ? [...argv.slice(1), '--json'] : argv
  if (name === '--version' || name === '-v') return printVersion(io, json)
  if (name === 'help' || name === '--help' || name === '-h')
    return printHelp(
      rest.find((one) => one !== '--json'),
      io,
      json,
    )
  if (name === undefined || name.startsWith('-')) {
    if (json || name !== undefined) return fail(new UsageError('Name a command.'), 'stellartrain', json, io)
    io.stdout(HELP)
    return EXIT.usage
  }
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!known) return fail(unknownCommand(name), 'stellartrain', json, io)
  try {
    const command = await known.load()
    if (rest.includes('--help') || rest.includes('-h')) {
      return sayHelp(command.help, io, json)
    }
    return await command.run(rest, io)
  } catch (error) {
    return fail(error, `stellartrain ${name}`, json, io)
  }
}

async function surroundings(): Promise<Io> {
  const { endQuietlyOnClosedPipe, nodeIo } = await import('./node-io.ts')
  endQuietlyOnClosedPipe()
  return nodeIo()
}

function unknownCommand(name: string): UsageError {
  const meant = suggest(name, Object.keys(COMMANDS))
  return new UsageError(`There is no command "${name}".${meant ? ` Did you mean ${meant}?` : ''}`)
}

async function printVersion(io: Io, json: boolean): Promise<number> {
  const { version } = await import('./version.ts')
  if (json) printJson(io, { version: version() })
  else io.stdout(`${version()}\n`)
  return EXIT.ok
}

async function printHelp(name: string | undefined, io: Io, json: boolean): Promise<number> {
  if (name === undefined || name.startsWith('-')) return sayHelp(HELP, io, json)
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!known) return fail(unknownCommand(name), 'stellartrain', json, io)
  return sayHelp((await known.load()).help, io, json)
}

function sayHelp(help: string, io: Io, json: boolean): number {
  if (json) printJson(io, { help })
  else io.stdout(help)
  return EXIT.ok
}

/** What an error of ours, of the contract, of the chain or of content may carry. */
type Known = {
  code?: string | number
  /** The contract's name of an error that has a number as its code. */
  errorName?: string
  retryable?: boolean
  detail?: string
  problems?: readonly { path: string; message: string }[]
  details?: unknown
}

/** Wrong settings and wrong values are for the caller to correct, as wrong options are. */
const USAGE: ReadonlySet<unknown> = new Set([
  'usage',
  'bad_config',
  'bad_value',
  'wrong_network',
  'no_contract',
  'wrong_contract',
])

/** Nothing to do is no failure: whoever repeats a call on a schedule gets 0 and the reason. Nothing was sent. */
const NOTHING: ReadonlySet<unknown> = new Set([
  'nothing_owed',
  'nothing_to_settle',
  'NothingOwed',
  'NothingEarned',
  'NothingToSettle',
  'NothingToClose',
])

function fail(error: unknown, usage: string, json: boolean, io: Io): number {
  if (io.signal.aborted) {
    const message = 'Interrupted. What was signed may still be applied; the same command resumes from there.'
    if (json) printJson(io, { error: { code: 'interrupted', message, retryable: true } })
    io.stderr(`${message}\n`)
    return EXIT.interrupted
  }
  const message = error instanceof Error ? error.message : String(error)
  const { code, errorName, retryable = false, detail, problems, details } = (error ?? {}) as Known
  if (NOTHING.has(errorName ?? code)) {
    if (json) printJson(io, { nothing: { code: errorName ?? code, message } })
    else io.stdout(`${message}\n`)
    return EXIT.ok
  }
  if (json) {
    const more = details ?? (problems?.length ? problems : undefined)
    const named = errorName ?? code ?? 'unexpected'
    printJson(io, { error: { code: named, message, retryable, ...(more ? { details: more } : {}) } })
  }
  io.stderr(`${message}\n`)
  for (const problem of problems ?? []) if ('path' in problem) io.stderr(`  ${problem.path}: ${problem.message}\n`)
  if (code === undefined) {
    io.stderr(`This is a bug: please report it.\n${error instanceof Error ? error.stack : ''}\n`)
  } else if (detail && io.env.LOG_LEVEL === 'debug') {
    io.stderr(`${detail}\n`)
  }
  if (error instanceof UsageError) io.stderr(`See ${usage} --help.\n`)
  if (USAGE.has(code)) return EXIT.usage
  return retryable ? EXIT.unreachable : EXIT.refused
}
