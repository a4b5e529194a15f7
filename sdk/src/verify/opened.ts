/** What was opened after the end: the truth that matches the commitment, and the payload of the submission in question. */
import { type Challenge, cidToString, type Submission } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { Opening } from '@stellartrain/ipfs-content/opening'
import type { StellarTrain } from '../client.ts'
import { fetchContent } from '../content.ts'
import { readOpenings } from '../openings.ts'
import type { AbortOptions } from '../options.ts'
import type { Outlook } from './check.ts'
import type { Override } from './override.ts'
import { type Openers, whyNotPublic } from './publication.ts'

export type OpenedTruth = {
  by: string | null
  csv: Uint8Array
  salt: Uint8Array
  /** Every usable opening of the challenge: one may have what another lacks. */
  openings: readonly Opening[]
  openers: Openers
  /** The submission's payload, or why it is not there. */
  submission: OpenedPayload | NotOpened
}

export type OpenedPayload = {
  bytes: Uint8Array /** CID of the sealed file that it is said to be of. */
  sealed: string | null
}

export type NotOpened = {
  missing: 'truth_not_opened' | 'submission_not_opened' | 'content_unavailable'
  note: string
  outlook: Outlook
}

type Of = {
  id: number
  challenge: Challenge
  manifest: Manifest | ContentError
  shown: Submission
  won: boolean
}

/** From the usable openings: the truth, and the payload from whichever of them has it. Without any, the override. */
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
  const { usable, openedBy, unusable, retryable } = await readOpenings(client, { id: of.id, who, manifest }, options)
  const openers = { opened: openedBy.filter((by) => oracles.includes(by)).length, oracles: oracles.length }
  const openings = usable.map(({ opening }) => opening)
  const [first] = usable
  if (first) {
    const submission = await gatherPayload(client, openings, { ...of, manifest, openers }, override, options)
    const { by, csv, salt } = first
    return { by, csv: override.truth ?? csv, salt: override.salt ?? salt, openings, openers, submission }
  }
  if (!override.truth || !override.salt) return noTruth(challenge, unusable.at(-1), retryable)
  const submission: OpenedTruth['submission'] = override.submission
    ? { bytes: override.submission, sealed: null }
    : { missing: 'submission_not_opened', note: 'No payload was given.', outlook: 'later' }
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
  const { shown, won, challenge, manifest, openers } = of
  const entries = openings.flatMap(({ submissions }) => submissions.filter(({ number }) => number === shown.number))
  const ours = entries.filter(({ sealed }) => sealed === cidToString(shown.cid))
  if (override.submission) return { bytes: override.submission, sealed: (ours[0] ?? entries[0])?.sealed ?? null }
  let missing: NotOpened | undefined
  for (const { cid, bytes, sealed } of ours.length > 0 ? ours : entries) {
    try {
      return { bytes: await fetchContent(client, cid, bytes, options), sealed }
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      const outlook = error.retryable ? 'retry' : 'never'
      missing = { missing: 'content_unavailable', note: error.message, outlook }
    }
  }
  if (missing) return missing
  const paysUnits = challenge.terms.payout.tag === 'PerUnit'
  const why = whyNotPublic(manifest, { verdict: shown.verdict, won, paysUnits }, openers)
  return { missing: 'submission_not_opened', ...why }
}
