/** Collects what a verification rests on: storage, events, and public content checked against its CIDs. */

import {
  type BoardRow,
  type Challenge,
  type Cid,
  cidToString,
  fromHex,
  readToken,
  type State,
  type Submission,
  stored,
  type Token,
  view,
  views,
} from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { fetchCid } from '@stellartrain/ipfs-content/fetch'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { MANIFEST_MAX_BYTES, type Manifest, parseManifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { OPENING_MAX_BYTES, type Opening, parseOpening } from '@stellartrain/ipfs-content/opening'
import { verifyTruth } from '@stellartrain/ipfs-content/seal'
import type { StellarTrain } from '../client.ts'
import { type ChallengeHistory, locate, readHistory, type SubmissionRef } from '../history.ts'
import { UserError } from '../problems.ts'

type Options = { signal?: AbortSignal | undefined }

/** Bytes to use instead of what IPFS gives, to see what a verification says of them. */
export type Override = { manifest?: Uint8Array; truth?: Uint8Array; submission?: Uint8Array; salt?: Uint8Array }

export type Evidence = {
  ref: SubmissionRef
  passphrase: string
  challenge: Challenge
  state: State
  /** By the contract's own view, and from its storage. */
  shown: Submission
  raw: Submission | undefined
  /** Solvers with a place, in its order. */
  board: string[]
  /** The same with scores: of a ranking the running table, or the ranking. */
  places: BoardRow[]
  firstWithContent: number | undefined
  token: Token
  history: ChallengeHistory
  manifest: Manifest | ContentError
  opened: OpenedTruth | NotOpened
}

export type OpenedTruth = {
  by: string | null
  csv: Uint8Array
  salt: Uint8Array
  /** The opening that it stands in; null where the caller gave the truth. */
  opening: Opening | null
  /** The submission's payload, or why it is not there. */
  submission: { bytes: Uint8Array; sealed: string | null } | NotOpened
}

export type NotOpened = { missing: 'truth_not_opened' | 'submission_not_opened' | 'content_unavailable'; note: string }

/** @throws UserError `not_found`, ContractError `NoChallenge`/`NoSubmission`, ChainFailure */
export async function gather(
  client: StellarTrain,
  ref: { challenge: number; number: number } | SubmissionRef,
  override: Override,
  { signal }: Options,
): Promise<Evidence> {
  const { chain } = client
  const id = ref.challenge
  const challenge = await stored.challenge(chain, id, { signal })
  if (!challenge) throw new UserError('not_found', `There is no challenge ${id} in the contract's storage.`)
  const history = await readHistory(client, id, { signal })
  const found = 'solver' in ref ? ref : await locate(client, id, ref.number, { signal, history })
  const [state, board, shown, [raw], token, network] = await Promise.all([
    stored.state(chain, id, { signal }),
    stored.board(chain, id, { signal }),
    view(chain, views.submission(found), { signal }),
    stored.submissions(chain, id, [found], { signal }),
    readToken(chain, challenge.terms.token, { signal }),
    chain.rpc.request<{ passphrase: string }>('getNetwork', undefined, { signal }),
  ])
  if (!state) throw new UserError('not_found', `The counters of challenge ${id} are not in the contract's storage.`)
  const manifest = await gatherManifest(client, challenge, override, { signal })
  return {
    ref: found,
    passphrase: network.passphrase,
    challenge,
    state,
    shown,
    raw,
    board: board.map((place) => place.solver),
    places: board,
    firstWithContent: await stored.content(chain, id, shown.content_hash, { signal }),
    token,
    history,
    manifest,
    opened: await gatherTruth(client, { id, challenge, manifest, number: shown.number }, override, { signal }),
  }
}

async function gatherManifest(client: StellarTrain, challenge: Challenge, override: Override, options: Options) {
  const cid = cidToString(challenge.terms.manifest)
  try {
    if (!override.manifest) return parseManifest(await fetchContent(client, cid, MANIFEST_MAX_BYTES, options))
    const got = await computeCid(override.manifest)
    if (got !== cid)
      throw new ContentError('cid_mismatch', `These bytes have the CID ${got}, the challenge names ${cid}.`)
    return parseManifest(override.manifest)
  } catch (error) {
    if (error instanceof ContentError) return error
    throw error
  }
}

/**
 * What was opened and matches the commitment: the first opening that also has this submission, else the first of all.
 * Without any, the override, if it has everything.
 */
async function gatherTruth(
  client: StellarTrain,
  of: { id: number; challenge: Challenge; manifest: Manifest | ContentError; number: number },
  override: Override,
  options: Options,
): Promise<OpenedTruth | NotOpened> {
  const { challenge, manifest } = of
  if (manifest instanceof ContentError) {
    return { missing: 'content_unavailable', note: 'Without the manifest nothing can be recomputed.' }
  }
  const slots = await readSlots(client, of.id, [...challenge.terms.oracles, challenge.maker], options)
  let best: OpenedTruth | undefined
  let missing: NotOpened = {
    missing: 'truth_not_opened',
    note: challenge.terms.opens_truth
      ? 'The truth is not opened yet; it is after the end of the challenge.'
      : 'This challenge never opens its truth: scores cannot be recomputed.',
  }
  for (const slot of slots) {
    try {
      const opened = await openSlot(client, slot, { ...of, manifest }, override, options)
      if (!('missing' in opened.submission)) return opened
      best ??= opened
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      const note = `What ${slot.by} opened is not usable: ${error.message}`
      missing = { missing: error.retryable ? 'content_unavailable' : 'truth_not_opened', note }
    }
  }
  if (best) return best
  if (!override.truth || !override.salt) return missing
  const submission: OpenedTruth['submission'] = override.submission
    ? { bytes: override.submission, sealed: null }
    : { missing: 'submission_not_opened', note: 'No payload was given.' }
  return { by: null, csv: override.truth, salt: override.salt, opening: null, submission }
}

async function openSlot(
  client: StellarTrain,
  { by, cid }: { by: string; cid: Cid },
  of: { id: number; manifest: Manifest; number: number },
  override: Override,
  options: Options,
): Promise<OpenedTruth> {
  const opening = parseOpening(await fetchContent(client, cidToString(cid), OPENING_MAX_BYTES, options))
  await checkBinding(client, opening, of.id)
  const salt = fromHex(opening.truth.salt)
  const csv = await fetchContent(client, opening.truth.cid, opening.truth.bytes, options)
  await verifyTruth(csv, salt, of.manifest.truth.commitment)
  return {
    by,
    csv: override.truth ?? csv,
    salt: override.salt ?? salt,
    opening,
    submission: await gatherSubmission(client, opening, of.number, override, options),
  }
}

async function readSlots(client: StellarTrain, id: number, who: readonly string[], { signal }: Options) {
  const slots: { by: string; cid: Cid }[] = []
  const found = await Promise.all(who.map((by) => stored.reveal(client.chain, id, by, { signal })))
  found.forEach((cid, index) => {
    if (cid) slots.push({ by: who[index] ?? '', cid })
  })
  return slots
}

async function checkBinding(client: StellarTrain, opening: Opening, id: number): Promise<void> {
  const { passphrase, contract } = client.config
  if (opening.network !== (await networkId(passphrase)) || opening.contract !== contract || opening.challenge !== id) {
    throw new ContentError('bad_opening', 'It was made for another challenge.')
  }
}

async function gatherSubmission(
  client: StellarTrain,
  opening: Opening,
  number: number,
  override: Override,
  options: Options,
): Promise<OpenedTruth['submission']> {
  const entry = opening.submissions.find((one) => one.number === number)
  if (override.submission) return { bytes: override.submission, sealed: entry?.sealed ?? null }
  if (!entry) {
    return {
      missing: 'submission_not_opened',
      note: 'This submission was not published; only those that the manifest promises are.',
    }
  }
  try {
    return { bytes: await fetchContent(client, entry.cid, entry.bytes, options), sealed: entry.sealed }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return { missing: 'content_unavailable', note: error.message }
  }
}

function fetchContent(
  client: StellarTrain,
  cid: string,
  maxBytes: number,
  { signal }: Options,
): Promise<Uint8Array<ArrayBuffer>> {
  return fetchCid(cid, { gateways: client.gateways, maxBytes, fetch: client.fetch, ...(signal ? { signal } : {}) })
}
