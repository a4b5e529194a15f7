/** What the operator's commands have in common: arguments, output, the folder of their oracle, and refusals. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { OPTIONS } from '../config.ts'
import { settingsFile } from './settings.ts'

export type Io = Readonly<{
  env: Record<string, string | undefined>
  /** Where paths begin, and where a local system is looked for. */
  cwd: string
  out(text: string): void
  err(text: string): void
}>

/** `code`: 0 for done, 1 for trouble. `json`: all of it, for programs. */
export type Done = Readonly<{ code: 0 | 1; json: object }>

export type Command = Readonly<{
  /** What `out` gets is for people; with `--json` it goes nowhere. Throws UsageError for exit code 2. */
  run(args: readonly string[], io: Io): Promise<Done>
}>

/** A call that cannot be carried out as it was written. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'usage'
  /** Whether the command's help says more. */
  readonly help: boolean

  constructor(message: string, { help = true }: { help?: boolean } = {}) {
    super(message)
    this.help = help
  }
}

/** What cannot be done now, in a sentence; nothing was sent. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

export function parse<const T extends Options>(args: readonly string[], options: T, most = 0) {
  try {
    const common = { home: { type: 'string' }, json: { type: 'boolean' } } as const
    const parsed = parseArgs({ args: [...args], options: { ...common, ...options }, allowPositionals: true })
    const [extra] = parsed.positionals.slice(most)
    if (extra !== undefined) throw new UsageError(`There is one argument too many: "${extra}".`)
    return parsed
  } catch (error) {
    if (error instanceof UsageError) throw error
    // Node adds how an argument that begins with a dash is written.
    const [sentence] = (error instanceof Error ? error.message : 'The arguments cannot be read').split(/\. |\n/)
    throw new UsageError(`${sentence!.replace(/\.$/, '')}.`)
  }
}

export const homeOf = (given: string | undefined, { env, cwd }: Io): string =>
  resolve(cwd, given ?? (env.ORACLE_HOME || '.stellartrain/oracle'))

/** Without any of them nothing was set up: not even variables, as a container has them. */
const NAMES = Object.values(OPTIONS).flatMap(({ name, aliases, required }) =>
  required ? [name, ...aliases].flatMap((one) => [one, `${one}_FILE`]) : [],
)

/** Neither a settings file nor a variable: nobody has made an oracle here. @throws UsageError */
export function requireOracle(home: string, { env }: Pick<Io, 'env'>): void {
  if (existsSync(settingsFile(home)) || NAMES.some((name) => env[name])) return
  throw new UsageError(
    `There is no oracle in ${home}: make one with \`npx stellartrain-oracle init\`, or name the folder of yours with --home.`,
    { help: false },
  )
}
