/** A labeler's batch: taken, and its lease renewed, by the sdk's own rules; loaded on demand. */
import { readTasks, renewTasks, type Tasks } from '@stellartrain/sdk/batch'
import { browserDrafts } from './drafts.ts'
import { system, walletSigner } from './system.ts'

export type { Tasks }

type Asking = { signal: AbortSignal /** Before the wallet is asked to sign in at an oracle. */; onSigning: () => void }

export async function takeBatch(challenge: number, asking: Asking): Promise<Tasks> {
  const signer = walletSigner()
  return readTasks(system(), { challenge, labeler: signer.address }, { signer, drafts: browserDrafts(), ...asking })
}

/** @returns until when the batch can be submitted, unix seconds */
export async function renewBatch(of: { challenge: number; attempt: number }, asking: Asking): Promise<number> {
  return renewTasks(system(), of, { signer: walletSigner(), drafts: browserDrafts(), ...asking })
}
