/** What the steps share: the form, its files, what the engine says, and the sums. */
import type { SetStoreFunction } from 'solid-js/store'
import type { Token } from '../site/config.ts'
import type { Prepared, Trials } from './engine.ts'
import type { FileRole, Form } from './form.ts'
import type { Looked, Source } from './labels/ask.ts'
import type { LabelsForm } from './labels/form.ts'
import type { LabelsSums } from './labels/sums.ts'
import type { Problems } from './problems.ts'
import type { LedgerJudge } from './recount.ts'
import type { StoredFile } from './store.ts'
import type { Sums, Times } from './sums.ts'

export type CreateState = {
  form: Form
  setForm: SetStoreFunction<Form>
  files: () => Partial<Record<FileRole, StoredFile>>
  setFile: (role: FileRole, file: File) => Promise<void>
  prepared: () => Prepared | undefined
  preparedFailure: () => string | undefined
  /** What is wrong with a chosen file itself. */
  fileProblem: (role: FileRole) => string | undefined
  trials: () => Trials | undefined
  trialsFailure: () => string | undefined
  busy: () => boolean
  thresholdWarning: () => string | null
  /** Whether the ledger itself can be the judge; undefined while no metric was tried. */
  ledgerJudge: () => LedgerJudge | undefined
  asset: () => Token
  sums: () => Sums | null
  times: () => Times | null
  problems: () => Problems
  labels: LabelsState
}

/** What is particular about a challenge that pays for labels. */
export type LabelsState = {
  form: LabelsForm
  set: (patch: Partial<LabelsForm>) => void
  media: () => readonly StoredFile[]
  setMedia: (files: readonly StoredFile[]) => void
  /** What the files have, before anything is chosen. */
  looked: () => Looked | undefined
  lookFailure: () => string | undefined
  /** The same without instructions and examples: what the preview shows. */
  made: () => Source | undefined
  /** Items, task and known answers, once everything fits together. */
  source: () => Source | undefined
  sourceFailure: () => string | undefined
  busy: () => boolean
  sums: () => LabelsSums | null
}
