/** The oracle's own file check, off the page's thread: a large file never freezes the form. */
import {
  GradeError,
  grade,
  type Precheck,
  precheck,
  prepareTruth,
  type Task,
  type TaskSource,
  taskOf,
} from '@stellartrain/oracle-grade'
import { onnxFor } from '@stellartrain/oracle-grade/onnx'
import { splitCsv } from '../content/preview.ts'
import { readCsvFile } from '../content/read-file.ts'
import { runnable } from '../workers/python.ts'
import { groupProblems, type ProblemGroup } from './problem-groups.ts'

/**
 * The engine's check, with its problems grouped, and what the file is where it is no CSV at all. `evaluated`: what the challenge's evaluator
 * makes of the file where it is taken for the truth as well; null where it could not be run on it.
 */
export type FileCheck = Precheck & { groups: ProblemGroup[]; hint: string | null; evaluated: Evaluated | null }
export type Evaluated = { score: number } | { fault: string }

export type CheckRequest = {
  manifest: TaskSource
  bytes: Uint8Array<ArrayBuffer>
  ids: readonly string[] | undefined
  /** The file that scores, where one of the maker's does. */
  evaluator: Uint8Array<ArrayBuffer> | undefined
  /** Published rows that a model is run on, where models are submitted. */
  sample: Uint8Array<ArrayBuffer> | undefined
}
export type CheckAnswer = { check: FileCheck } | { failure: string }

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<CheckRequest>) => void
  postMessage: (answer: CheckAnswer) => void
}

scope.onmessage = async ({ data: { manifest, bytes, ids, evaluator, sample } }) => {
  try {
    const task = taskOf(manifest, await runnable(manifest, evaluator), await onnxFor(manifest))
    const { shape } = task
    const check = precheck(bytes, ids ? { ...shape, ids } : shape, { maxProblems: MOST_PROBLEMS, sample })
    const evaluated = evaluator && check.ok ? evaluate(task, bytes) : null
    scope.postMessage({ check: { ...check, ...explain(check, bytes, shape), evaluated } })
  } catch (error) {
    scope.postMessage({ failure: error instanceof GradeError ? error.message : String(error) })
  }
}

/** The truth is sealed, so that the file stands for it: a program that stops at this file, or has no room for it, does so here as well. */
function evaluate(task: Task, bytes: Uint8Array): Evaluated | null {
  const { metric, evaluator, params, shape, truthShape } = task
  // Columns that only the truth has are nowhere at hand, and a truth is a CSV.
  const asked = evaluator?.truthColumns
  if (shape.formats || (Array.isArray(asked) && asked.length > shape.columns.length)) return null
  const truth = prepareTruth(bytes, truthShape(bytes))
  const result = grade({ metric, evaluator, params, truth, submission: bytes, shape, salt: new Uint8Array(32) })
  return result.status === 'graded' ? { score: result.score } : { fault: result.message }
}

/** Enough to count the problems of nearly every file, and to find values for them. */
const MOST_PROBLEMS = 10_000

function explain(
  { ok, problems }: Precheck,
  bytes: Uint8Array,
  { columns, formats }: ReturnType<typeof taskOf>['shape'],
): Pick<FileCheck, 'groups' | 'hint'> {
  if (ok) return { groups: [], hint: null }
  // Rows of other files than CSVs are not shown: the engine's own sentences name row and column.
  if (formats) return { groups: groupProblems(problems, [], columns), hint: null }
  const { text, problem = null } = readCsvFile(bytes)
  const last = Math.max(1, ...problems.map(({ row }) => row ?? 0))
  const [first] = problems
  const about = first?.reason === 'not_text' ? first.hint : undefined
  const hint = about && problem?.endsWith('not a CSV.') ? `${problem} ${about}` : problem
  return { groups: groupProblems(problems, text ? splitCsv(text, last) : [], columns), hint }
}
