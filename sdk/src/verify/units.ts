/** A batch of labels' part of a verification: the known items decide. */

import { Verdict } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type Accepted, GradeError, gradeBatch, itemIds, prepareTruth, taskOf } from '@stellartrain/oracle-grade'
import { readItems, unitTerms } from '../batch.ts'
import type { StellarTrain } from '../client.ts'
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
  try {
    const items = await readItems(client, manifest, { signal })
    const { shape, truthShape } = taskOf(manifest)
    const result = gradeBatch({
      gold: prepareTruth(opened.csv, truthShape(opened.csv)),
      items: itemIds(items, shape.idColumn),
      size: unitTerms(challenge.terms)?.size ?? 0,
      ...{ minAccuracy: manifest.labeling?.minAccuracy ?? 1, shape, salt: opened.salt },
      batch: { challenge: ref.challenge, labeler: ref.solver, attempt: ref.attempt },
      ...{ units: shown.units, submission: opened.submission.bytes },
    })
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
