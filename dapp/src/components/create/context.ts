/** What the five steps share: the form, its files, what the engine says, and the sums. */
import type { SetStoreFunction } from 'solid-js/store'
import type { Token } from '../../lib/config.ts'
import type { Prepared, Trials } from '../../lib/create/engine.ts'
import type { FileRole, Form, Problems, Sums, Times } from '../../lib/create/form.ts'
import type { StoredFile } from '../../lib/create/store.ts'

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
  asset: () => Token
  sums: () => Sums | null
  times: () => Times | null
  problems: () => Problems
}
