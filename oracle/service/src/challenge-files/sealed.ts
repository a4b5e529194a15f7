/** A sealed file as a grading process gets it: with the key that opens it, and what must come out. */
import type { SubmissionPlace, TruthPlace } from '@stellartrain/ipfs-content/network'
import type { Format } from '@stellartrain/oracle-grade'

/**
 * A submission as it was fetched, with the key of this one file: a grading process never holds a key that opens another one.
 * `commitment`: what its solver committed to, 32 bytes. `formats`: which it may have, where the manifest names any.
 */
export type SealedSubmission = Readonly<{
  sealed: Uint8Array
  fileKey: string
  place: SubmissionPlace
  commitment: Uint8Array
  maxBytes: number
  formats?: readonly Format[]
}>

/** The same of a truth. */
export type SealedTruth = Readonly<{
  sealed: Uint8Array
  fileKey: string
  place: TruthPlace
  commitment: Uint8Array
}>
