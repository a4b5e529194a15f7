/** The payload of a sealed file, opened with the file key that an oracle published: the only payload that the chain's CID commits to. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { SealedLease } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import type { Opening } from '@stellartrain/ipfs-content/opening'
import { maxSealedBytes, openPublishedSubmissionFile } from '@stellartrain/ipfs-content/seal'
import { payloadTypes } from '@stellartrain/oracle-grade'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'
import type { NotOpened, Outlook } from './check.ts'

/** A submission on the chain; `cid` is its sealed file's. */
export type SealedRef = { challenge: number; number: number; solver: string; cid: string }

export type SealedPayload = {
  bytes: Uint8Array
  /** Inside the file, for its commitment. */
  nonce: Uint8Array
  /** As the file names it, where batches of labels need one. */
  lease?: SealedLease
  /** The oracle whose file key opened it. */
  by: string
}

/** What of a manifest decides which content a sealed file may have. */
export type Accepted = Pick<Manifest['submission'], 'maxBytes' | 'formats'>

type Offer = { by: string; fileKey: string | undefined }

/** What these openings offer to open this very file with. What they say of another file is of no use. */
export function offersFor(openings: readonly Opening[], { number, solver, cid }: SealedRef): Offer[] {
  return openings.flatMap(({ by, submissions }) =>
    submissions
      .filter((one) => one.number === number && one.solver === solver && one.sealed === cid)
      .map(({ fileKey }) => ({ by, fileKey })),
  )
}

/**
 * Tries every key until one opens the file. The file's header commits to its key, so that a wrong key shows, and every
 * right one gives the same bytes. `outlook`: what can be expected where no key fits.
 */
export async function openSealed(
  client: StellarTrain,
  of: SealedRef & Accepted & { outlook: Outlook; gateways: readonly string[] },
  offers: readonly Offer[],
  options: AbortOptions,
): Promise<SealedPayload | NotOpened> {
  const { challenge, solver, cid, maxBytes, formats, outlook, gateways } = of
  const { passphrase, contract } = client.config
  const notOpened = (note: string): NotOpened => ({ missing: 'submission_not_opened', note, outlook })
  const keyed = offers.filter(({ fileKey }) => fileKey !== undefined)
  if (keyed.length === 0) {
    const who = offers.map(({ by }) => by).join(', ')
    return notOpened(`The opening of ${who} has no file key, so that nothing ties its file to the sealed one.`)
  }
  let sealed: Uint8Array
  try {
    sealed = await fetchContent({ ...client, gateways }, cid, maxSealedBytes(maxBytes), options)
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    const note = `The sealed file could not be fetched. ${error.message}`
    return { missing: 'content_unavailable', note, outlook: error.retryable ? 'retry' : 'never' }
  }
  const expected = { network: await networkId(passphrase), contract, challenge, solver }
  const refused: string[] = []
  for (const { by, fileKey = '' } of keyed) {
    try {
      const { content, ...rest } = await openPublishedSubmissionFile({
        ...{ sealed, fileKey, expected, maxBytes },
        ...payloadTypes(formats),
      })
      return { bytes: content, ...rest, by }
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      refused.push(`With the file key of ${by} the sealed file gives no payload: ${error.message}`)
    }
  }
  return notOpened(refused.join(' '))
}
