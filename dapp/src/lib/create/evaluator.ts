/** A challenge that an evaluator of its maker scores, as the engine takes it: its parameters, and what a submission looks like. */
import type { TaskSource } from '@stellartrain/oracle-grade'
import type { Form } from './form.ts'
import type { Target } from './target.ts'

/** The id that stands in the place of a metric's. */
export const EVALUATOR = 'evaluator'
/** What a maker's file is written in, by its name. */
export type Language = 'wasm' | 'python'
export const languageOf = (fileName: string): Language => (/\.py$/i.test(fileName) ? 'python' : 'wasm')
/** The dataset that is the evaluator, whatever the maker's file is called. */
export const moduleName = (language: Language): string => (language === 'python' ? 'evaluator.py' : 'evaluator.wasm')
/** Of its interface; the engine says so where it has another. */
const VERSION = 1

/** What the page says where metrics have a sentence of the engine's. */
export const EVALUATOR_WORDS = 'What a program of the maker’s own makes of truth and submission.'

/** Columns of the truth behind the one to predict are the evaluator's alone. */
export function evaluatorSource(
  target: Target,
  { direction, language, fuel }: { direction: Form['direction']; language: Language; fuel?: number | undefined },
): TaskSource {
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
        ...{ module: moduleName(language), direction },
        ...(language === 'python' && { language }),
        ...(fuel !== undefined && { fuel }),
        ...(more.length > 0 && { truth_columns: more.map((column) => `${column.name}:${column.type}`) }),
      },
      version: VERSION,
    },
  }
}
