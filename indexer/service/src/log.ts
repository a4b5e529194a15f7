/** JSON lines on stdout. */
export type Level = 'silent' | 'error' | 'info' | 'debug'
export type Log = (level: Exclude<Level, 'silent'>, event: string, detail?: Record<string, unknown>) => void

const RANK: Readonly<Record<Level, number>> = { silent: 0, error: 1, info: 2, debug: 3 }

export function createLog(level: Level, write: (line: string) => void): Log {
  return (at, event, detail) => {
    if (RANK[at] <= RANK[level]) write(JSON.stringify({ at: new Date().toISOString(), level: at, event, ...detail }))
  }
}
