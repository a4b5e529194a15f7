/** Runs an evaluator: truth and submission in, a score out. */

import { EVALUATOR_INTERFACE } from './instrument.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { createProgram, type ProgramLimits, type Stop } from './start.ts'

/** How a scoring ended, and what it used. Equal for equal tables on every machine. */
export type Ran = { readonly fuel: bigint } & (
  | { readonly score: number }
  /** `detail`: what a person may be told of it; nothing that a submission or a truth could be read from. */
  | { readonly fault: EvaluatorFault; readonly detail?: string }
)

export type EvaluatorFault = `evaluator_${Stop}` | 'evaluator_refused'

interface Functions {
  score(truth: number, truthLength: number, submission: number, submissionLength: number): number
}

export interface Evaluator {
  /** Whether it gets the ids of the rows: as a list in JSON. */
  readonly wantsIds?: boolean
  run(truth: Uint8Array, submission: Uint8Array, ids?: Uint8Array): Ran
}

const KIND = { exports: EVALUATOR_INTERFACE, moduleBytes: PROGRAM_LIMITS.moduleBytes }

/** Throws `RefusedModule` for a module that is no evaluator. */
export function createEvaluator(bytes: Uint8Array, limits: ProgramLimits): Evaluator {
  const program = createProgram<Functions>(bytes, KIND, limits)
  return {
    run(truth, submission) {
      const ran = program.run(({ functions, put }) => {
        const places = put([truth, submission])
        return places && functions.score(places[0]!, truth.length, places[1]!, submission.length)
      })
      return 'stop' in ran ? { fault: `evaluator_${ran.stop}`, fuel: ran.fuel } : { score: ran.value, fuel: ran.fuel }
    },
  }
}
