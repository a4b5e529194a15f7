/** The CLI: finds the command, loads only that, and turns what goes wrong into a sentence and an exit code. */
import { COMMANDS, HELP } from './commands.ts'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { fail } from './refusal.ts'
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
    if (rest.includes('--help') || rest.includes('-h')) return sayHelp(await known.help(), io, json)
    const command = await known.load()
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
  return sayHelp(await known.help(), io, json)
}

function sayHelp(help: string, io: Io, json: boolean): number {
  if (json) printJson(io, { help })
  else io.stdout(help)
  return EXIT.ok
}
