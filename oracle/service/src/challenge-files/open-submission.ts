/** From an entry on-chain to its content in memory: fetched under a size limit, checked against its CID, opened, checked against its place. */
import {
  type AgeKey,
  ageFileKey,
  checkSubmissionCommitment,
  maxSealedBytes,
  openSubmissionFile,
  type Place,
  rejectionOf,
} from '@stellartrain/ipfs-content'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { type CiphertextDeps, fetchSealed } from '../ciphertexts/fetch.ts'

export type OpenDeps = CiphertextDeps & Readonly<{ place: Place }>

export type OpenOptions = Readonly<{
  challenge: Challenge
  /** The manifest's limit for the content. */
  maxBytes: number
  key: AgeKey
  onFetched?: () => void
}>

export type OpenedEntry = Readonly<{
  csv: Uint8Array<ArrayBuffer>
  /** The key of its sealed file, for publication. */
  fileKey(): Promise<string>
  /** The reason to reject it if its canonical form, by its hash, is not what the solver committed to. */
  mismatch(formHash: Uint8Array): Promise<number | undefined>
}>

/** Either the content, or the on-chain reason why there is none: the file itself is wrong, for every oracle. */
export type Opened = OpenedEntry | { reason: number }

/** @throws ContentError when this oracle cannot fetch the content now, ChainFailure */
export async function openEntry(entry: Entry, options: OpenOptions, deps: OpenDeps): Promise<Opened> {
  const { challenge, maxBytes, key } = options
  const { identity } = key
  const opened = await rejecting(async () => {
    const sealed = await fetchSealed(entry.cid, challenge, maxSealedBytes(maxBytes), deps)
    options.onFetched?.()
    const expected = { ...deps.place, challenge: entry.challenge, solver: entry.solver }
    return { sealed, expected, ...(await openSubmissionFile({ sealed, identity, expected, maxBytes })) }
  })
  if ('reason' in opened) return opened
  const { sealed, expected, content, nonce } = opened
  return {
    csv: content,
    fileKey: () => ageFileKey(sealed, [identity]),
    async mismatch(formHash) {
      const found = await rejecting(async () => {
        await checkSubmissionCommitment(entry.commitment, { ...expected, nonce, formHash })
        return { fits: true }
      })
      return 'reason' in found ? found.reason : undefined
    },
  }
}

async function rejecting<T extends object>(work: () => Promise<T>): Promise<T | { reason: number }> {
  try {
    return await work()
  } catch (error) {
    const rejection = rejectionOf(error)
    if (rejection === null) throw error
    return { reason: rejection.code }
  }
}
