/** The sdk's verification, run here; loaded by the page that shows it. */

import { readFacts } from '@stellartrain/sdk/context'
import { type Check, type Verification, verify } from '@stellartrain/sdk/verify'
import { system } from './system.ts'

export type { Check, Verification }

export const verifySubmission = (
  ref: { challenge: number; number: number },
  signal: AbortSignal,
  onCheck: (check: Check) => void,
): Promise<Verification> => verify(system(), ref, { signal, onCheck })

/** When the challenge stops taking submissions, by the contract itself, milliseconds. */
export async function endOf(challenge: number, signal: AbortSignal): Promise<number> {
  const { challenge: stored } = await readFacts(system(), challenge, { signal })
  return Number(stored.terms.deadline) * 1000
}
