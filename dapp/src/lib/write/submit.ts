/** The write path of a submission: the sdk's own, with its progress told as the steps of the path. */
import { readFacts } from '@stellartrain/sdk/context'
import { checkStanding, type Standing } from '@stellartrain/sdk/precheck'
import { resumeDrafts, type SubmitProgress, type Submitted, submitFile } from '@stellartrain/sdk/submit'
import type { Draft } from '../words/path.ts'
import { browserDrafts } from './drafts.ts'
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
  /** The ledger has it; what follows is the handing out. */
  onNumber: (number: number) => void
}

export async function submitPredictions(work: SubmitWork): Promise<Submitted> {
  let draft: Draft = { stage: 'check' }
  let taken = 0
  return submitFile(system(), {
    challenge: work.challenge,
    csv: work.csv,
    fileName: work.fileName,
    signer: walletSigner(),
    drafts: browserDrafts(),
    signal: work.signal,
    onProgress: (progress) => {
      if (progress.step === 'submitted') work.onNumber(progress.submitted.number)
      if (progress.step === 'taken') taken += 1
      const next: Draft | undefined =
        progress.step === 'taken' ? { stage: 'hand_out', taken, places: progress.places } : draftOf(progress)
      if (!next) return
      draft = { ...draft, ...next }
      work.onDraft(draft)
    },
  })
}

/**
 * Goes on with what was begun in this browser and may stand in the ledger, and hands it out; nothing is signed. What nobody took
 * stays a draft.
 */
export async function resumeHandOut(
  solver: string,
  { signal, onDraft }: { signal: AbortSignal; onDraft: (draft: Draft) => void },
): Promise<void> {
  let taken = 0
  onDraft({ stage: 'hand_out', taken })
  await resumeDrafts(system(), browserDrafts(), {
    solver,
    signal,
    onTaken: (_, places) => onDraft({ stage: 'hand_out', taken: ++taken, places }),
  })
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
    case 'sealed':
      return { stage: 'sign', cid: progress.cid }
    case 'submitting': {
      const { progress: at } = progress
      if (at.state === 'simulating' || at.state === 'signing') return { stage: 'sign' }
      return { stage: 'send', tx: at.hash }
    }
    case 'handing_out':
      return { stage: 'hand_out' }
    default:
      return undefined
  }
}
