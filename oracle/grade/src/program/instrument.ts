/** Makes of a module one that counts what it uses, and has no more exports than those that are called. */

import { leb, sized, Writer } from './bytes.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { meter } from './meter.ts'
import { type ParsedModule, parseModule } from './module.ts'
import { refuse } from './refusal.ts'
import {
  type Export,
  exportBytes,
  type FunctionType,
  itemsOf,
  listOf,
  SECTION,
  typeBytes,
  writeModule,
} from './sections.ts'

/** Names under which the module that counts exports what it counts. */
export const COUNTERS = { fuel: 'fuel', stack: 'stack', starved: 'starved' } as const

const I32 = 0x7f
const F64 = 0x7c
const I64 = 0x7e

/** The functions that a program has to export. */
export type Interface = Readonly<Record<string, FunctionType>>

const alloc: FunctionType = { params: [I32], results: [I32] }
export const EVALUATOR_INTERFACE: Interface = { alloc, score: { params: [I32, I32, I32, I32], results: [F64] } }
export const MODEL_INTERFACE: Interface = { alloc, predict: { params: [I32, I32], results: [I32] } }

export interface ProgramKind {
  readonly exports: Interface
  /** The most bytes of the module. */
  readonly moduleBytes: number
}
const INITIALIZE = '_initialize'

/** Throws `RefusedModule`. `validate` is the engine's own check of the module. */
export function instrument(
  bytes: Uint8Array,
  { exports: asked, moduleBytes }: ProgramKind,
  pages: number,
  validate: (bytes: Uint8Array) => boolean,
): Uint8Array<ArrayBuffer> {
  const module = parseModule(bytes, moduleBytes)
  if (!validate(bytes)) refuse('malformed', 'it does not validate')
  const exports = exportsOf(module, asked)
  const { memory, functions, globals } = module
  if (memory.least > pages)
    refuse('wrong_memory', `it begins with ${memory.least} pages, the challenge allows ${pages}`)
  const types = [...module.types]
  const resultType = (results: readonly number[]): number => {
    const same = (type: FunctionType) => type.params.length === 0 && type.results.join() === results.join()
    const known = types.findIndex(same)
    return known >= 0 ? known : types.push({ params: [], results }) - 1
  }
  const most = Math.min(memory.most ?? pages, pages)
  const counters = { fuel: globals, stack: globals + 1, starved: globals + 2 }
  const around = { types: module.types, functions, ...counters, pages: most, resultType }
  const bodies = module.bodies.map((body, i) => sized(meter(body, module.types[functions[i]!]!, around)))
  const counted = Object.entries(counters).map(([name, index]) => ({ name, kind: 3, index }))
  return writeModule([
    [SECTION.type, listOf(types.map(typeBytes))],
    [SECTION.function, listOf(functions.map(leb))],
    [SECTION.table, module.kept.get(SECTION.table)],
    [SECTION.memory, Uint8Array.from([1, 1, ...leb(memory.least), ...leb(most)])],
    [SECTION.global, withCounters(module)],
    [SECTION.export, listOf([...exports, ...counted].map(exportBytes))],
    [SECTION.element, module.kept.get(SECTION.element)],
    [SECTION.code, listOf(bodies)],
    [SECTION.data, module.kept.get(SECTION.data)],
  ])
}

function exportsOf({ exports, functions, types }: ParsedModule, asked: Interface): Export[] {
  const named = (name: string, kind: number): Export =>
    exports.find((one) => one.name === name && one.kind === kind) ??
    refuse('wrong_interface', `it exports no ${kind === 2 ? 'memory' : 'function'} called ${name}`)
  const checked = (name: string, { params, results }: FunctionType): Export => {
    const found = named(name, 0)
    const type = types[functions[found.index]!]!
    if (type.params.join() !== params.join() || type.results.join() !== results.join())
      refuse('wrong_interface', `${name} has other parameters or results`)
    return found
  }
  const start = exports.find(({ name, kind }) => name === INITIALIZE && kind === 0)
  return [
    named('memory', 2),
    ...Object.entries(asked).map(([name, type]) => checked(name, type)),
    ...(start ? [checked(INITIALIZE, { params: [], results: [] })] : []),
  ]
}

/** The module's own globals, behind them those that count: no fuel, an empty stack, and a machine that had what was asked for. */
function withCounters({ kept, globals }: ParsedModule): Uint8Array {
  const own = kept.get(SECTION.global)
  const added = [I64, 1, 0x42, 0, 0x0b, I32, 1, 0x41, 0, 0x0b, I32, 1, 0x41, 0, 0x0b]
  return new Writer()
    .put(leb(globals + 3))
    .put(own ? itemsOf(own) : [])
    .put(added)
    .bytes()
}

/** Pages of 64 KiB. */
export const pagesOf = (mib: number): number => Math.min(mib, PROGRAM_LIMITS.maxMemoryMib) * 16
