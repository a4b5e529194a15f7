/** Runs the metric before anyone competes, as the oracles do before they accept: a challenge that cannot work is never funded. */

import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import { itemLink, type LabelingTask, parseAnswer } from '@stellartrain/ipfs-content/labeling'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { GradeResult, TaskResult } from '@stellartrain/oracle-grade'
import { csvRows } from '../challenge/csv.ts'
import { gradingTask } from '../grade/task.ts'
import { itemValues } from '../labeling/answers.ts'
import { UserError } from '../system/problems.ts'

export type TrialScores = {
  direction: 'maximize' | 'minimize'
  /** Units of 1e-7. */
  perfect: bigint
  constant: bigint | null
  baseline: bigint | null
  /** Of a ranking; the scores beside it are then those of the public rows. */
  private?: { perfect: bigint; constant: bigint | null }
  parts?: { public: number; private: number }
}

export type TrialInput = {
  manifest: Pick<Manifest, 'submission' | 'metric'>
  truth: Uint8Array
  salt: Uint8Array
  /** The published baseline file, if there is one. */
  baseline: Uint8Array | undefined
  /** Scored on the public rows, ranked on the private ones. */
  ranked?: boolean
  /** The file that scores, where the metric is an evaluator. */
  evaluator?: Uint8Array | undefined
}

/** @throws UserError `metric_unsuitable`, GradeError when truth and task do not fit together */
export async function runTrial({
  manifest,
  truth,
  salt,
  baseline,
  ranked = false,
  evaluator,
}: TrialInput): Promise<TrialScores> {
  const { grade, metricOf, prepareTruth, trial } = await import('@stellartrain/oracle-grade')
  const task = await gradingTask(manifest, evaluator)
  const prepared = prepareTruth(truth, task.truthShape(truth))
  if (ranked && !prepared.parts)
    throw new UserError(
      'bad_input',
      'A ranking needs a third column `usage` in the truth, with public or private in each row.',
    )
  const { perfect, constant } = trial(task, prepared, salt, ranked)
  const best = unitsOf(perfect)
  if (best === null)
    throw new UserError('metric_unsuitable', `Even a perfect submission would be rejected: ${messageOf(perfect)}`)
  const { direction } = metricOf(task)
  const graded = baseline
    ? grade({
        metric: task.metric,
        evaluator: task.evaluator,
        params: task.params,
        truth: prepared,
        part: ranked ? 'public' : 'all',
        submission: baseline,
        shape: task.shape,
        salt,
      })
    : undefined
  if (graded?.status === 'rejected') {
    throw new UserError(
      'metric_unsuitable',
      `The baseline's own file would be rejected: ${graded.message} Its ids and columns must be those that the plan and the truth ask for.`,
    )
  }
  const scores = { direction, perfect: best, constant: unitsOf(constant), baseline: graded ? unitsOf(graded) : null }
  if (!ranked) return scores
  const hidden = privateUnits(perfect)
  if (hidden === null)
    throw new UserError('metric_unsuitable', 'Even a perfect submission would have no score on the private rows.')
  return {
    ...scores,
    private: { perfect: hidden, constant: privateUnits(constant) },
    parts: { public: prepared.publicRows, private: prepared.privateRows },
  }
}

/**
 * Whether batches of labels can be judged: every known item is among those to be labeled. A batch has no other score than that.
 * @throws UserError `bad_input`, GradeError
 */
export async function tryBatches({
  manifest,
  truth,
  items,
  quizItems,
  labeling,
}: Pick<TrialInput, 'manifest' | 'truth'> & {
  items: Uint8Array | undefined
  /** Those of the quiz, where there is one. */
  quizItems?: Uint8Array | undefined
  labeling: Manifest['labeling']
}): Promise<TrialScores> {
  const { checkGold, itemIds, prepareTruth, taskOf } = await import('@stellartrain/oracle-grade')
  if (!items || !labeling)
    throw new UserError('bad_input', 'Batches of labels need labeling: the name of the items file, and minAccuracy.')
  const task = taskOf(manifest)
  if (task.metric !== 'accuracy')
    throw new UserError('bad_input', 'Batches of labels are judged by the metric accuracy.')
  const { idColumn } = task.shape
  if (labeling.quiz && !quizItems) throw new UserError('bad_input', 'The quiz names items that no dataset has.')
  if (labeling.task) checkItems(labeling.task, quizItems ? [items, quizItems] : [items], { truth, idColumn })
  const quiz = labeling.quiz && quizItems && { ...labeling.quiz, items: itemIds(quizItems, idColumn) }
  checkGold(prepareTruth(truth, task.truthShape(truth)), itemIds(items, idColumn), labeling.minAccuracy, quiz)
  return { direction: 'maximize', perfect: 10_000_000n, constant: null, baseline: null }
}

/** Whether every item has what its task shows, and every known label is an answer to it. @throws UserError `bad_input` */
function checkItems(
  task: LabelingTask,
  files: readonly Uint8Array[],
  { truth, idColumn }: { truth: Uint8Array; idColumn: string },
): void {
  const known = csvRows(truth) ?? []
  const values = new Map(files.flatMap((items) => [...itemValues(items, idColumn)]))
  const refuse = (message: string): never => {
    throw new UserError('bad_input', message)
  }
  for (const [id, item] of values) {
    for (const { column, as } of task.show) {
      const cell = item[column]
      if (cell === undefined) refuse(`The task shows the column "${column}", which the file of the items lacks.`)
      if (as === 'text') continue
      try {
        itemLink(cell ?? '')
      } catch (error) {
        refuse(`Item ${id} is shown by its column "${column}" as ${as}: ${(error as Error).message}`)
      }
    }
  }
  for (const [id = '', cell = ''] of known.slice(1)) {
    try {
      parseAnswer(task, cell, values.get(id))
    } catch (error) {
      refuse(`The known item ${id}: ${(error as Error).message}`)
    }
  }
}

/** @throws UserError `metric_unsuitable` when the threshold cannot be reached, or is reached by knowing nothing */
export function checkThreshold(scores: TrialScores, threshold: bigint): string[] {
  const reaches = (units: bigint) => (scores.direction === 'maximize' ? units >= threshold : units <= threshold)
  if (!reaches(scores.perfect) || (scores.private && !reaches(scores.private.perfect))) {
    const perfect = reaches(scores.perfect) ? scores.private!.perfect : scores.perfect
    throw new UserError(
      'metric_unsuitable',
      `No submission can reach the threshold ${scoreToDecimal(threshold)}: a perfect one has ${scoreToDecimal(perfect)}.`,
    )
  }
  const beats = (units: bigint) => (scores.direction === 'maximize' ? units > scores.perfect : units < scores.perfect)
  for (const [name, units] of [
    ['constant', scores.constant],
    ['baseline', scores.baseline],
  ] as const) {
    if (units !== null && beats(units)) {
      throw new UserError(
        'metric_unsuitable',
        `The ${name} prediction scores better than a perfect one: the truth or the metric is wrong.`,
      )
    }
  }
  const warnings: string[] = []
  if (scores.constant !== null && reaches(scores.constant))
    warnings.push('A constant prediction already reaches the threshold.')
  if (scores.baseline !== null && reaches(scores.baseline)) warnings.push('The baseline already reaches the threshold.')
  return warnings
}

const unitsOf = (result: GradeResult): bigint | null => (result.status === 'graded' ? result.scoreUnits : null)
const messageOf = (result: GradeResult): string => (result.status === 'rejected' ? result.message : '')
const privateUnits = (result: TaskResult): bigint | null =>
  result.status === 'graded' ? (result.privateScore ?? null) : null
