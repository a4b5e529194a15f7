/** What oracles and the maker have opened after the end: documents that name truth and submissions, each checked before use. */
import { type Challenge, cidToString, fromHex, stored } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { OPENING_MAX_BYTES, type Opening, parseOpening } from '@stellartrain/ipfs-content/opening'
import { checkTruthCommitment } from '@stellartrain/ipfs-content/seal'
import { GradeError } from '@stellartrain/oracle-grade'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'
import { truthFormHash } from './forms.ts'

const TRUTH_MAX_BYTES = 50 * 1024 * 1024

/** A truth that matches the commitment, in the opening that it came with. */
export type OpenedSlot = { by: string; opening: Opening; csv: Uint8Array; salt: Uint8Array }

export type Openings = {
  usable: OpenedSlot[]
  /** Who has opened anything, usable or not. */
  openedBy: string[]
  /** Sentences, one for each opening that cannot be used. */
  unusable: string[]
  /** The last of them may be readable later. */
  retryable: boolean
}

type OpeningsOf = { id: number; challenge: Challenge; manifest: Pick<Manifest, 'truth' | 'submission' | 'metric'> }

/** Of these addresses, each of which can open once. @throws ChainFailure */
export async function readOpenings(
  client: StellarTrain,
  of: OpeningsOf & { who: readonly string[] },
  options: AbortOptions,
): Promise<Openings> {
  const found: Openings = { usable: [], openedBy: [], unusable: [], retryable: false }
  const named = await Promise.all(of.who.map((by) => stored.reveal(client.chain, of.id, by, options)))
  for (const [index, cid] of named.entries()) {
    const by = of.who[index] ?? ''
    if (cid === undefined || found.openedBy.includes(by)) continue
    found.openedBy.push(by)
    try {
      found.usable.push(await openSlot(client, { by, cid: cidToString(cid) }, of, options))
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      found.unusable.push(`What ${by} opened is not usable: ${error.message}`)
      found.retryable = error.retryable
    }
  }
  return found
}

async function openSlot(
  client: StellarTrain,
  { by, cid }: { by: string; cid: string },
  { id, challenge, manifest }: OpeningsOf,
  options: AbortOptions,
): Promise<OpenedSlot> {
  const opening = parseOpening(await fetchContent(client, cid, OPENING_MAX_BYTES, options))
  const { passphrase, contract } = client.config
  if (opening.network !== (await networkId(passphrase)) || opening.contract !== contract || opening.challenge !== id)
    throw new ContentError('bad_opening', 'It was made for another challenge.')
  if (opening.by !== by) throw new ContentError('bad_opening', `It names ${opening.by} as its author.`)
  const salt = fromHex(opening.truth.salt)
  // What the opening states is anyone's claim: a truth is no longer than its sealed file, and none is longer than the engine reads.
  if (!manifest.truth) throw new ContentError('bad_opening', 'The challenge has no truth to open.')
  const maxBytes = Math.min(opening.truth.bytes, manifest.truth.bytes, TRUTH_MAX_BYTES)
  const csv = await fetchContent(client, opening.truth.cid, maxBytes, options)
  const place = { network: opening.network, contract, maker: challenge.maker }
  await checkTruthCommitment(challenge.terms.truth, { ...place, salt, formHash: await readableForm(manifest, csv) })
  return { by, opening, csv, salt }
}

/** A truth that cannot be read is not the committed one. @throws ContentError `bad_opening` */
async function readableForm(manifest: OpeningsOf['manifest'], csv: Uint8Array): Promise<Uint8Array> {
  try {
    return await truthFormHash(manifest, csv)
  } catch (cause) {
    if (!(cause instanceof GradeError)) throw cause
    throw new ContentError('bad_opening', `Its truth cannot be read: ${cause.message}`, { cause })
  }
}
