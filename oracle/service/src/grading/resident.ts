/** The memory of a process and of those that it started, as the kernel counts it: heap, buffers and all. */
import { readFileSync } from 'node:fs'

const PAGE_BYTES = 4_096

/** Resident bytes; undefined where this machine does not tell. */
export function residentBytes(pid: number): number | undefined {
  try {
    const [, resident = '0'] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean)
    const below = children.reduce((sum, child) => sum + (residentBytes(Number(child)) ?? 0), 0)
    return Number(resident) * PAGE_BYTES + below
  } catch {
    return undefined
  }
}
