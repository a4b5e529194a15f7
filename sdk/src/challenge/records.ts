/** Solvers' records and badges, kept by a second contract that reads final submissions of the first. */

import {
  asSigner,
  ContractError,
  cidToString,
  type InvokeOptions,
  invoke,
  type SignerLike,
  view,
} from '@stellartrain/contracts-client'
import {
  BADGE_PICTURE,
  type Badge,
  badgePictureCid,
  recordsAt,
  type SolverRecord,
} from '@stellartrain/contracts-client/records'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import type { SubmissionRef } from './history.ts'

export type { Badge, SolverRecord } from '@stellartrain/contracts-client/records'

/** A badge with what wallets are shown of it. */
export type BadgeFacts = {
  badge: number
  facts: Badge
  owner: string
  /** `ipfs://b…`: the CID of `document`. */
  uri: string
  /** The JSON that the contract composes, to the last byte. */
  document: Uint8Array<ArrayBuffer>
}

export type Minted = BadgeFacts & {
  /** Null where it had been minted before. */
  hash: string | null
  ledger: number | null
}

/** The contract's calls. @throws UserError `bad_config` where this system has no such contract */
function records(client: StellarTrain) {
  const contract = client.config.records
  if (contract) return recordsAt(contract)
  throw new UserError('bad_config', 'No records contract is set here: set RECORDS_CONTRACT_ADDRESS.')
}

/** A solver's record; all zero before the first fold. */
export async function readRecord(
  client: StellarTrain,
  solver: string,
  { signal }: AbortOptions = {},
): Promise<SolverRecord> {
  return view(client.chain, records(client).record({ solver }), { signal })
}

/**
 * Counts a final submission in its solver's record, once; anyone may.
 * @throws ContractError `NotFinal`, `AlreadyFolded`, `NoOutcome`
 */
export async function foldRecord(
  client: StellarTrain,
  ref: SubmissionRef,
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<{ record: SolverRecord; hash: string; ledger: number }> {
  const { challenge, solver, attempt } = ref
  const call = records(client).fold({ challenge, solver, attempt })
  const { returnValue, hash, ledger } = await invoke(client.chain, call, signer, options)
  return { record: returnValue, hash, ledger }
}

/** @throws ContractError `NoBadge` */
export async function readBadge(
  client: StellarTrain,
  badge: number,
  { signal }: AbortOptions = {},
): Promise<BadgeFacts> {
  const { chain } = client
  const of = records(client)
  const token_id = badge
  const [facts, owner, uri, document] = await Promise.all([
    view(chain, of.badge({ token_id }), { signal }),
    view(chain, of.ownerOf({ token_id }), { signal }),
    view(chain, of.tokenUri({ token_id }), { signal }),
    view(chain, of.metadata({ token_id }), { signal }),
  ])
  return { badge, facts, owner, uri, document: new Uint8Array(document) }
}

/** The number of a submission's badge, burned or not; null before it is minted. */
export async function badgeOf(
  client: StellarTrain,
  ref: SubmissionRef,
  { signal }: AbortOptions = {},
): Promise<number | null> {
  const { challenge, solver, attempt } = ref
  return (await view(client.chain, records(client).badgeOf({ challenge, solver, attempt }), { signal })) ?? null
}

/**
 * Gives the winner of a final submission its badge and puts the badge's document and picture on IPFS. It can stop at any
 * point: called again, it resumes with the badge that is there.
 * @throws ContractError `NotFinal`, `NothingWon`, `NoOutcome`, `NoBadge` (it was burned); ContentError when the upload fails
 */
export async function mintBadge(
  client: StellarTrain,
  ref: SubmissionRef,
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<Minted> {
  const signer = asSigner(signerLike)
  if (signer.address !== ref.solver) {
    throw new UserError('bad_input', `Only the winner can take this badge: sign as ${ref.solver}.`)
  }
  const { challenge, solver, attempt } = ref
  let sent: { hash: string; ledger: number } | null = null
  let badge = await badgeOf(client, ref, options)
  if (badge === null) {
    try {
      const receipt = await invoke(client.chain, records(client).mint({ challenge, solver, attempt }), signer, options)
      sent = receipt
      badge = receipt.returnValue
    } catch (error) {
      // Another process of the same winner was faster.
      if (!(error instanceof ContractError) || error.errorName !== 'AlreadyMinted') throw error
      badge = await badgeOf(client, ref, options)
      if (badge === null) throw error
    }
  }
  const facts = await readBadge(client, badge, options)
  await publishBadge(client, facts, signer, options)
  return { ...facts, hash: sent?.hash ?? null, ledger: sent?.ledger ?? null }
}

/**
 * Puts a badge's document and picture on the system's IPFS node; anyone who may upload may do it for any badge.
 * @throws ContentError; `cid_mismatch` should the document not be what the contract's URI names
 */
export async function publishBadge(
  client: StellarTrain,
  { uri, document }: Pick<BadgeFacts, 'uri' | 'document'>,
  signer: SignerLike,
  { signal }: AbortOptions = {},
): Promise<void> {
  const cid = await client.sessions.upload(document, signer, { signal })
  if (uri !== `ipfs://${cid}`)
    throw new ContentError('cid_mismatch', `The contract names ${uri}, but its document is ${cid}.`)
  const { image } = await view(client.chain, records(client).config(), { signal })
  // Another records contract may show another picture, which is its deployer's to publish.
  if (cidToString(image) !== cidToString(badgePictureCid())) return
  await client.sessions.upload(new TextEncoder().encode(BADGE_PICTURE), signer, { signal })
}

/** What a badge's document says, read from IPFS and checked against its CID. @throws ContentError */
export async function fetchBadgeDocument(
  client: StellarTrain,
  uri: string,
  { signal }: AbortOptions = {},
): Promise<Uint8Array> {
  return fetchContent(client, uri.replace(/^ipfs:\/\//, ''), 4_096, { signal })
}
