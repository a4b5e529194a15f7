/** The parts of a module that its checks and its metering need. Throws `RefusedModule` for what an evaluator may not have. */

import { byte, type Reader, readerOf, skipLeb, take, u32, vector } from './bytes.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { refuse } from './refusal.ts'
import {
  type Body,
  bodyOf,
  type Export,
  exportOf,
  type FunctionType,
  HEADER,
  SECTION,
  sectionsIn,
  typeOf,
} from './sections.ts'

export interface ParsedModule {
  readonly types: readonly FunctionType[]
  /** Types of the functions, by their index. */
  readonly functions: readonly number[]
  readonly memory: { readonly least: number; readonly most: number | undefined }
  readonly globals: number
  readonly exports: readonly Export[]
  readonly bodies: readonly Body[]
  /** Sections that are kept as they are. */
  readonly kept: ReadonlyMap<number, Uint8Array>
}

const NUMERIC = [0x7f, 0x7e, 0x7d, 0x7c]
const FUNCREF = 0x70

/** `most`: how many bytes it may have. */
export function parseModule(bytes: Uint8Array, most: number = PROGRAM_LIMITS.moduleBytes): ParsedModule {
  if (bytes.length > most) refuse('too_large', `it has ${bytes.length} bytes, at most ${most} are taken`)
  if (!HEADER.every((value, i) => bytes[i] === value)) refuse('malformed', 'it does not begin as a module does')
  const sections = sectionsOf(bytes)
  const read = <T>(id: number, item: (reader: Reader) => T, most: number, what: string): T[] => {
    const section = sections.get(id)
    if (!section) return []
    const items = vector(readerOf(section), item)
    if (items.length > most) refuse('too_large', `it has ${items.length} ${what}, at most ${most} are taken`)
    return items
  }
  const imports = sections.get(SECTION.import)
  if (imports && u32(readerOf(imports)) > 0) refuse('has_imports', 'remove them')
  if (sections.has(SECTION.start)) refuse('has_start', 'it would run before its fuel is counted')
  const { types, functions, globals, tableEntries, codeBytes } = PROGRAM_LIMITS
  const code = sections.get(SECTION.code)?.length ?? 0
  if (code > codeBytes) refuse('too_large', `its code has ${code} bytes, at most ${codeBytes} are taken`)
  read(SECTION.table, (reader) => tableOf(reader, tableEntries), 1, 'tables')
  read(SECTION.element, elementOf, bytes.length, 'elements')
  read(SECTION.data, dataOf, bytes.length, 'data segments')
  const memories = read(SECTION.memory, limitsOf, bytes.length, 'memories')
  if (memories.length !== 1) refuse('wrong_memory', `it has ${memories.length}`)
  return {
    types: read(SECTION.type, numericType, types, 'types'),
    functions: read(SECTION.function, u32, functions, 'functions'),
    memory: memories[0]!,
    globals: read(SECTION.global, globalOf, globals, 'globals').length,
    exports: read(SECTION.export, exportOf, bytes.length, 'exports'),
    bodies: read(SECTION.code, boundedBody, functions, 'functions'),
    kept: new Map(
      [SECTION.table, SECTION.global, SECTION.element, SECTION.data].flatMap((id) => {
        const section = sections.get(id)
        return section ? [[id, section] as const] : []
      }),
    ),
  }
}

/** The sections but custom ones, each at most once. */
function sectionsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const sections = new Map<number, Uint8Array>()
  for (const [id, section] of sectionsIn(bytes)) {
    if (id > SECTION.dataCount) refuse('unsupported', `section ${id}`)
    if (sections.has(id)) refuse('malformed', `it has two sections ${id}`)
    sections.set(id, section)
  }
  return sections
}

function numericType(reader: Reader): FunctionType {
  if (byte(reader) !== 0x60) refuse('unsupported', 'a type that is none of a function')
  return typeOf(reader, numeric)
}

function numeric(reader: Reader): number {
  const type = byte(reader)
  if (!NUMERIC.includes(type)) refuse('unsupported', `a value of type 0x${type.toString(16)}`)
  return type
}

function limitsOf(reader: Reader): { least: number; most: number | undefined } {
  const flags = byte(reader)
  if (flags > 1) refuse('unsupported', 'a shared memory or one of 64 bits')
  return { least: u32(reader), most: flags === 1 ? u32(reader) : undefined }
}

function tableOf(reader: Reader, limit: number): void {
  if (byte(reader) !== FUNCREF) refuse('unsupported', 'a table that is none of functions')
  const { least } = limitsOf(reader)
  if (least > limit) refuse('too_large', `its table has ${least} entries, at most ${limit} are taken`)
}

function globalOf(reader: Reader): void {
  numeric(reader)
  byte(reader)
  constant(reader)
}

/** A number and the end behind it: what else can stand here needs imports, or a proposal. */
function constant(reader: Reader): void {
  const op = byte(reader)
  if (op === 0x41 || op === 0x42) skipLeb(reader)
  else if (op === 0x43 || op === 0x44) take(reader, op === 0x43 ? 4 : 8)
  else refuse('unsupported', 'an initial value other than a number')
  if (byte(reader) !== 0x0b) refuse('unsupported', 'an initial value that is computed')
}

function elementOf(reader: Reader): void {
  const flags = u32(reader)
  if (flags !== 0 && flags !== 2) refuse('unsupported', 'elements of another kind than functions for the table')
  if (flags === 2 && u32(reader) !== 0) refuse('unsupported', 'several tables')
  constant(reader)
  if (flags === 2 && byte(reader) !== 0) refuse('unsupported', 'elements that are no functions')
  vector(reader, u32)
}

function dataOf(reader: Reader): void {
  const flags = u32(reader)
  if (flags !== 0 && flags !== 2) refuse('unsupported', 'data that is copied later')
  if (flags === 2 && u32(reader) !== 0) refuse('unsupported', 'several memories')
  constant(reader)
  take(reader, u32(reader))
}

function boundedBody(reader: Reader): Body {
  const body = bodyOf(reader, numeric)
  const { locals } = PROGRAM_LIMITS
  if (body.count > locals) refuse('too_large', `a function has ${body.count} locals, at most ${locals} are taken`)
  return body
}
