/**
 * Makes of Pyodide's WebAssembly file an interpreter that counts as evaluators do: fuel, stack and one NaN in every function of it, so that
 * whatever Python does is counted, in its own code as in what is written in C.
 */

import { byte, leb, type Reader, readerOf, sized, skipLeb, take, u32, vector, Writer } from '../program/bytes.ts'
import { OP } from '../program/instructions.ts'
import { meter } from '../program/meter.ts'
import { type Body, type FunctionType, SECTION } from '../program/module.ts'
import type { HostImport } from './host.ts'

const I32 = 0x7f
const I64 = 0x7e
const TAG = 13
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
  const sections = sectionsOf(bytes)
  const read = <T>(id: number, item: (reader: Reader, i: number) => T): T[] =>
    vector(readerOf(sections.get(id) ?? Uint8Array.of(0)), item)
  const types = read(SECTION.type, typeOf)
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
      tags: read(TAG, tagOf(types)),
      instead: new Map([[replaced, trampoline]]),
    },
  }
  const bodies = read(SECTION.code, bodyOf)
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

  const out = new Writer().put(bytes.subarray(0, 8))
  const section = (id: number, content: Uint8Array | undefined): void => {
    if (content) out.put([id]).put(sized(content))
  }
  section(SECTION.type, listOf(types.map(typeBytes)))
  section(SECTION.import, listOf(imported.map((one) => one.bytes)))
  section(SECTION.function, listOf([...own, typeOfTrampoline, resultType([], [])].map(leb)))
  section(SECTION.table, sections.get(SECTION.table))
  section(SECTION.memory, sections.get(SECTION.memory))
  section(TAG, sections.get(TAG))
  // Globals that a dynamic linker would fill in: there is none, and they have the same numbers as globals of the module's own.
  const linked = Array(importedGlobals).fill([I32, 1, OP.i32Const, 0, OP.end]).flat()
  const counters = [I64, 1, OP.i64Const, 0, OP.end, I32, 1, OP.i32Const, 0, OP.end, I32, 1, OP.i32Const, 0, OP.end]
  const [count, ...pieces] = [
    globals.length + importedGlobals + 3,
    linked,
    itemsOf(sections.get(SECTION.global)!),
    counters,
  ]
  const all = new Writer().put(leb(count))
  for (const piece of pieces) all.put(piece)
  section(SECTION.global, all.bytes())
  section(SECTION.export, listOf([...exports, ...more].map(exportBytes)))
  section(SECTION.element, sections.get(SECTION.element))
  section(SECTION.code, listOf(metered))
  section(SECTION.data, sections.get(SECTION.data))
  return {
    bytes: out.bytes(),
    imports: imported.map(({ module, name, type }) => ({ module, name, results: types[type]!.results })),
  }
}

function sectionsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const sections = new Map<number, Uint8Array>()
  const reader = readerOf(bytes, 8)
  while (reader.at < reader.end) {
    const id = byte(reader)
    const section = take(reader, u32(reader))
    if (id !== SECTION.custom) sections.set(id, section)
  }
  return sections
}

function typeOf(reader: Reader): FunctionType {
  byte(reader)
  return { params: vector(reader, byte), results: vector(reader, byte) }
}

const typeBytes = ({ params, results }: FunctionType): number[] => [
  ...[0x60, ...leb(params.length), ...params],
  ...[...leb(results.length), ...results],
]

const decoder = new TextDecoder()
const nameOf = (reader: Reader): string => decoder.decode(take(reader, u32(reader)))

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

interface Exported {
  readonly name: string
  readonly kind: number
  readonly index: number
}

const exportOf = (reader: Reader): Exported => ({ name: nameOf(reader), kind: byte(reader), index: u32(reader) })

const utf8 = new TextEncoder()

function exportBytes({ name, kind, index }: Exported): number[] {
  const bytes = utf8.encode(name)
  return [...leb(bytes.length), ...bytes, kind, ...leb(index)]
}

function bodyOf(reader: Reader): Body {
  const body = readerOf(take(reader, u32(reader)))
  const groups = u32(body)
  const from = body.at
  let count = 0
  for (let i = 0; i < groups; i++) {
    count += u32(body)
    byte(body)
  }
  return { groups, count, locals: body.bytes.subarray(from, body.at), code: body.bytes.subarray(body.at) }
}

function listOf(items: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const out = new Writer().put(leb(items.length))
  for (const item of items) out.put(item)
  return out.bytes()
}

/** A vector without its length. */
const itemsOf = (section: Uint8Array): Uint8Array => section.subarray(section.findIndex((value) => value < 0x80) + 1)

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
