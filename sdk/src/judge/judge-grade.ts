/** What a judge may say of a disclosed submission: the oracles' own engine on it, with the truth that the maker handed over. */
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import { fetchEvaluator } from '../grade/evaluator.ts'
import { requireTruth } from '../grade/grade-files.ts'
import { gradingTask } from '../grade/task.ts'
import type { Disclosed } from '../submit/disclose.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import type { Ballot } from './judge.ts'
import { batchJudge } from './judge-batch.ts'

export type Graded = {
  verdict: Ballot['verdict']
  /** Why it would be rejected, for people; null where it is scored. */
  why: string | null
  /** On the private rows, units of 1e-7: what a ranking goes by. Null where there are none. */
  privateScore: bigint | null
}

/**
 * The truth is held against the commitment in the terms first.
 * @throws ContentError `commitment_mismatch` for another truth or salt; GradeError
 */
export async function gradeDisclosed(
  client: StellarTrain,
  shown: Disclosed,
  { truth, salt }: { truth: Uint8Array; salt: Uint8Array },
  { signal }: AbortOptions = {},
): Promise<Graded> {
  const { context, content: submission } = shown
  const { manifest, challenge, terms } = context
  const csv = new Uint8Array(truth)
  await requireTruth(client, context, { csv, salt })

  const { gradeTask, prepareTruth } = await import('@stellartrain/oracle-grade')
  const task = await gradingTask(manifest, await fetchEvaluator(client, manifest, { signal }))
  const prepared = prepareTruth(csv, task.truthShape(csv))
  const rejected = (reason: number, why: string): Graded => ({
    ...{ verdict: { status: 'rejected', reason }, why, privateScore: null },
  })
  if (terms.payout.rule === 'per_unit') {
    const of = { id: shown.challenge, terms: challenge.terms, manifest }
    const judge = await batchJudge(client, of, { csv, salt }, { signal })
    const batch = judge(submission, shown, shown.lease)
    if (batch.status === 'rejected') return rejected(batch.code, batch.message)
    const { scoreUnits: score, contentHash: content, rows: units } = batch
    return { verdict: { status: 'scored', score, content, units }, why: null, privateScore: null }
  }
  const ranked = terms.payout.rule === 'ranked'
  const graded = gradeTask({ task, truth: prepared, salt, ranked, submission })
  if (graded.status === 'rejected') return rejected(graded.code, graded.message)
  const { scoreUnits: score, contentHash: content, privateScore = null } = graded
  return { verdict: { status: 'scored', score, content, units: 0 }, why: null, privateScore }
}

/** The ballot as `judge rule` takes it. */
export function ballotFlags({ verdict }: Pick<Graded, 'verdict'>): string {
  if (verdict.status === 'rejected') return `--reject ${verdict.reason}`
  const units = verdict.units > 0 ? ` --units ${verdict.units}` : ''
  return `--score ${scoreToDecimal(verdict.score)} --hash ${verdict.content}${units}`
}
