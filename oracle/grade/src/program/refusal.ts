/** Why a module is no evaluator, or no model: a typed reason, which its author reads before anything is signed. */

import { GradeError } from '../errors.ts'

export const REFUSALS = {
  malformed: 'is not a valid WebAssembly module',
  too_large: 'is beyond a limit',
  has_imports: 'has imports: it gets nothing but its tables',
  has_start: 'has a start function: export it as _initialize instead',
  unsupported: 'uses a proposal that programs may not use here',
  wrong_interface: 'does not have the exports that it needs',
  wrong_memory: 'does not have exactly one memory of 32 bits within the limit',
  fails_to_start: 'cannot be started',
  bad_python: 'is not a Python source that runs',
} as const

export type RefusalCode = keyof typeof REFUSALS

/** The module cannot be run. `code` of the error is `evaluator_invalid`. */
export class RefusedModule extends GradeError {
  readonly refusal: RefusalCode

  constructor(refusal: RefusalCode, detail: string) {
    super('evaluator_invalid', `The module ${REFUSALS[refusal]}: ${detail}.`)
    this.refusal = refusal
  }
}

export function refuse(code: RefusalCode, detail: string): never {
  throw new RefusedModule(code, detail)
}
