/**
 * Makes of Pyodide's WebAssembly file an interpreter that counts as evaluators do: fuel, stack and one NaN in every function of it, so that
 * whatever Python does is counted, in its own code as in what is written in C.
 */

import { byte, leb, type Reader, readerOf, sized, skipLeb, take, u32, vector, Writer } from '../program/bytes.ts'
import { OP } from '../program/instructions.ts'
import { meter } from '../program/meter.ts'
import {
  type Body,
  bodyOf,
  exportBytes,
  exportOf,
  type FunctionType,
  itemsOf,
  listOf,
  nameOf,
  SECTION,
  sectionsIn,
  typeBytes,
  typeOf,
  writeModule,
} from '../program/sections.ts'
import type { HostImport } from './host.ts'

const I32 = 0x7f
const I64 = 0x7e
const FUNCTION = 0
const GLOBAL = 3

/** What the module that counts exports beside what is asked for. */
export const OWN_EXPORTS = { fuel: '+fuel', stack: '+stack', stop: '+stop' } as const
/** Globals that hold the state of the interpreter beside its memory, by their number. */
export const STATE_PREFIX = '+state'

/**
 * A call of a function of another type than is expected, which C allows and WebAssembly does not. Pyodide leaves it to JavaScript, whose
 * stack nobody counts.
 */
const TRAMPOLINE = '_PyEM_TrampolineCall_JS'

interface Imported {
  readonly kind: number
  readonly module: string
  readonly name: string
  readonly type: number
  readonly bytes: Uint8Array
}

export interface Instrumented {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** All are functions. */
  readonly imports: readonly HostImport[]
}

/** `keep`: names of exports; the others would only take time. */
export function instrumentInterpreter(bytes: Uint8Array, keep: ReadonlySet<string>): Instrumented {
  const sections = new Map(sectionsIn(bytes))
  const read = <T>(id: number, item: (reader: Reader, i: number) => T): T[] =>
    vector(readerOf(sections.get(id) ?? Uint8Array.of(0)), item)
  const types = read(SECTION.type, anyType)
  const imports = read(SECTION.import, importOf)
  const own = read(SECTION.function, u32)
  const globals = read(SECTION.global, globalOf)
  const imported = imports.filter(({ kind }) => kind === FUNCTION)
  const importedGlobals = imports.filter(({ kind }) => kind === GLOBAL).length
  const functions = [...imported.map(({ type }) => type), ...own]
  const replaced = imported.findIndex(({ name }) => name === TRAMPOLINE)

  const resultType = (params: readonly number[], results: readonly number[]): number => {
    const same = (type: FunctionType) => type.params.join() === params.join() && type.results.join() === results.join()
    const known = types.findIndex(same)
    return known >= 0 ? known : types.push({ params, results }) - 1
  }
  const added = importedGlobals + globals.length
  const [fuel, stack, starved] = [added, added + 1, added + 2]
  const typeOfTrampoline = functions[replaced]!
  const trampoline = functions.length
  const stop = functions.length + 1
  const around = {
    ...{ types, fuel, stack, starved, pages: 0 },
    functions: [...functions, typeOfTrampoline, resultType([], [])],
    resultType: (results: readonly number[]) => resultType([], results),
    own: {
      tags: read(SECTION.tag, tagOf(types)),
      instead: new Map([[replaced, trampoline]]),
    },
  }
  const bodies = read(SECTION.code, (reader) => bodyOf(reader, byte))
  const metered = bodies.map((body, i) => sized(meter(body, types[own[i]!]!, around)))
  const table = read(SECTION.element, elementOf).flat()
  metered.push(sized(meter(trampolineBody(table, functions, types, resultType), types[typeOfTrampoline]!, around)))
  metered.push(sized(Uint8Array.of(0, OP.unreachable, OP.end)))
  const state = globals.flatMap((variable, i) => (variable ? [importedGlobals + i] : []))
  const exports = read(SECTION.export, exportOf).filter(({ name }) => keep.has(name))
  const more = [
    { name: OWN_EXPORTS.fuel, kind: GLOBAL, index: fuel },
    { name: OWN_EXPORTS.stack, kind: GLOBAL, index: stack },
    { name: OWN_EXPORTS.stop, kind: FUNCTION, index: stop },
    ...state.map((index, i) => ({ name: `${STATE_PREFIX}${i}`, kind: GLOBAL, index })),
  ]

  // Globals that a dynamic linker would fill in: there is none, and they have the same numbers as globals of the module's own.
  const linked = Array(importedGlobals).fill([I32, 1, OP.i32Const, 0, OP.end]).flat()
  const counters = [I64, 1, OP.i64Const, 0, OP.end, I32, 1, OP.i32Const, 0, OP.end, I32, 1, OP.i32Const, 0, OP.end]
  const all = new Writer().put(leb(globals.length + importedGlobals + 3))
  for (const piece of [linked, itemsOf(sections.get(SECTION.global)!), counters]) all.put(piece)
  return {
    bytes: writeModule([
      [SECTION.type, listOf(types.map(typeBytes))],
      [SECTION.import, listOf(imported.map((one) => one.bytes))],
      [SECTION.function, listOf([...own, typeOfTrampoline, resultType([], [])].map(leb))],
      [SECTION.table, sections.get(SECTION.table)],
      [SECTION.memory, sections.get(SECTION.memory)],
      [SECTION.tag, sections.get(SECTION.tag)],
      [SECTION.global, all.bytes()],
      [SECTION.export, listOf([...exports, ...more].map(exportBytes))],
      [SECTION.element, sections.get(SECTION.element)],
      [SECTION.code, listOf(metered)],
      [SECTION.data, sections.get(SECTION.data)],
    ]),
    imports: imported.map(({ module, name, type }) => ({ module, name, results: types[type]!.results })),
  }
}

