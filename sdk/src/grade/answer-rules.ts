/** How an oracle holds the answers of a batch against the labeling task and the known items. */
import { readAnswer } from '@stellartrain/ipfs-content/labeling'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { AnswerRules } from '@stellartrain/oracle-grade'

type Engine = Pick<typeof import('@stellartrain/oracle-grade'), 'answerRules'>

/** Undefined without a task: then every label is an answer, and only equal ones are right. */
export function rulesOf({ answerRules }: Engine, { labeling }: Pick<Manifest, 'labeling'>): AnswerRules | undefined {
  const task = labeling?.task
  return task && answerRules(task.answer, (cell) => readAnswer(task, cell))
}
