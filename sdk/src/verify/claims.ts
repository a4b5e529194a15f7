/** The checks themselves: pure comparisons of gathered evidence. */

import { cidToString, scoreToDecimal, toHex } from '@stellartrain/contracts-client'
import { round, statusName } from '@stellartrain/contracts-client/rules'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { checkAgainstTerms } from '@stellartrain/ipfs-content/manifest'
import type { Graded } from '@stellartrain/oracle-grade'
import { checkCommitment } from '../challenge/context.ts'
import { COPY } from '../story/verdict.ts'
import { reasonOf } from '../system/reasons.ts'
import { type Check, compare, failed, type NotOpened, open } from './check.ts'
import type { Evidence } from './evidence.ts'
import type { OpenedTruth } from './opened.ts'
import type { Ungraded } from './regrade.ts'
import { summary } from './summary.ts'

export function checkNetwork(evidence: Evidence, expected: { passphrase: string }): Check {
  return compare('network', expected.passphrase, evidence.passphrase)
}

export function checkStorage({ shown, raw }: Evidence): Check {
  if (raw === undefined) return open('storage', 'archived', ARCHIVED)
  return compare('storage', summary(raw), summary(shown))
}

const ARCHIVED = 'The entry is no longer in the live storage; extending the challenge restores it.'

export function checkManifest({ manifest, challenge }: Evidence): Check {
  const cid = cidToString(challenge.terms.manifest)
  if (manifest instanceof ContentError) {
    return manifest.retryable
      ? open('manifest', 'content_unavailable', manifest.message)
      : failed('manifest', `a manifest under ${cid}`, manifest.message)
  }
  try {
    checkAgainstTerms(manifest, {
      opensTruth: challenge.terms.opens_truth,
      ranked: challenge.terms.payout.tag === 'Ranked',
      earnings: challenge.terms.payout.tag === 'Earnings',
      maxUnits: challenge.terms.payout.tag === 'PerUnit' ? challenge.terms.payout.values[0].max_units : undefined,
      oracles: challenge.terms.oracles.map((address) => ({ address })),
    })
    checkCommitment(manifest, challenge)
    return compare('manifest', cid, cid)
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return failed('manifest', 'the terms on the chain', error.message)
  }
}

/** `commitment` is that of the opened truth, hex. */
export function checkTruth(opened: OpenedTruth | NotOpened, { challenge }: Evidence, commitment: string): Check {
  if ('missing' in opened) return open('truth', opened.missing, opened.note, opened.outlook)
  const by = opened.by ? `opened by ${opened.by}` : 'given by the caller'
  return compare('truth', toHex(challenge.terms.truth), commitment, by)
}

/** `computed` is the commitment of what the sealed file holds, hex; undefined where it cannot be made. */
export function checkSubmissionCommitment({ shown, opened }: Evidence, computed: string | undefined): Check {
  const wanted = toHex(shown.commitment)
  if (/^0+$/.test(wanted)) return open('commitment', 'not_applicable', 'Its solver made no commitment.')
  if ('missing' in opened) return open('commitment', opened.missing, opened.note, opened.outlook)
  const { submission } = opened
  if ('missing' in submission) return open('commitment', submission.missing, submission.note, submission.outlook)
  const { sealed } = submission
  if ('missing' in sealed) {
    const note = `${sealed.note} The nonce of the commitment is inside the sealed file.`
    return open('commitment', sealed.missing, note, sealed.outlook)
  }
  return compare('commitment', wanted, computed ?? 'a file without a canonical form')
}

export function checkContent(
  evidence: Evidence,
  graded: Pick<Graded, 'scoreUnits' | 'contentHash'> | Ungraded,
): Check[] {
  const { shown, facts } = evidence
  if (!hasContent(evidence)) {
    const note = 'Only a scored submission has a content hash and a score.'
    return [open('content_hash', 'not_applicable', note), open('score', 'not_applicable', note)]
  }
  const hash = toHex(shown.content_hash)
  const posted = scoreToDecimal(shown.score)
  if ('problem' in graded) {
    return [failed('content_hash', hash, graded.problem), failed('score', posted, graded.problem)]
  }
  const rounded = round(graded.scoreUnits, facts.terms)
  return [
    compare('content_hash', hash, graded.contentHash),
    compare(
      'score',
      posted,
      scoreToDecimal(rounded),
      `${scoreToDecimal(graded.scoreUnits)} before rounding to the step`,
    ),
  ]
}

export const hasContent = ({ shown }: Evidence): boolean => statusName(shown.verdict) === 'scored'

/** `sameContent`: what was judged is, up to the order of rows and the like, what the sealed file holds. */
export function checkBinding({ opened, shown }: Evidence, sameContent: boolean): Check {
  if ('missing' in opened) return open('binding', opened.missing, opened.note, opened.outlook)
  const { submission } = opened
  if ('missing' in submission) return open('binding', submission.missing, submission.note, submission.outlook)
  const { sealed } = submission
  if ('missing' in sealed) {
    const note = `${sealed.note} Only the content hash ties the given file to the chain.`
    return open('binding', sealed.missing, note, sealed.outlook)
  }
  // A wrong file of the caller's says nothing about the chain; its content hash fails.
  if (!sameContent) return open('binding', 'submission_not_opened', 'The given file is not what the sealed file holds.')
  const cid = cidToString(shown.cid)
  return compare('binding', cid, cid, `opened with the file key that ${sealed.by} published`)
}

/** A rejection is recomputed from the sealed file or from one that the caller has; oracles publish only what they scored. */
export function checkRejection({ shown, opened }: Evidence, graded: Pick<Graded, 'scoreUnits'> | Ungraded): Check {
  const posted = reasonOf(shown.reason)
  if ('missing' in opened) return open('rejection', opened.missing, opened.note, opened.outlook)
  const { submission } = opened
  if ('missing' in submission) {
    const note = `${submission.note} The solver can check it with the file itself.`
    return open('rejection', submission.missing, note, submission.outlook)
  }
  if (posted.name === COPY)
    return open('rejection', 'not_applicable', 'It was rejected as a copy, which is checked by itself.')
  // Codes below 20 are about the sealed file, which only its recipients can open.
  if (shown.reason < FIRST_CSV_REASON)
    return open('rejection', 'submission_not_opened', `${posted.text} Only the oracles can open the sealed file.`)
  const got = 'problem' in graded ? graded.problem : `accepted with the score ${scoreToDecimal(graded.scoreUnits)}`
  const code = 'problem' in graded ? graded.code : undefined
  return compare('rejection', posted.name, code === undefined ? got : reasonOf(code).name, got)
}

const FIRST_CSV_REASON = 20
