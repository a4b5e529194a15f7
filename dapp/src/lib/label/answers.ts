/** Answers of this page as the file that is submitted, and what was kept of them read again. */
import { type Answer, formatAnswer, type ItemValues, type LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { csvText } from '@stellartrain/oracle-grade/csv'
import type { Manifest } from '../content/manifest.ts'
import type { Work } from './work.ts'

/** Why an answer cannot be submitted as it is; undefined where it can. */
export function problemOf(task: LabelingTask, answer: Answer, item: ItemValues | undefined): string | undefined {
  try {
    formatAnswer(task, answer, item)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The file of the batch, in the order in which the items were handed out. @throws ContentError `bad_answer` */
export function batchCsv(
  { submission }: Pick<Manifest, 'submission'>,
  task: LabelingTask,
  items: ReadonlyMap<string, ItemValues>,
  { given }: Pick<Work<Answer>, 'given'>,
): string {
  const column = submission.columns[0]?.name ?? ''
  const cells = [...items].map(([id, item]) => {
    const one = given[id]
    const answer: Answer | undefined = one?.broken ? { kind: 'flag' } : one?.value
    return [id, answer === undefined ? '' : formatAnswer(task, answer, item)]
  })
  return csvText([[submission.idColumn, column], ...cells])
}

/** An answer as it was kept in this browser, also one that is only begun; undefined where it is none of this task. */
export function readKept(task: LabelingTask, item: ItemValues | undefined, value: unknown): Answer | undefined {
  const answer = value as Answer | null
  if (typeof answer !== 'object' || answer === null || answer.kind !== task.answer.kind) return undefined
  if (problemOf(task, answer, item) === undefined) return answer
  // Begun: what is typed may end with a space, and too few may be chosen yet.
  if (answer.kind === 'text' || answer.kind === 'transcription')
    return typeof answer.value === 'string' ? answer : undefined
  if (answer.kind === 'choices') return isTexts(answer.values) ? answer : undefined
  return undefined
}

const isTexts = (values: unknown): boolean => Array.isArray(values) && values.every((one) => typeof one === 'string')