/** What is published by its hash is not refused: it is read as it is. */
function anyType(reader: Reader): FunctionType {
  byte(reader)
  return typeOf(reader, byte)
}

function importOf(reader: Reader): Imported {
  const from = reader.at
  const module = nameOf(reader)
  const name = nameOf(reader)
  const kind = byte(reader)
  // Of a global: its type, and whether it changes.
  const type = kind === FUNCTION ? u32(reader) : 0
  if (kind !== FUNCTION) take(reader, 2)
  return { kind, module, name, type, bytes: reader.bytes.subarray(from, reader.at) }
}

/** Whether it changes. */
function globalOf(reader: Reader): boolean {
  byte(reader)
  const variable = byte(reader) === 1
  byte(reader)
  skipLeb(reader)
  byte(reader)
  return variable
}

const tagOf =
  (types: readonly FunctionType[]) =>
  (reader: Reader): FunctionType => {
    byte(reader)
    return types[u32(reader)]!
  }

/** The functions of the table, from its place 1 on. */
function elementOf(reader: Reader): number[] {
  u32(reader)
  byte(reader)
  skipLeb(reader)
  byte(reader)
  return vector(reader, u32)
}

/** Most parameters of a function that is called with three. */
const MOST = 3

/**
 * (function, a, b, c) → its result: with as many of a, b and c as it has parameters, which its place in the table says. A function of any
 * other type stops the interpreter.
 */
function trampolineBody(
  table: readonly number[],
  functions: readonly number[],
  types: readonly FunctionType[],
  typeIndex: (params: readonly number[], results: readonly number[]) => number,
): Body {
  const takes = (index: number): number | undefined => {
    const { params, results } = types[functions[index]!]!
    const fits = results.join() === String(I32) && params.every((type) => type === I32) && params.length <= MOST
    return fits ? params.length : undefined
  }
  // Labels: 0 for those without parameters, …, 3, and 4 for all that do not fit.
  const labels = [MOST + 1, ...table.map((index) => takes(index) ?? MOST + 1)]
  const code = new Writer()
  for (let i = 0; i <= MOST + 1; i++) code.put([OP.block, 0x40])
  code.put([OP.localGet, 0, OP.brTable, ...leb(labels.length)])
  code.put(Uint8Array.from(labels))
  code.put([MOST + 1, OP.end])
  for (let params = 0; params <= MOST; params++) {
    for (let i = 1; i <= params; i++) code.put([OP.localGet, i])
    const type = typeIndex(Array(params).fill(I32), [I32])
    code.put([OP.localGet, 0, OP.callIndirect, ...leb(type), 0, OP.return, OP.end])
  }
  code.put([OP.unreachable, OP.end])
  return { groups: 0, count: 0, locals: new Uint8Array(), code: code.bytes() }
}
