/** What Postgres spends for the connections of one database, where the system tells (Linux); nothing elsewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Seconds of each connection, by its process. @param url of the database */
export function cpuOf(url: string): Map<string, number> {
  const name = new URL(url).pathname.slice(1)
  const found = new Map<string, number>()
  if (!existsSync('/proc/self/schedstat')) return found
  for (const pid of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(` ${name} `)) continue
      // Nanoseconds on the processor.
      found.set(pid, Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9)
    } catch {
      // Ended meanwhile.
    }
  }
  return found
}

/** Between two looks. */
export const since = (before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>) =>
  [...now].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? 0), 0)
