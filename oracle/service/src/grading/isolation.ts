/** What holds a grading process in, and whether that is enough for its operator. */
import { OracleError } from '../errors.ts'
import type { ProbeAnswer } from './probe.ts'
import type { Requirement } from './requirement.ts'

/** `bubblewrap` and `namespaces`: a file system with nothing but the code, no network, no other process. `permissions`: Node's alone. */
export type CellKind = 'bubblewrap' | 'namespaces' | 'permissions'

/** What a process in the cell was seen to be unable to do. */
export type Isolation = Readonly<{ by: CellKind } & ProbeAnswer>

/** Why nothing is graded; undefined where what was seen is enough. Retryable: a machine that was busy is tried again. */
export function notIsolated(required: Requirement, seen: Isolation | undefined): OracleError | undefined {
  if (required === 'none' || meets(required, seen)) return undefined
  const what = seen === undefined ? 'no grading process could be tried yet' : `here it has ${shown(seen)}`
  const how =
    required === 'namespaces' ? 'Install bubblewrap, or let users make namespaces' : 'See `isolation` in /status'
  const message = `Nothing is graded: REQUIRE_ISOLATION is ${required}, and ${what}. ${how}; or require less.`
  return new OracleError('not_isolated', message)
}

function meets(required: Requirement, seen: Isolation | undefined): boolean {
  if (seen === undefined || !seen.files || !seen.programs || !seen.parent) return false
  return required === 'permissions' || (seen.by !== 'permissions' && seen.network)
}

function shown({ by, files, network, programs, parent }: Isolation): string {
  const open = Object.entries({ files, network, programs, parent }).filter(([, held]) => !held)
  return open.length === 0 ? by : `${by} with ${open.map(([name]) => name).join(', ')} open`
}
