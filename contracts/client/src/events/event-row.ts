/** What a call did with one submission, as events tell it (`Row` in contracts/stellartrain/src/types.rs). */

import { toHex } from '../encoding/hex.ts'
import type { Row } from '../generated/types.js'
import type { Flags, Standing } from '../rules/facts.ts'
import { type By, unpackBy, unpackWhat } from '../rules/row.ts'
import type { StatusName } from '../rules/status.ts'

export type EventRow = {
  number: number
  /** Whose vote is the verdict, if this call concluded the submission; `open` if it did not. */
  by: By
  /**
   * Of a vote or ballot, what was voted: where `by` is another oracle, its vote is the verdict. Elsewhere what the submission was
   * concluded by; `pending` if it was only passed over.
   */
  says: Standing
  /** After the call. */
  flags: Flags
  /** After the call. */
  status: StatusName
  /** What was sent or held because of this submission, base units. */
  amount: bigint
}

/** @throws RangeError for numbers that no row has */
export function eventRow([number, by, what, score, content, units, amount]: Row): EventRow {
  const { verdict, reason, flags, status } = unpackWhat(what)
  return {
    number,
    by: unpackBy(by),
    says: standing(verdict, { reason, score, content, units }),
    flags,
    status,
    amount,
  }
}

/** A verdict or status by its name; the content's hash becomes hex, which compares. */
export function standing(
  status: StatusName,
  parts: { reason: number; score: bigint; content: Uint8Array; units: number },
): Standing {
  if (status === 'scored') return { status, score: parts.score, content: toHex(parts.content), units: parts.units }
  if (status === 'rejected') return { status, reason: parts.reason }
  return { status }
}
