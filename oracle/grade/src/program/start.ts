/** Starts programs, one instance for each run, so that nothing is left of the one before, and tells how a run ended. */

import { type Global, type Memory, wasm } from './api.ts'
import { COUNTERS, instrument, type ProgramKind, pagesOf } from './instrument.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { refuse } from './refusal.ts'

export interface ProgramLimits {
  readonly fuel: number
  readonly memoryMib: number
}

/** How a program ends without a result, in the same way on every machine. */
export type Stop = 'trapped' | 'out_of_fuel' | 'too_deep' | 'no_room'

/** How a run ended, and what it used. */
export type Ended<T> = { readonly fuel: bigint } & ({ readonly value: T } | { readonly stop: Stop })

interface Exports {
  readonly memory: Memory
  readonly [COUNTERS.fuel]: Global
  readonly [COUNTERS.stack]: Global
  readonly [COUNTERS.starved]: Global
  alloc(length: number): number
  _initialize?(): void
}

/** A program that runs: its functions, and its memory, whose buffer is another one once it has grown. */
export interface Running<Functions> {
  readonly functions: Functions
  readonly memory: Memory
  /** The places of tables that were put into its memory; undefined where it had no room for one. */
  put(tables: readonly Uint8Array[]): number[] | undefined
}

export interface Program<Functions> {
  /** `work` returns undefined where there was no room for a table. */
  run<T>(work: (program: Running<Functions>) => T | undefined): Ended<T>
}

/** This machine has not the memory that a module may use: nothing about what it would have computed. Trying again, or elsewhere, can help. */
export class MachineMemoryError extends Error {
  readonly code = 'machine_memory'
  readonly retryable = true

  constructor(options?: ErrorOptions) {
    super('This machine has not the memory that the program may use. Close other programs and try again.', options)
  }
}

/** Throws `RefusedModule` for a module that is none of this kind. */
export function createProgram<Functions>(
  bytes: Uint8Array,
  kind: ProgramKind,
  { fuel, memoryMib }: ProgramLimits,
): Program<Functions> {
  const module = new wasm.Module(
    instrument(bytes, kind, pagesOf(memoryMib), (given) => wasm.validate(Uint8Array.from(given))),
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
    run(work) {
      const exports = start()
      exports.fuel.value = BigInt(fuel)
      const used = (): bigint => BigInt(fuel) - (exports.fuel.value as bigint)
      try {
        exports._initialize?.()
        const { memory } = exports
        const functions = exports as unknown as Functions
        const value = work({ functions, memory, put: (tables) => putInto(exports, tables) })
        return value === undefined ? { stop: 'no_room', fuel: used() } : { value, fuel: used() }
      } catch (error) {
        // What is no trap is this machine's trouble, such as its memory, and says nothing about the submission.
        if (!isTrap(error)) throw error
        if (exports.starved.value === 1) throw new MachineMemoryError()
        return { stop: stopOf(exports), fuel: used() }
      }
    },
  }
}

function putInto(exports: Exports, tables: readonly Uint8Array[]): number[] | undefined {
  const places: number[] = []
  for (const table of tables) {
    const at = exports.alloc(table.length) >>> 0
    // Growing the memory replaces its buffer.
    const { buffer } = exports.memory
    if (at === 0 || at % 8 !== 0 || at + table.length > buffer.byteLength) return undefined
    new Uint8Array(buffer).set(table, at)
    places.push(at)
  }
  return places
}

const isTrap = (error: unknown): error is Error => error instanceof wasm.RuntimeError || error instanceof wasm.LinkError

function stopOf(exports: Exports): Stop {
  if ((exports.fuel.value as bigint) < 0n) return 'out_of_fuel'
  return (exports.stack.value as number) > PROGRAM_LIMITS.stackSlots ? 'too_deep' : 'trapped'
}
