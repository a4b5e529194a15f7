/** A batch of labels' part of a verification: the known items decide. */

import { Verdict } from '@stellartrain/contracts-client'
import { quorum } from '@stellartrain/contracts-client/rules'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { leaseSigners } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { type Accepted, GradeError, ownIds } from '@stellartrain/oracle-grade'
import { batchJudge } from '../judge/judge-batch.ts'
import { needsLease } from '../labeling/kept-lease.ts'
import type { StellarTrain } from '../system/client.ts'
import type { SystemConfig } from '../system/config.ts'
import { partOf } from '../system/counted.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { type Check, compare, type NotOpened, open } from './check.ts'
import type { Evidence } from './evidence.ts'
import { noManifest } from './opened.ts'
import type { Ungraded } from './regrade.ts'
import type { SealedPayload } from './sealed.ts'

type Judged = Pick<Accepted, 'contentHash' | 'scoreUnits' | 'rows' | 'goldRows'> | Ungraded | NotOpened

/** The batch as the oracles should have judged it, or what is missing to judge it. */
export async function judgeBatch(client: StellarTrain, evidence: Evidence, { signal }: AbortOptions): Promise<Judged> {
  const { opened, manifest, ref, shown, challenge } = evidence
  if (manifest instanceof ContentError) return noManifest(manifest)
  if ('missing' in opened) return opened
  if ('missing' in opened.submission) return opened.submission
  const { bytes: submission, sealed } = opened.submission
  // The lease is in the sealed file: whoever has the labels alone cannot tell.
  if (needsLease(manifest) && 'missing' in sealed) return sealed
  const lease = 'missing' in sealed ? undefined : sealed.lease
  try {
    const of = { id: ref.challenge, terms: challenge.terms, manifest }
    const judge = await batchJudge(client, of, opened, { signal })
    const result = judge(submission, { ...ref, units: shown.units, time: Number(shown.time) }, lease)
    return result.status === 'accepted'
      ? result
      : { problem: `would be rejected: ${result.message}`, code: result.code }
  } catch (error) {
    if (error instanceof ContentError) {
      const note = `The items to be labeled could not be fetched. ${error.message}`
      return { missing: 'content_unavailable', note, outlook: error.retryable ? 'retry' : 'never' }
    }
    if (error instanceof GradeError || error instanceof UserError) return { problem: error.message }
    throw error
  }
}

/** Accepted units, recomputed. */
export function checkUnits({ shown }: Evidence, judged: Judged): Check {
  if (shown.verdict === Verdict.Pending) return open('units', 'not_final', 'There is no verdict yet.')
  if (shown.verdict !== Verdict.Scored)
    return open('units', 'not_applicable', 'Only an accepted batch has accepted units.')
  if ('missing' in judged) return open('units', judged.missing, judged.note, judged.outlook)
  const got = 'problem' in judged ? judged.problem : String(judged.rows)
  return compare('units', String(shown.accepted_units), got, 'problem' in judged ? null : knownItems(judged))
}

/** `2 of 3 known items right`: the score of a batch is their share. */
function knownItems({ scoreUnits, goldRows }: Pick<Accepted, 'scoreUnits' | 'goldRows'>): string {
  if (goldRows === 0) return 'no known items in this batch'
  return `${partOf(Math.round((Number(scoreUnits) / 1e7) * goldRows), goldRows, 'known item')} right`
}

export const isLeased = ({ manifest }: Evidence): boolean => !(manifest instanceof ContentError) && needsLease(manifest)

/** Whether the batch is about what its labeler was leased, from the sealed file, the lease in it, and the chain. */
export async function checkLease(evidence: Evidence, { passphrase, contract }: SystemConfig): Promise<Check> {
  const { manifest, opened, shown, ref, challenge } = evidence
  if (shown.verdict === Verdict.Pending) return open('lease', 'not_final', 'There is no verdict yet.')
  if (shown.verdict !== Verdict.Scored)
    return open(
      'lease',
      'not_applicable',
      'Only an accepted batch needed it; the reason of a rejection says what it lacked.',
    )
  const gap =
    manifest instanceof ContentError
      ? noManifest(manifest)
      : 'missing' in opened
        ? opened
        : 'missing' in opened.submission
          ? opened.submission
          : 'missing' in opened.submission.sealed
            ? opened.submission.sealed
            : undefined
  if (gap) return open('lease', gap.missing, gap.note, gap.outlook)
  const { bytes, lease } = (opened as { submission: { sealed: SealedPayload } }).submission.sealed
  const expected = 'signed by a majority of the oracles, submitted in time'
  if (!lease) return compare('lease', expected, 'the file names no lease')
  const { oracles } = challenge.terms
  const items = ownIds(bytes, { idColumn: (manifest as Manifest).submission.idColumn })
  const place = { network: await networkId(passphrase), contract, challenge: ref.challenge }
  const terms = { ...place, labeler: ref.solver, attempt: ref.attempt, ...lease, items }
  const signers = [...leaseSigners(terms, lease.signatures, oracles)]
  const note = `signed by ${signers.join(', ') || 'no one'}; until ${isoTime(lease.expires)}`
  const late = Number(shown.time) - lease.expires
  if (signers.length < quorum({ oracles }))
    return compare('lease', expected, `signed by ${partOf(signers.length, oracles.length, 'oracle')}`, note)
  return compare('lease', expected, late > 0 ? `submitted ${late} s after it ended` : expected, note)
}
