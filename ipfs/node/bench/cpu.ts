/** What a process took of the machine. */
import { readFileSync } from 'node:fs'

/** CPU of all its threads so far, seconds; Linux only. */
export function cpuSecondsOf(pid: number | undefined): number {
  // proc(5): utime and stime, in hundredths of a second, behind the name in brackets.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
