/** Sealed files, opened by the key of each and held against what was committed to. */
import { createHash } from 'node:crypto'
import { checkSubmissionCommitment } from '@stellartrain/ipfs-content/commitment'
import { createFormHasher } from '@stellartrain/ipfs-content/form-hash'
import { rejectionOf } from '@stellartrain/ipfs-content/reasons'
import { type OpenedSubmissionFile, openPublishedSubmissionFile, openTruthFile } from '@stellartrain/ipfs-content/seal'
import { payloadTypes, prepareTruth, taskOf, writeTruth } from '@stellartrain/oracle-grade'
import type { SealedSubmission } from '../challenge-files/sealed.ts'
import type { Answer, Outcome, TruthJob } from './jobs.ts'

export const openFile = ({ sealed, fileKey, place, maxBytes, formats }: SealedSubmission) =>
  openPublishedSubmissionFile({ sealed, fileKey, expected: place, maxBytes, ...payloadTypes(formats) })

/** Opens a submission, grades it, and compares it with what its solver committed to. */
export async function gradeFile(
  file: SealedSubmission,
  graded: (opened: OpenedSubmissionFile) => Outcome,
): Promise<Outcome> {
  try {
    const opened = await openFile(file)
    const { nonce } = opened
    const outcome = graded(opened)
    if (!('rejected' in outcome))
      await checkSubmissionCommitment(file.commitment, { ...file.place, nonce, formHash: outcome.formHash })
    return outcome
  } catch (error) {
    const rejection = rejectionOf(error)
    if (rejection === null) throw error
    return { rejected: rejection.code, message: 'The sealed file is not what it should be.' }
  }
}

/** Opens a truth and compares it with its commitment, by the hash of its canonical form. */
export async function truthJob({ source, file }: TruthJob): Promise<Answer> {
  const { sealed, fileKey, place, commitment } = file
  const task = taskOf(source)
  const formHash = (csv: Uint8Array) => {
    const form = createFormHasher(() => createHash('sha256'))
    writeTruth(prepareTruth(csv, task.truthShape(csv)), task.shape, form)
    return form.digest()
  }
  return { kind: 'opened', ...(await openTruthFile({ sealed, fileKey, expected: { ...place, commitment }, formHash })) }
}
