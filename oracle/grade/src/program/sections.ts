/** A WebAssembly module as its sections, read and written: what checks, metering and the interpreter have in common. */

import { byte, leb, type Reader, readerOf, sized, take, u32, vector, Writer } from './bytes.ts'

export interface FunctionType {
  readonly params: readonly number[]
  readonly results: readonly number[]
}

export interface Export {
  readonly name: string
  /** 0 function, 1 table, 2 memory, 3 global. */
  readonly kind: number
  readonly index: number
}

export interface Body {
  /** Groups of locals as they stand in the file, and how many they are. */
  readonly locals: Uint8Array
  readonly groups: number
  readonly count: number
  readonly code: Uint8Array
}

export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const

/** How each module begins: its magic number, and version 1. */
export const HEADER: Uint8Array = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)

/** Each section but custom ones, as they stand in the file. */
export function* sectionsIn(module: Uint8Array): Generator<readonly [id: number, content: Uint8Array]> {
  const reader = readerOf(module, HEADER.length)
  while (reader.at < reader.end) {
    const id = byte(reader)
    const content = take(reader, u32(reader))
    if (id !== SECTION.custom) yield [id, content]
  }
}

const decoder = new TextDecoder()
export const nameOf = (reader: Reader): string => decoder.decode(take(reader, u32(reader)))

/** Behind the byte that says that it is a function's. `value`: reads the type of a parameter or result. */
export const typeOf = (reader: Reader, value: (reader: Reader) => number): FunctionType => ({
  params: vector(reader, value),
  results: vector(reader, value),
})

export const exportOf = (reader: Reader): Export => ({ name: nameOf(reader), kind: byte(reader), index: u32(reader) })

/** `value`: reads the type of a local. */
export function bodyOf(reader: Reader, value: (reader: Reader) => number): Body {
  const body = readerOf(take(reader, u32(reader)))
  const groups = u32(body)
  const from = body.at
  let count = 0
  for (let i = 0; i < groups; i++) {
    count += u32(body)
    value(body)
  }
  return { groups, count, locals: body.bytes.subarray(from, body.at), code: body.bytes.subarray(body.at) }
}

/** A vector without its length. */
export const itemsOf = (section: Uint8Array): Uint8Array =>
  section.subarray(section.findIndex((value) => value < 0x80) + 1)

/** Writes a module: its sections in the order in which they are given, without those that are undefined. */
export function writeModule(sections: readonly (readonly [id: number, content: Uint8Array | undefined])[]) {
  const out = new Writer().put(HEADER)
  for (const [id, content] of sections) if (content) out.put([id]).put(sized(content))
  return out.bytes()
}

/** A vector. */
export function listOf(items: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const out = new Writer().put(leb(items.length))
  for (const item of items) out.put(item)
  return out.bytes()
}

export const typeBytes = ({ params, results }: FunctionType): number[] => [
  ...[0x60, ...leb(params.length), ...params],
  ...[...leb(results.length), ...results],
]

const encoder = new TextEncoder()

export function exportBytes({ name, kind, index }: Export): number[] {
  const bytes = encoder.encode(name)
  return [...leb(bytes.length), ...bytes, kind, ...leb(index)]
}
