/** The sdk's verification, run here; loaded by the page that shows it. */
import { type Check, type Verification, verify } from '@stellartrain/sdk/verify'
import { system } from './system.ts'

export type { Check, Verification }

export const verifySubmission = (
  ref: { challenge: number; number: number },
  signal: AbortSignal,
  onCheck: (check: Check) => void,
): Promise<Verification> => verify(system(), ref, { signal, onCheck })
