/** A challenge that is ready to be graded: its truth read, its metric or evaluator loaded, its items known. */
import { type LabelingTask, readAnswer } from '@stellartrain/ipfs-content/labeling'
import {
  type AnswerRules,
  answerRules,
  evaluatorFile,
  itemIds,
  type PreparedTruth,
  prepareTruth,
  type Quiz,
  type Task,
  taskOf,
} from '@stellartrain/oracle-grade'
import { onnxFor } from '@stellartrain/oracle-grade/onnx'
import type { BatchTerms, JobInputs } from './jobs.ts'

export type Ready = {
  task: Task
  truth: PreparedTruth
  salt: Uint8Array
  ranked: boolean
  labeling:
    | (BatchTerms & { items: readonly string[]; answers: AnswerRules | undefined; quiz: Quiz | undefined })
    | undefined
}

export async function prepare({ source, evaluator, truth, salt, ranked, labeling }: JobInputs): Promise<Ready> {
  const task = taskOf(source, await evaluatorFile(source.metric, evaluator), await onnxFor(source))
  return {
    ...{ task, truth: prepareTruth(truth, task.truthShape(truth)), salt, ranked },
    labeling: labeling && {
      ...labeling,
      items: itemIds(labeling.items, task.shape.idColumn),
      answers: labeling.task && rulesOf(labeling.task),
      quiz: labeling.quiz && { ...labeling.quiz, items: itemIds(labeling.quiz.items, task.shape.idColumn) },
    },
  }
}

const rulesOf = (task: LabelingTask): AnswerRules => answerRules(task.answer, (cell) => readAnswer(task, cell))
