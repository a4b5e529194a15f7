/** Hashes of canonical forms: what the commitments of truths and submissions are made over. */
import type { Manifest } from '@stellartrain/ipfs-content/manifest'

type Shape = Pick<Manifest, 'submission' | 'metric'>

/** Of a truth CSV. @throws GradeError where it cannot be read */
export async function truthFormHash(manifest: Shape, csv: Uint8Array): Promise<Uint8Array> {
  const { prepareTruth, taskOf, writeTruth } = await import('@stellartrain/oracle-grade')
  const { createFormHasher } = await import('@stellartrain/ipfs-content/form-hash')
  const { shape, truthShape } = taskOf(manifest)
  const hasher = createFormHasher()
  writeTruth(prepareTruth(csv, truthShape(csv)), shape, hasher)
  return hasher.digest()
}

/** Of a submission's CSV; with the labeler, of a batch of labels. Undefined for a file that an oracle would reject. */
export async function submissionFormHash(
  manifest: Shape,
  csv: Uint8Array,
  labeler?: string,
): Promise<Uint8Array | undefined> {
  const { taskOf, writeSubmission } = await import('@stellartrain/oracle-grade')
  const { createFormHasher } = await import('@stellartrain/ipfs-content/form-hash')
  const hasher = createFormHasher()
  const { shape } = taskOf(manifest)
  // The last batch of a labeler is shorter than a full one.
  const { rows: _, ...anyRows } = shape
  return writeSubmission(csv, labeler === undefined ? shape : anyRows, hasher, labeler) ? hasher.digest() : undefined
}
