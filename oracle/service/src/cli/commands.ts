/** The operator's commands beside `run`, by name; each is loaded when it is called, and not for its help. */
import { ConfigError } from '@stellartrain/service/config'
import { type Command, type Io, UsageError } from './command.ts'
import { HELP } from './help.ts'

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
  const json = args.includes('--json')
  const print = (value: object) => io.out(`${JSON.stringify(value)}\n`)
  if (args.includes('--help') || args.includes('-h')) {
    const help = HELP[name]!
    if (json) print({ help })
    else io.out(help)
    return 0
  }
  try {
    const command = await COMMANDS[name]!.load()
    const done = await command.run(args, json ? { ...io, out() {} } : io)
    if (json) print(done.json)
    return done.code
  } catch (error) {
    const { code, message } = await refusalOf(error)
    if (json) print({ error: { code, message } })
    else {
      io.err(`${message}\n`)
      if (error instanceof UsageError && error.help) io.err(`See stellartrain-oracle ${name} --help.\n`)
    }
    return error instanceof UsageError || error instanceof ConfigError ? 2 : 1
  }
}

/** A code for programs and a sentence for people; no key is ever in either. */
async function refusalOf(error: unknown): Promise<{ code: string; message: string }> {
  const [{ publicError }, { withoutKeys }] = await Promise.all([
    import('../errors.ts'),
    import('@stellartrain/service'),
  ])
  const { code } = publicError(error)
  const known = (error as { code?: unknown } | null)?.code
  return {
    code: code === 'unexpected' && typeof known === 'string' ? known : code,
    message: withoutKeys(error instanceof Error ? error.message : publicError(error).message),
  }
}
