/** The write path of a submission: the sdk's own, with its progress told as the steps of the path. */
import { readFacts } from '@stellartrain/sdk/context'
import { storageDrafts } from '@stellartrain/sdk/drafts'
import { checkStanding, type Standing } from '@stellartrain/sdk/precheck'
import { type SubmitProgress, type Submitted, submitFile } from '@stellartrain/sdk/submit'
import type { Draft } from '../path.ts'
import { system, walletSigner } from './system.ts'

export async function standingOf(challenge: number, solver: string): Promise<Standing> {
  return checkStanding(system(), await readFacts(system(), challenge), solver)
}

type SubmitWork = {
  challenge: number
  csv: Uint8Array
  fileName: string
  signal: AbortSignal
  onDraft: (draft: Draft) => void
}

export async function submitPredictions(work: SubmitWork): Promise<Submitted> {
  let draft: Draft = { stage: 'check' }
  const tell = (patch: Draft) => {
    draft = { ...draft, ...patch }
    work.onDraft(draft)
  }
  const submitted = await submitFile(system(), {
    challenge: work.challenge,
    csv: work.csv,
    fileName: work.fileName,
    signer: walletSigner(),
    drafts: storageDrafts(localStorage),
    signal: work.signal,
    onProgress: (progress) => {
      const next = draftOf(progress)
      if (next) tell(next)
    },
  })
  tell({ stage: 'landed', tx: submitted.hash })
  return submitted
}

function draftOf(progress: SubmitProgress): Draft | undefined {
  switch (progress.step) {
    case 'checking':
      return { stage: 'check' }
    case 'resumed':
      // Signed before: it is looked for on the ledger, and sent again where it is not there.
      return progress.from === 'signed' ? { stage: 'send' } : undefined
    case 'sealing':
      return { stage: 'seal' }
    case 'signing_in':
      return { stage: 'upload', signingIn: true, progress: 0 }
    case 'uploading':
      return { stage: 'upload', signingIn: false, progress: progress.sent / Math.max(1, progress.total) }
    case 'uploaded':
      return { stage: 'sign', cid: progress.cid, progress: 1 }
    case 'submitting': {
      const { progress: at } = progress
      if (at.state === 'simulating' || at.state === 'signing') return { stage: 'sign' }
      return { stage: 'send', tx: at.hash }
    }
    default:
      return undefined
  }
}
