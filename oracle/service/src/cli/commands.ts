/** The operator's commands beside `run`, by name; each is loaded when it is called. */
import { ConfigError, withoutKeys } from '@stellartrain/service'
import { publicError } from '../errors.ts'
import { type Command, type Io, UsageError } from './command.ts'

const COMMANDS: Readonly<Record<string, { summary: string; load(): Promise<Command> }>> = {
  init: { summary: 'make key and settings', load: async () => (await import('./init.ts')).init },
  status: {
    summary: 'look at account, registration and the running oracle',
    load: async () => (await import('./status.ts')).status,
  },
  'rotate-key': {
    summary: 'register a new encryption key',
    load: async () => (await import('./rotate-key.ts')).rotateKey,
  },
  trust: { summary: 'let it be paid in an asset', load: async () => (await import('./trust.ts')).trust },
  withdraw: {
    summary: 'take fees, or send money elsewhere',
    load: async () => (await import('./withdraw.ts')).withdraw,
  },
}

export const COMMANDS_HELP = `Commands
${Object.entries({ run: { summary: 'run it; the same without a command' }, ...COMMANDS })
  .map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  .join('\n')}

stellartrain-oracle COMMAND --help says more.`

export const isCommand = (name: string | undefined): name is string =>
  name !== undefined && Object.hasOwn(COMMANDS, name)

/** Resolves to the exit code: 0, 1 where it failed or something needs the operator, 2 for a wrong call or setting. */
export async function runCommand(name: string, args: readonly string[], io: Io): Promise<number> {
  const command = await COMMANDS[name]!.load()
  if (args.includes('--help') || args.includes('-h')) {
    io.out(command.help)
    return 0
  }
  try {
    return await command.run(args, io)
  } catch (error) {
    const wrong = error instanceof UsageError || error instanceof ConfigError
    io.err(`${withoutKeys(wrong || error instanceof Error ? error.message : publicError(error).message)}\n`)
    if (error instanceof UsageError) io.err(`\nstellartrain-oracle ${name} --help says more.\n`)
    return wrong ? 2 : 1
  }
}
