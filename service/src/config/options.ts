/** A service's options: one table that reads the environment and writes the help. */
import { ServiceError } from '../errors.ts'
import { InvalidValue, type Parser } from './parsers.ts'
import { readValueFile } from './value-file.ts'

export type Option<T> = Readonly<{
  /** The variable. */
  name: string
  /** Other variables that are read when it is not set. */
  aliases: readonly string[]
  /** What it sets, as a phrase for the help. */
  usage: string
  parse: Parser<T>
  required: boolean
  default: T | undefined
  /** The default as the help shows it. */
  shown: string
  /** A secret's value is never shown, and may stand in a file that `NAME_FILE` names. */
  secret: boolean
  /** May stand in such a file, too, though it is no secret. */
  inFile: boolean
}>

/** Options by the name that they have in the configuration. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>

export type ConfigOf<Table extends OptionTable> = {
  readonly [Key in keyof Table]: Table[Key] extends Option<infer T> ? T : never
}

type More = Readonly<{ aliases?: readonly string[]; shown?: string; secret?: boolean; inFile?: boolean }>

export function required<T>(name: string, parse: Parser<T>, usage: string, more: More = {}): Option<T> {
  return { ...plain(name, usage, more), parse, required: true, default: undefined }
}

/** `shown` says what happens without it. */
export function optional<T>(name: string, parse: Parser<T>, usage: string, more: More = {}): Option<T | undefined> {
  return { ...plain(name, usage, more), parse, required: false, default: undefined }
}

export function defaulted<T>(name: string, parse: Parser<T>, value: T, usage: string, more: More = {}): Option<T> {
  return { ...plain(name, usage, { shown: String(value), ...more }), parse, required: false, default: value }
}

function plain(name: string, usage: string, { aliases = [], shown = '', secret = false, inFile = secret }: More) {
  return { name, usage, aliases, shown, secret, inFile }
}

/** Wrong or missing options, all of them, one line each. */
export class ConfigError extends ServiceError<'bad_config'> {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super('bad_config', `The configuration is not valid:\n${problems.map((line) => `  ${line}`).join('\n')}`)
    this.problems = problems
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads a configuration from an environment; an empty variable counts as not set.
 * @throws ConfigError that names every problem and no value of a secret
 */
export function readOptions<Table extends OptionTable>(table: Table, env: Environment): ConfigOf<Table> {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(table)) {
    const set = lookUp(option, env)
    if (set === undefined) {
      if (option.required) problems.push(`${option.name} is required: ${option.usage}`)
      config[key] = option.default
      continue
    }
    try {
      if (set.both !== undefined) throw new InvalidValue(`and ${set.both} are both set: set one of them`)
      config[key] = option.parse(set.value())
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error
      problems.push(`${set.name} ${error.message}${option.secret ? ' (its value is not shown)' : ''}`)
    }
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config) as ConfigOf<Table>
}

/** The variables that an option is read from, in order; a secret's may name a file instead, and some others'. */
export function variablesOf({ name, aliases, inFile }: Option<unknown>): { name: string; file: string | undefined }[] {
  return [name, ...aliases].map((one) => ({ name: one, file: inFile ? `${one}_FILE` : undefined }))
}

/** Where a value was found. `both`: the variable with the file, where the value and a file are given. */
type Found = { name: string; value: () => string; both?: string }

/** The one place that looks a value up. */
function lookUp(option: Option<unknown>, env: Environment): Found | undefined {
  const set = (name: string | undefined) => (name === undefined || env[name] === '' ? undefined : env[name])
  for (const { name, file } of variablesOf(option)) {
    const [value, path] = [set(name), set(file)]
    if (value !== undefined) return { name, value: () => value, ...(path !== undefined && { both: file! }) }
    if (path !== undefined) return { name: file!, value: () => readValueFile(path) }
  }
  return undefined
}
