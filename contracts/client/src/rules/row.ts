/** The packed parts of a row in an event: whose it is, and what it says. */
import type { Flags } from './facts.ts'
import { packFlags, unpackFlags } from './flags.ts'
import { STATUS, type StatusName, statusName } from './status.ts'

/** Whose verdict a row tells: an oracle's place, the judge, nobody (`unsettled`, `void`), or `open`: not concluded. */
export type By = number | 'judge' | 'nobody' | 'open'

const BY = { judge: 253, nobody: 254, open: 255 } as const
/** Challenges name at most five oracles. */
const PLACES = 5

/** @throws RangeError for what is no place and no code */
export function unpackBy(code: number): By {
  if (Number.isInteger(code) && code >= 0 && code < PLACES) return code
  if (code === BY.judge) return 'judge'
  if (code === BY.nobody) return 'nobody'
  if (code === BY.open) return 'open'
  throw new RangeError(`no place and no code of a row's "by": ${code}`)
}

/** @throws RangeError for a place that no oracle has */
export function packBy(by: By): number {
  if (typeof by !== 'number') return BY[by]
  if (!Number.isInteger(by) || by < 0 || by >= PLACES) throw new RangeError(`no oracle has the place ${by}`)
  return by
}

/** The word `what` of a row. */
export type What = {
  /** What the vote or the verdict says; `pending` where there is none. */
  verdict: StatusName
  /** Of a rejection, else 0. */
  reason: number
  flags: Flags
  /** The submission's status after the call. */
  status: StatusName
}

/** verdict | reason << 8 | flags << 16 | status << 24. @throws RangeError for a reason beyond a byte */
export function packWhat({ verdict, reason, flags, status }: What): number {
  if (!Number.isInteger(reason) || reason < 0 || reason > 255) throw new RangeError(`a reason is one byte: ${reason}`)
  return (STATUS[verdict] | (reason << 8) | (packFlags(flags) << 16) | (STATUS[status] << 24)) >>> 0
}

/** @throws RangeError for a status that does not exist */
export const unpackWhat = (word: number): What => ({
  verdict: statusName(word & 255),
  reason: (word >>> 8) & 255,
  flags: unpackFlags((word >>> 16) & 255),
  status: statusName(word >>> 24),
})
