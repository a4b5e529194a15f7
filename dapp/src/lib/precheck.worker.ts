/** The oracle's own file check, off the page's thread: a large file never freezes the form. */
import { GradeError, type Precheck, precheck, type TaskSource, taskOf } from '@stellartrain/oracle-grade'
import { readCsvFile } from './create/read-file.ts'
import { splitCsv } from './preview.ts'
import { groupProblems, type ProblemGroup } from './submit/problem-groups.ts'

/** The engine's check, with its problems grouped, and what the file is where it is no CSV at all. */
export type FileCheck = Precheck & { groups: ProblemGroup[]; hint: string | null }

export type CheckRequest = { manifest: TaskSource; bytes: Uint8Array<ArrayBuffer>; ids: readonly string[] | undefined }
export type CheckAnswer = { check: FileCheck } | { failure: string }

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<CheckRequest>) => void
  postMessage: (answer: CheckAnswer) => void
}

scope.onmessage = ({ data: { manifest, bytes, ids } }) => {
  try {
    const { shape } = taskOf(manifest)
    const check = precheck(bytes, ids ? { ...shape, ids } : shape, { maxProblems: MOST_PROBLEMS })
    scope.postMessage({ check: { ...check, ...explain(check, bytes, shape) } })
  } catch (error) {
    scope.postMessage({ failure: error instanceof GradeError ? error.message : String(error) })
  }
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
