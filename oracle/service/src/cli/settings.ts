/** The settings file of an oracle: lines NAME=value, as systemd and container engines read them, too. It holds no secret, but names the file that does. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

export const settingsFile = (home: string): string => join(home, 'oracle.env')
export const keyFile = (home: string): string => join(home, 'oracle.key')

type Environment = Record<string, string | undefined>

/** What the file says, below what the environment says. */
export function loadSettings(home: string, env: Environment): Environment {
  const file = settingsFile(home)
  if (!existsSync(file)) return env
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const filed = Object.entries(parseEnv(readFileSync(file, 'utf8')))
  return { ...Object.fromEntries(filed.filter(([name]) => !isGiven(name, set))), ...set }
}

/** A value and the file that holds it are one setting. */
const isGiven = (name: string, set: Environment) =>
  set[`${name}_FILE`] !== undefined || set[name.replace(/_FILE$/, '')] !== undefined

/** As `loadSettings` reads it: quotes where a value has more than plain characters. */
export function settingsText(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) =>
    /^[\w@%+:,./-]*$/.test(value) ? `${name}=${value}` : `${name}="${value.replaceAll('"', "'")}"`,
  )
  return `${lines.join('\n')}\n`
}
