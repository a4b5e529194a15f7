/** From an entry on-chain to its sealed file and the key of this one file: fetched under a size limit, checked against its CID. A grading process opens it. */
import {
  type AgeKey,
  ageFileKey,
  ContentError,
  maxSealedBytes,
  type Place,
  rejectionOf,
  requireOneRecipient,
} from '@stellartrain/ipfs-content'
import type { Format } from '@stellartrain/oracle-grade'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { type CiphertextDeps, fetchSealed } from '../ciphertexts/fetch.ts'
import type { SealedSubmission } from './sealed.ts'

export type UnlockDeps = CiphertextDeps & Readonly<{ place: Place }>

export type UnlockOptions = Readonly<{
  challenge: Challenge
  /** The manifest's limit for the content. */
  maxBytes: number
  /** The formats that it may have, where the manifest names any. */
  formats?: readonly Format[] | undefined
  key: AgeKey
  onFetched?: () => void
}>

/** Either the file with its key, or the on-chain reason why there is none: the file itself is wrong, for every oracle. */
export type Unlocked = SealedSubmission | { reason: number }

/**
 * Of the file itself only the header is read here, whose length is bounded.
 * @throws ContentError when this oracle cannot fetch the content now, ChainFailure
 */
export async function unlockEntry(entry: Entry, options: UnlockOptions, deps: UnlockDeps): Promise<Unlocked> {
  const { challenge, maxBytes, formats, key } = options
  const { solver, commitment } = entry
  try {
    const sealed = await fetchSealed(entry.cid, challenge, maxSealedBytes(maxBytes), deps)
    options.onFetched?.()
    const fileKey = await keyOf(sealed, key)
    const where = { ...deps.place, challenge: entry.challenge, solver }
    return { sealed, fileKey, place: where, commitment, maxBytes, ...(formats && { formats }) }
  } catch (error) {
    const rejection = rejectionOf(error)
    if (rejection === null) throw error
    return { reason: rejection.code }
  }
}

async function keyOf(sealed: Uint8Array, { identity }: AgeKey): Promise<string> {
  requireOneRecipient(sealed)
  try {
    return await ageFileKey(sealed, [identity])
  } catch (error) {
    if (!(error instanceof ContentError) || error.code !== 'not_a_recipient') throw error
    throw new ContentError('other_key', 'The submission is sealed to another key than the one of this challenge.')
  }
}
