/** What was opened after the end: the truth that matches the commitment, and the payload of the submission in question. */
import { type Challenge, cidToString, type Submission } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { Opening } from '@stellartrain/ipfs-content/opening'
import { readOpenings } from '../challenge/openings.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import type { NotOpened } from './check.ts'
import type { Override } from './override.ts'
import { type Openers, whyNotPublic } from './publication.ts'
import { offersFor, openSealed, type SealedPayload } from './sealed.ts'

export type OpenedTruth = {
  by: string | null
  csv: Uint8Array
  salt: Uint8Array
  /** Every usable opening by an oracle: one may have what another lacks. A maker can open no submission. */
  openings: readonly Opening[]
  openers: Openers
  /** The submission's payload, or why it is not there. */
  submission: OpenedPayload | NotOpened
}

export type OpenedPayload = {
  /** What is judged: the sealed file's payload, or the file that the caller gave. */
  bytes: Uint8Array
  /** The sealed file's payload, or why it is not there, which only a given file can go without. */
  sealed: SealedPayload | NotOpened
}

type Of = {
  id: number
  challenge: Challenge
  manifest: Manifest | ContentError
  shown: Submission
  solver: string
  won: boolean
  /** Where the sealed file can be: the IPFS node, and the oracles, who serve what they fetched. */
  gateways: readonly string[]
}

/** From the usable openings: the truth, and the payload by the file key of whichever of them has it. Without any, the override. */
export async function gatherTruth(
  client: StellarTrain,
  of: Of,
  override: Override,
  options: AbortOptions,
): Promise<OpenedTruth | NotOpened> {
  const { challenge, manifest } = of
  if (manifest instanceof ContentError) return noManifest(manifest)
  const { oracles } = challenge.terms
  const who = [...oracles, challenge.maker]
  const { usable, openedBy, unusable, retryable } = await readOpenings(
    client,
    { id: of.id, challenge, who, manifest },
    options,
  )
  const openers = { opened: openedBy.filter((by) => oracles.includes(by)).length, oracles: oracles.length }
  const openings = usable.filter(({ by }) => oracles.includes(by)).map(({ opening }) => opening)
  const [first] = usable
  if (first) {
    const submission = await gatherPayload(client, openings, { ...of, manifest, openers }, override, options)
    const { by, csv, salt } = first
    return { by, csv: override.truth ?? csv, salt: override.salt ?? salt, openings, openers, submission }
  }
  if (!override.truth || !override.salt) return noTruth(challenge, unusable.at(-1), retryable)
  const none: NotOpened = { missing: 'submission_not_opened', note: 'No oracle has opened it.', outlook: 'later' }
  const submission = override.submission ? { bytes: override.submission, sealed: none } : none
  return { by: null, csv: override.truth, salt: override.salt, openings, openers, submission }
}

function noTruth({ terms }: Challenge, problem: string | undefined, retryable: boolean): NotOpened {
  if (problem !== undefined)
    return retryable
      ? { missing: 'content_unavailable', note: problem, outlook: 'retry' }
      : { missing: 'truth_not_opened', note: problem, outlook: 'later' }
  return terms.opens_truth
    ? {
        missing: 'truth_not_opened',
        note: 'The truth has not been opened; oracles open it after the end of the challenge.',
        outlook: 'later',
      }
    : {
        missing: 'truth_not_opened',
        note: 'This challenge never opens its truth, so scores cannot be recomputed.',
        outlook: 'never',
      }
}

/** What follows where the manifest cannot be read. */
export function noManifest({ retryable }: ContentError): NotOpened {
  const note = 'Without the manifest nothing can be recomputed.'
  return { missing: 'content_unavailable', note, outlook: retryable ? 'retry' : 'never' }
}

async function gatherPayload(
  client: StellarTrain,
  openings: readonly Opening[],
  of: Of & { manifest: Manifest; openers: Openers },
  override: Override,
  options: AbortOptions,
): Promise<OpenedTruth['submission']> {
  const sealed = await gatherSealed(client, openings, of, options)
  if (override.submission) return { bytes: override.submission, sealed }
  return 'missing' in sealed ? sealed : { bytes: sealed.bytes, sealed }
}

async function gatherSealed(
  client: StellarTrain,
  openings: readonly Opening[],
  { id, shown, solver, won, challenge, manifest, openers, gateways }: Of & { manifest: Manifest; openers: Openers },
  options: AbortOptions,
): Promise<SealedPayload | NotOpened> {
  const ref = { challenge: id, number: shown.number, solver, cid: cidToString(shown.cid) }
  const offers = offersFor(openings, ref)
  if (offers.length > 0) {
    const outlook = openers.opened < openers.oracles ? 'later' : 'never'
    const { maxBytes, formats } = manifest.submission
    return openSealed(client, { ...ref, maxBytes, formats, outlook, gateways }, offers, options)
  }
  const paysUnits = challenge.terms.payout.tag === 'PerUnit'
  const why = whyNotPublic(manifest, { verdict: shown.verdict, won, paysUnits }, openers)
  return { missing: 'submission_not_opened', ...why }
}
