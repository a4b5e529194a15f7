/** The form of a new challenge: its fields as typed. */

import type { Kind, StepName } from './kinds.ts'
import { type LabelsForm, newLabels } from './labels/form.ts'

export type Form = {
  title: string
  summary: string
  description: string
  license: string
  tags: string
  mode: 'split' | 'files'
  idColumn: string
  targetColumn: string
  testShare: string
  seed: number
  metric: string
  posLabel: string
  /** Which scores of an evaluator are better. */
  direction: 'maximize' | 'minimize'
  baseline: 'constant' | 'file'
  baselineText: string
  threshold: string
  step: string
  asset: string
  kind: Kind
  reward: string
  winners: string
  /** Of a ranking, the largest first, between commas. */
  prizes: string
  /** Of the rows to predict, percent: scored at once; the others decide a ranking. */
  publicShare: string
  /** What a submission can be: a CSV, every format of predictions that the oracles' engine reads, or a model. */
  formats: 'csv' | 'all' | 'models'
  /** Which kinds of models, and what one may use. */
  models: 'wasm' | 'onnx' | 'both'
  modelSteps: string
  modelMemory: string
  modelMegabytes: string
  /** Whether identical files of two solvers count as a copy; empty: by the kind of values. */
  unique: '' | 'yes' | 'no'
  deposit: string
  oracleFee: string
  graded: string
  attempts: string
  attemptsPerDay: string
  /** Local date and time, as a datetime-local input has it. */
  deadline: string
  acceptHours: string
  patienceMinutes: string
  gradeDays: string
  oracles: string[]
  /** An account or a contract; empty for none. */
  judge: string
  judgeDays: string
  /** A contract that admits solvers; empty: everybody. */
  gate: string
  opensTruth: boolean
  opensSubmissions: 'none' | 'winning' | 'all'
  /** Of a challenge that pays for labels. */
  labels: LabelsForm
  /** Steps that were completed once: what nobody has looked at yet is not called complete. */
  seen: StepName[]
}

export type FileRole = 'labeled' | 'train' | 'test' | 'truth' | 'baseline' | 'evaluator' | 'items' | 'known' | 'studio'

const pad = (value: number): string => String(value).padStart(2, '0')
export const localInput = (at: number): string => {
  const date = new Date(at)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}

const WEEK_MS = 7 * 86_400_000

export const newForm = (now: number, asset: string): Form => ({
  title: '',
  summary: '',
  description: '',
  license: 'CC0-1.0',
  tags: '',
  mode: 'split',
  idColumn: '',
  targetColumn: '',
  testShare: '30',
  seed: Math.floor(now / 1000) % 1_000_000,
  metric: '',
  posLabel: '',
  direction: 'maximize',
  baseline: 'constant',
  baselineText: '',
  threshold: '',
  step: '0.001',
  asset,
  kind: 'bounty',
  reward: '50',
  winners: '1',
  prizes: '30, 15, 5',
  publicShare: '50',
  formats: 'csv',
  models: 'both',
  modelSteps: '100000000',
  modelMemory: '64',
  modelMegabytes: '4',
  unique: '',
  deposit: '0',
  oracleFee: '0.1',
  graded: '50',
  attempts: '20',
  attemptsPerDay: '5',
  deadline: localInput(now + WEEK_MS),
  acceptHours: '24',
  patienceMinutes: '60',
  gradeDays: '2',
  oracles: [],
  judge: '',
  judgeDays: '3',
  gate: '',
  opensTruth: true,
  opensSubmissions: 'winning',
  labels: newLabels(),
  seen: [],
})

/** As written, between the commas: nothing about a tag is changed on the way to the ledger. */
export const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean)
