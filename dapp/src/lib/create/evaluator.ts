/** A challenge that an evaluator of its maker scores, as the engine takes it: the module's parameters, and what a submission looks like. */
import type { TaskSource } from '@stellartrain/oracle-grade'
import type { Form } from './form.ts'
import type { Target } from './target.ts'

/** The id that stands in the place of a metric's. */
export const EVALUATOR = 'evaluator'
/** The dataset that is the module, whatever the maker's file is called. */
export const MODULE_NAME = 'evaluator.wasm'
/** Of its interface; the engine says so where it has another. */
const VERSION = 1

/** What the page says where metrics have a sentence of the engine's. */
export const EVALUATOR_WORDS = 'What a program of the maker’s own makes of truth and submission.'

/** Columns of the truth behind the one to predict are the evaluator's alone. */
export function evaluatorSource(target: Target, direction: Form['direction'], fuel?: number): TaskSource {
  const { column: name, labels, numeric, more } = target
  return {
    submission: {
      idColumn: target.idColumn,
      columns: [numeric ? { name, type: 'number' } : { name, type: 'string', ...(labels && { labels }) }],
      rows: target.rows,
      maxBytes: Math.min(52_428_800, Math.max(1_048_576, target.rows * 256)),
    },
    metric: {
      id: EVALUATOR,
      params: {
        ...{ module: MODULE_NAME, direction },
        ...(fuel !== undefined && { fuel }),
        ...(more.length > 0 && { truth_columns: more.map((column) => `${column.name}:${column.type}`) }),
      },
      version: VERSION,
    },
  }
}
