/** Files as makers and solvers make them: canonical forms for the commitments, and archives for the oracles. */
import { createFormHasher, importBytes, type Manifest, parseCid, writeCar } from '@stellartrain/ipfs-content'
import { prepareTruth, taskOf, writeSubmission, writeTruth } from '@stellartrain/oracle-grade'

export const bytes = (text: string) => new TextEncoder().encode(text)

/** A CID that names nothing that anybody has. */
export const NOWHERE = 'bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'

/** The hash of the truth's canonical form; of nothing where it has none, which the oracle will say. */
export function truthForm(manifest: Manifest, csv: string): Uint8Array {
  const hasher = createFormHasher()
  try {
    const task = taskOf(manifest)
    writeTruth(prepareTruth(bytes(csv), task.truthShape(bytes(csv))), task.shape, hasher)
  } catch {}
  return hasher.digest()
}

/** The same of a submission. */
export function submissionForm(manifest: Manifest, csv: Uint8Array, solver: string): Uint8Array {
  const hasher = createFormHasher()
  const { rows, ...shape } = taskOf(manifest).shape
  const labeling = manifest.kind === 'labeling'
  writeSubmission(
    csv,
    labeling || rows === undefined ? shape : { ...shape, rows },
    hasher,
    labeling ? solver : undefined,
  )
  return hasher.digest()
}

/** A file as it is handed to an oracle. */
export async function carOf(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const blocks = new Map<string, Uint8Array>()
  const { cid } = await importBytes(file, async (one, block) => void blocks.set(one.toString(), block))
  const pieces = await Array.fromAsync(writeCar(parseCid(cid), async (one) => blocks.get(one.toString())!))
  return new Uint8Array(Buffer.concat(pieces))
}
