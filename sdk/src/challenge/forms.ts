/** Canonical forms and their hashes: what the commitments of truths and submissions are made over. */
import type { TaskSource } from '@stellartrain/oracle-grade'

/** Of a manifest, or of one that is still to be written. */
type Shape = TaskSource

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

/** The bytes of a truth's form. @throws GradeError where it cannot be read */
export async function truthForm(manifest: Shape, csv: Uint8Array): Promise<Uint8Array> {
  const { prepareTruth, taskOf, writeTruth } = await import('@stellartrain/oracle-grade')
  const { shape, truthShape } = taskOf(manifest)
  const form = gathered()
  writeTruth(prepareTruth(csv, truthShape(csv)), shape, form)
  return form.bytes()
}

/** The bytes of a submission's form; of none for a file that an oracle would reject. */
export async function submissionForm(manifest: Shape, csv: Uint8Array): Promise<Uint8Array> {
  const { taskOf, writeSubmission } = await import('@stellartrain/oracle-grade')
  const form = gathered()
  writeSubmission(csv, taskOf(manifest).shape, form)
  return form.bytes()
}

/** Keeps the pieces, each of which is valid only during the call. */
function gathered() {
  const pieces: Uint8Array[] = []
  return {
    update: (piece: Uint8Array): void => {
      pieces.push(piece.slice())
    },
    bytes: (): Uint8Array => {
      const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
      let at = 0
      for (const piece of pieces) {
        all.set(piece, at)
        at += piece.length
      }
      return all
    },
  }
}
