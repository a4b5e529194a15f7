/** Python evaluators for tests: a source against one column of numbers. */

import { EVALUATOR } from '../program/params.ts'
import type { Ran } from '../program/run.ts'
import { tableOf } from '../program/table.ts'
import { createPythonEvaluator, type PythonSource } from './evaluator.ts'
import { evaluatorFile } from './supply.ts'

const utf8 = new TextEncoder()

export const LIMITS = { fuel: 1_000_000_000, memoryMib: 64 }
const PARAMS = { module: 'evaluator.py', language: 'python', direction: 'maximize', truthColumns: [] } as const
const COLUMNS = [{ name: 'y', type: 'number' }] as const

/** A function `score` with this body. */
export const scoreOf = (body: string): string =>
  `def score(solution, submission, row_id_column_name):\n${body.replace(/^/gm, '    ')}`

const column = (values: readonly number[]): Uint8Array =>
  tableOf([{ kind: 'number', values: Float64Array.from(values) }], values.length, 2 ** 24)!

export async function evaluatorOf(source: string, limits = LIMITS) {
  const metric = { id: EVALUATOR, params: { module: 'evaluator.py', language: 'python', direction: 'maximize' } }
  const file = (await evaluatorFile(metric, utf8.encode(source))) as PythonSource
  return createPythonEvaluator(file, { ...PARAMS, ...limits }, { idColumn: 'id', columns: COLUMNS })
}

/** What it makes of the truth 1, 2, 3 and the submission 1, 2, 5. */
export async function run(source: string, limits = LIMITS): Promise<Ran> {
  const evaluator = await evaluatorOf(source, limits)
  return evaluator.run(column([1, 2, 3]), column([1, 2, 5]), utf8.encode('["a","b","c"]'))
}
