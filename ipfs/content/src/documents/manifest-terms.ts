/** Whether a manifest and the terms of its challenge on-chain say the same. */
import { ContentError } from '../errors.ts'
import type { Manifest } from './manifest-schema.ts'

/**
 * Whether manifest and on-chain terms say the same: what opens, and that the truth is sealed for each oracle of the challenge.
 * `key` is the oracle's current recipient `age1…`, where the caller knows it; `ranked` says that the prizes go by the
 * private rows, `earnings` that there is no truth; `maxUnits` is the largest batch where batches of labels are paid. @throws ContentError `bad_manifest`
 */
export function checkAgainstTerms(
  manifest: Manifest,
  terms: {
    opensTruth: boolean
    ranked?: boolean
    earnings?: boolean
    maxUnits?: number | undefined
    oracles: readonly { address: string; key?: string }[]
  },
): void {
  const problems = []
  if (manifest.opens.truth !== terms.opensTruth) {
    problems.push({ path: 'opens.truth', message: 'differs from the terms on-chain' })
  }
  if (!manifest.truth && !terms.earnings)
    problems.push({ path: 'truth', message: 'submissions are graded, and it names none' })
  if (terms.ranked && manifest.truth && !manifest.truth.parts)
    problems.push({ path: 'truth.parts', message: 'a ranking needs public and private rows' })
  if (terms.maxUnits !== undefined && !manifest.labeling)
    problems.push({ path: 'labeling', message: 'payment per unit needs items to label' })
  if (terms.maxUnits !== undefined && manifest.submission.rows !== terms.maxUnits)
    problems.push({ path: 'submission.rows', message: 'differs from the largest batch on-chain' })
  if (terms.maxUnits !== undefined && manifest.labeling?.perItem !== undefined)
    problems.push({ path: 'labeling.perItem', message: 'the terms on-chain have the rate where units are paid' })
  for (const oracle of manifest.truth ? terms.oracles : []) {
    const recipient = manifest.truth?.recipients.find((r) => r.oracle === oracle.address)
    if (!recipient)
      problems.push({ path: 'truth.recipients', message: `the truth is not sealed for ${oracle.address}` })
    else if (oracle.key !== undefined && recipient.key !== oracle.key) {
      problems.push({ path: 'truth.recipients', message: `the truth is sealed for another key of ${oracle.address}` })
    }
  }
  const first = problems[0]
  if (first) {
    const message = `Manifest and challenge do not agree at ${first.path}: ${first.message}.`
    throw new ContentError('bad_manifest', message, { problems })
  }
}
