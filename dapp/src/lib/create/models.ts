/** A challenge that takes models instead of predictions: which kinds, what they get of the sealed rows, and what they may use. Pure. */
import type { ModelFormat, TaskSource } from '@stellartrain/oracle-grade'
import { splitCsv } from '../content/preview.ts'
import type { Language } from './evaluator.ts'
import type { Form } from './form.ts'
import { decimal, whole, within } from './numbers.ts'
import { PLAIN_NUMBER } from './target.ts'

/** What the engine takes at most, as `PROGRAM_LIMITS` there says. */
export const MODEL_MOST = { steps: 10_000_000_000, memoryMib: 256, megabytes: 16 }
/** Where an oracle has the usual two minutes for a grading; an evaluator's steps count, too. */
export const USUAL_STEPS = 1_200_000_000

/** What is left for each of an evaluator's scorings; undefined where that is more than it gets unless it is said. */
export function evaluatorFuel(models: number, ranked: boolean, language: Language): number | undefined {
  const { usual, steps } = EVALUATORS[language]
  const left = Math.floor((USUAL_STEPS - models) / (ranked ? 2 : 1)) * steps
  return left < usual ? Math.max(1, left) : undefined
}
/** Fuel that it gets unless it is said, and how many of its steps oracles count as one. */
const EVALUATORS: Readonly<Record<Language, { usual: number; steps: number }>> = {
  wasm: { usual: 1_000_000_000, steps: 1 },
  python: { usual: 5_000_000_000, steps: 10 },
}

export type ModelTerms = {
  formats: ModelFormat[]
  fuel: number
  memoryMib: number
  maxBytes: number
}
export type ModelInput = NonNullable<TaskSource['submission']['model']>['inputs'][number]

export const takesModels = ({ formats }: Pick<Form, 'formats'>): boolean => formats === 'models'

export const kindsOf = (models: Form['models']): ModelFormat[] => (models === 'both' ? ['wasm', 'onnx'] : [models])

/** Of more digits than `whole` reads. */
const count = (text: string): number | null => (/^\d{1,11}$/.test(text.trim()) ? Number(text) : null)

type Fields = Pick<Form, 'formats' | 'models' | 'modelSteps' | 'modelMemory' | 'modelMegabytes'>

/** What is wrong with the limits, by field. */
export function checkModels(form: Fields): Partial<Record<'modelSteps' | 'modelMemory' | 'modelMegabytes', string>> {
  if (!takesModels(form)) return {}
  const { steps, memoryMib, megabytes } = MODEL_MOST
  return {
    ...(within(count(form.modelSteps), 1, steps) ? {} : { modelSteps: `Between 1 and ${steps.toLocaleString('en')}.` }),
    ...(within(whole(form.modelMemory), 1, memoryMib) ? {} : { modelMemory: `Between 1 and ${memoryMib}.` }),
    ...(within(decimal(form.modelMegabytes), 0.01, megabytes)
      ? {}
      : { modelMegabytes: `Between 0.01 and ${megabytes}.` }),
  }
}

/** Undefined where predictions are submitted, or a limit cannot be read. */
export function modelTerms(form: Fields): ModelTerms | undefined {
  if (!takesModels(form) || Object.keys(checkModels(form)).length > 0) return undefined
  return {
    formats: kindsOf(form.models),
    fuel: Number(form.modelSteps),
    memoryMib: Number(form.modelMemory),
    maxBytes: Math.round(Number(form.modelMegabytes) * 1_000_000),
  }
}

/** The columns of a truth behind the value to predict. Numbers have no gaps: a column that has some is text. */
export function inputsOf(truth: string): ModelInput[] {
  const [header = [], ...rows] = splitCsv(truth)
  return header.flatMap((name, at): ModelInput[] => {
    if (at < 2 || RESERVED.has(name)) return []
    const cells = rows.map((row) => row[at] ?? '')
    if (cells.every((cell) => PLAIN_NUMBER.test(cell))) return [{ name, type: 'number' }]
    return [{ name, type: cells.every((cell) => cell !== '' && cell === cell.trim()) ? 'string' : 'text' }]
  })
}

/** Columns of a truth that say how it is scored. */
const RESERVED: ReadonlySet<string> = new Set(['usage', 'weight', 'group'])

export const NO_INPUTS = 'A model needs something to predict from: at least one column beside the id and the value.'

/** The same task, solved by models. */
export const takingModels = (
  { submission, metric }: TaskSource,
  inputs: readonly ModelInput[],
  { formats, maxBytes, fuel, memoryMib }: ModelTerms,
): TaskSource => ({ submission: { ...submission, formats, maxBytes, model: { inputs, fuel, memoryMib } }, metric })

/** The name under which a baseline's model is published, by what it begins with. */
export const baselineName = (bytes: Uint8Array): string => (bytes[0] === 0 ? 'baseline.wasm' : 'baseline.onnx')
