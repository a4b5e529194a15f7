/** A batch of labels' part of a verification: the known items decide. */

import { Verdict } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type Accepted, GradeError } from '@stellartrain/oracle-grade'
import type { StellarTrain } from '../client.ts'
import { batchJudge } from '../judge-batch.ts'
import type { AbortOptions } from '../options.ts'
import { UserError } from '../problems.ts'
import { type Check, compare, type NotOpened, open } from './check.ts'
import type { Evidence } from './evidence.ts'
import { noManifest } from './opened.ts'
import type { Ungraded } from './regrade.ts'

type Judged = Pick<Accepted, 'contentHash' | 'scoreUnits' | 'rows' | 'goldRows'> | Ungraded | NotOpened

/** The batch as the oracles should have judged it, or what is missing to judge it. */
export async function judgeBatch(client: StellarTrain, evidence: Evidence, { signal }: AbortOptions): Promise<Judged> {
  const { opened, manifest, ref, shown, challenge } = evidence
  if (manifest instanceof ContentError) return noManifest(manifest)
  if ('missing' in opened) return opened
  if ('missing' in opened.submission) return opened.submission
  const { bytes: submission, sealed } = opened.submission
  const leased = manifest.labeling?.overlap !== undefined
  // The lease is in the sealed file: whoever has the labels alone cannot tell.
  if (leased && 'missing' in sealed) return sealed
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

/** `3 of 3 known items right`: the score of a batch is their share. */
function knownItems({ scoreUnits, goldRows }: Pick<Accepted, 'scoreUnits' | 'goldRows'>): string {
  if (goldRows === 0) return 'no known items in this batch'
  return `${Math.round((Number(scoreUnits) / 1e7) * goldRows)} of ${goldRows} known items right`
}
