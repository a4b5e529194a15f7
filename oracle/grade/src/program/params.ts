/** What a manifest says of its evaluator, in the parameters of the metric `evaluator`. */

import { GradeError } from '../errors.ts'
import type { Direction } from '../metrics/metric.ts'
import type { ColumnType } from '../shape.ts'
import { PROGRAM_LIMITS } from './limits.ts'

export const EVALUATOR = 'evaluator'
/** What an evaluator is written in: a WebAssembly module, or Python's source. */
export const LANGUAGES = ['wasm', 'python'] as const
export type Language = (typeof LANGUAGES)[number]
/** As an oracle lists them among its metrics. */
export const EVALUATOR_METRICS: Readonly<Record<Language, string>> = { wasm: EVALUATOR, python: 'python' }
/** Of the interface of modules: what they export and get. */
export const EVALUATOR_VERSION = 1
/** Of the interpreter and what it gives: another one counts otherwise, and can score otherwise. */
export const PYTHON_VERSION = 1

export interface EvaluatorParams {
  /** The dataset of the manifest that is the module. */
  readonly module: string
  readonly language: Language
  readonly direction: Direction
  readonly fuel: number
  readonly memoryMib: number
  /** Columns of the truth beside those of a submission. */
  readonly truthColumns: readonly { readonly name: string; readonly type: ColumnType }[]
}

const KNOWN = ['module', 'language', 'direction', 'fuel', 'memory_mib', 'truth_columns']
/** Types of columns that programs get, by the names that plans and manifests have for them. */
export const PROGRAM_TYPES: Readonly<Record<string, ColumnType>> = {
  number: 'number',
  integer: 'integer',
  string: 'label',
  text: 'text',
  list: 'list',
  numbers: 'numbers',
  rle: 'rle',
}

const { fuel, memoryMib, pythonFuel, leastPythonMib, pythonMib } = PROGRAM_LIMITS
const OF_MODULES = { least: 1, usual: { fuel, memoryMib } }
const OF_PYTHON = { least: leastPythonMib, usual: { fuel: pythonFuel, memoryMib: pythonMib } }

/** Throws `params_invalid`. */
export function evaluatorParams(params: Readonly<Record<string, unknown>>): EvaluatorParams {
  const fail = (message: string): never => {
    throw new GradeError('params_invalid', message)
  }
  const unknown = Object.keys(params).find((name) => !KNOWN.includes(name))
  if (unknown !== undefined) fail(`evaluator has no parameter ${unknown}; it has ${KNOWN.join(', ')}.`)
  const { module, language = 'wasm', direction } = params
  if (language !== 'wasm' && language !== 'python')
    return fail('language is wasm or python; without it the evaluator is a WebAssembly file.')
  const { least, usual } = language === 'wasm' ? OF_MODULES : OF_PYTHON
  const { fuel = usual.fuel, memory_mib = usual.memoryMib } = params
  if (typeof module !== 'string' || module === '')
    return fail('module is the name of the dataset that is the evaluator: a WebAssembly file, or a Python file.')
  if (direction !== 'maximize' && direction !== 'minimize') return fail('direction is maximize or minimize.')
  const { maxFuel, maxMemoryMib } = PROGRAM_LIMITS
  if (!isWhole(fuel, 1, maxFuel)) return fail(`fuel is a whole number from 1 to ${maxFuel}.`)
  if (!isWhole(memory_mib, least, maxMemoryMib))
    return fail(`memory_mib is a whole number from ${least} to ${maxMemoryMib}.`)
  const { truth_columns = [] } = params
  if (!Array.isArray(truth_columns)) return fail('truth_columns is a list of texts such as difficulty:number.')
  const truthColumns = truth_columns.map((text: unknown) => {
    const [, name, type] = /^(.+):([a-z]+)$/.exec(String(text)) ?? []
    const known = type === undefined ? undefined : PROGRAM_TYPES[type]
    if (name === undefined || known === undefined)
      return fail(
        `truth_columns has texts such as difficulty:number, of the types ${Object.keys(PROGRAM_TYPES).join(', ')}.`,
      )
    return { name, type: known }
  })
  return { module, language, direction, fuel, memoryMib: memory_mib, truthColumns }
}

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most

/** The most steps of one scoring. Throws `params_invalid`. */
export const evaluatorSteps = (params: Readonly<Record<string, unknown>>): number => evaluatorParams(params).fuel

/** What the evaluator of a manifest is written in. Throws `params_invalid`. */
export const evaluatorLanguage = (params: Readonly<Record<string, unknown>>): Language =>
  evaluatorParams(params).language

/** The version of its interface that this engine has. Throws `params_invalid`. */
export const evaluatorVersion = (params: Readonly<Record<string, unknown>>): number =>
  evaluatorParams(params).language === 'python' ? PYTHON_VERSION : EVALUATOR_VERSION

/** The dataset that a manifest names as its evaluator; undefined where its metric is one of the engine's. */
export const evaluatorModule = (metric: {
  id: string
  params: Readonly<Record<string, unknown>>
}): string | undefined => (metric.id === EVALUATOR ? evaluatorParams(metric.params).module : undefined)
