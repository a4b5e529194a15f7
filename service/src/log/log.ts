/** Structured logs: one JSON object per line, `time`, `level` and `event` first; values are ids, numbers and codes, never content. */

// Our own forty lines: a logging library (pino: eleven packages, a worker thread) would add transports and redaction that
// nothing here uses; secrets stay out because fields are plain values chosen one by one.

import { withoutKeys } from './without-keys.ts'

/** From nothing to everything. */
export const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof LEVELS)[number]

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>
type Write = (event: string, fields?: LogFields) => void

/** Writes one event with its fields, when its level is enabled. */
export type Log = Readonly<Record<Exclude<LogLevel, 'silent'>, Write>> & {
  /** A log whose lines all have these fields, such as a request id. */
  with(fields: LogFields): Log
}

export type LogOptions = Readonly<{
  /** Takes one line, its end included. Default: stdout. */
  write?: (line: string) => void
  now?: () => Date
}>

export function createLog(level: LogLevel, options: LogOptions = {}): Log {
  const { write = (line) => void process.stdout.write(line), now = () => new Date() } = options
  const enabled = LEVELS.indexOf(level)
  const withFields = (bound: LogFields): Log => {
    const at =
      (name: Exclude<LogLevel, 'silent'>): Write =>
      (event, fields) => {
        if (LEVELS.indexOf(name) <= enabled) write(logLine(now(), name, event, shown({ ...bound, ...fields })))
      }
    return {
      error: at('error'),
      warn: at('warn'),
      info: at('info'),
      debug: at('debug'),
      with: (fields) => withFields({ ...bound, ...fields }),
    }
  }
  return withFields({})
}

/** A field may quote an error, and an error a URL. */
function shown(fields: LogFields): LogFields {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutKeys(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** One line as every log writes it. */
export function logLine(time: Date, level: LogLevel, event: string, fields: LogFields): string {
  return `${JSON.stringify({ time: time.toISOString(), level, event, ...fields })}\n`
}

/** For programs that embed a service and want no lines from it. */
export const silentLog: Log = createLog('silent')
