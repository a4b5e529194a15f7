/** Runs an evaluator: one instance for each scoring, so that nothing is left of the one before. */

import type { ReasonName } from '../reasons.ts'
import { type Global, type Memory, wasm } from './api.ts'
import { COUNTERS, instrument, pagesOf } from './instrument.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { refuse } from './refusal.ts'

export interface EvaluatorLimits {
  readonly fuel: number
  readonly memoryMib: number
}

/** How a scoring ended, and what it used. Equal for equal tables on every machine. */
export type Ran = { readonly fuel: bigint } & ({ readonly score: number } | { readonly fault: EvaluatorFault })

export type EvaluatorFault = Extract<ReasonName, `evaluator_${string}`>

interface Exports {
  readonly memory: Memory
  readonly [COUNTERS.fuel]: Global
  readonly [COUNTERS.stack]: Global
  readonly [COUNTERS.starved]: Global
  alloc(length: number): number
  score(truth: number, truthLength: number, submission: number, submissionLength: number): number
  _initialize?(): void
}

export interface Evaluator {
  run(truth: Uint8Array, submission: Uint8Array): Ran
}

/** This machine has not the memory that a module may use: nothing about what it would have computed. Trying again, or elsewhere, can help. */
export class MachineMemoryError extends Error {
  readonly code = 'machine_memory'
  readonly retryable = true

  constructor(options?: ErrorOptions) {
    super('This machine has not the memory that the program may use. Close other programs and try again.', options)
  }
}

/** Throws `RefusedModule` for a module that is no evaluator. */
export function createEvaluator(bytes: Uint8Array, { fuel, memoryMib }: EvaluatorLimits): Evaluator {
  const module = new wasm.Module(
    instrument(bytes, pagesOf(memoryMib), (given) => wasm.validate(Uint8Array.from(given))),
  )
  const start = (): Exports => {
    try {
      return new wasm.Instance(module).exports as unknown as Exports
    } catch (cause) {
      throw cause instanceof RangeError ? new MachineMemoryError({ cause }) : cause
    }
  }
  try {
    start()
  } catch (error) {
    if (!isTrap(error)) throw error
    refuse('fails_to_start', error.message.replace(/\.$/, ''))
  }
  return {
    run(truth, submission) {
      const exports = start()
      exports.fuel.value = BigInt(fuel)
      const used = (): bigint => BigInt(fuel) - (exports.fuel.value as bigint)
      try {
        exports._initialize?.()
        const places: number[] = []
        for (const table of [truth, submission]) {
          const at = exports.alloc(table.length) >>> 0
          // Growing the memory replaces its buffer.
          const { buffer } = exports.memory
          if (at === 0 || at % 8 !== 0 || at + table.length > buffer.byteLength)
            return { fault: 'evaluator_no_room', fuel: used() }
          new Uint8Array(buffer).set(table, at)
          places.push(at)
        }
        const score = exports.score(places[0]!, truth.length, places[1]!, submission.length)
        return { score, fuel: used() }
      } catch (error) {
        // What is no trap is this machine's trouble, such as its memory, and says nothing about the submission.
        if (!isTrap(error)) throw error
        if (exports.starved.value === 1) throw new MachineMemoryError()
        return { fault: faultOf(exports), fuel: used() }
      }
    },
  }
}

const isTrap = (error: unknown): error is Error => error instanceof wasm.RuntimeError || error instanceof wasm.LinkError

function faultOf(exports: Exports): EvaluatorFault {
  if ((exports.fuel.value as bigint) < 0n) return 'evaluator_out_of_fuel'
  return (exports.stack.value as number) > PROGRAM_LIMITS.stackSlots ? 'evaluator_too_deep' : 'evaluator_trapped'
}
