/** JSON lines on stdout, one event a line; values are ids, numbers and codes, never content. */

export const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LEVELS)[number]

type Fields = Record<string, string | number | boolean | null | undefined>

/** Writes one event with its fields, when its level is enabled. */
export type Log = Record<Exclude<LogLevel, 'silent'>, (event: string, fields?: Fields) => void>

export function createLog(level: LogLevel, write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const from = LEVELS.indexOf(level)
  const at =
    (name: Exclude<LogLevel, 'silent'>) =>
    (event: string, fields: Fields = {}) => {
      if (LEVELS.indexOf(name) < from) return
      write(`${JSON.stringify({ event, level: name, time: now().toISOString(), ...fields })}\n`)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
