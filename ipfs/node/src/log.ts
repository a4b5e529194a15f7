/** JSON lines on stdout, one event a line: ids, numbers and codes, never content or tokens. */

export const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LEVELS)[number]
export type Log = (level: Exclude<LogLevel, 'silent'>, event: string, fields?: Record<string, unknown>) => void

export function createLog(lowest: LogLevel, write: (line: string) => void): Log {
  return (level, event, fields = {}) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) return
    write(`${JSON.stringify({ event, level, time: new Date().toISOString(), ...fields })}\n`)
  }
}
