/** Releases what a submission is owed; loaded on demand. */
import { releasePayment } from '@stellartrain/sdk/challenge-admin'
import type { Submission } from '../types.ts'
import { system, walletSigner } from './system.ts'

export async function release({ challenge, solver, attempt }: Submission): Promise<void> {
  await releasePayment(system(), { challenge, solver, attempt }, walletSigner())
}
