/** The sdk's verification, run in this browser; loaded by the page that shows it. */

import { readFacts } from '@stellartrain/sdk/context'
import type { Check, Verification } from '@stellartrain/sdk/verify'
import { config } from '../site/config.ts'
import { system } from './system.ts'
import type { VerifyAnswer, VerifyRequest } from './verify.worker.ts'

export type { Check, Verification }

export const verifySubmission = (
  ref: { challenge: number; number: number },
  signal: AbortSignal,
  onCheck: (check: Check) => void,
): Promise<Verification> => {
  const worker = new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Verification>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    worker.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => {
      if ('check' in data) onCheck(data.check)
      else if ('result' in data) resolve(data.result)
      else reject(data.failure)
    }
    worker.onerror = (event) => reject(new Error(event.message || 'The checks could not be started.'))
    const request: VerifyRequest = { config: config(), ref }
    worker.postMessage(request)
  }).finally(() => worker.terminate())
}

/** When the challenge stops taking submissions, by the contract itself, milliseconds. */
export async function endOf(challenge: number, signal: AbortSignal): Promise<number> {
  const { challenge: stored } = await readFacts(system(), challenge, { signal })
  return Number(stored.terms.deadline) * 1000
}
