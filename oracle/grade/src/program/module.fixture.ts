/** Modules for tests, a section at a time, so that each can be wrong in one way. */

import { leb, signedLeb, sized, Writer } from './bytes.ts'

export const I32 = 0x7f
export const I64 = 0x7e
export const F64 = 0x7c

export interface Parts {
  /** Code of `score`, without its end; it leaves a float64. Its locals are four i32, then `locals`. */
  score?: readonly number[]
  locals?: readonly number[]
  alloc?: readonly number[]
  /** Functions 2, 3, … of type () → (): their code without its end. */
  more?: readonly (readonly number[])[]
  /** The section of data, raw. */
  data?: readonly number[]
  memory?: readonly number[]
  /** Further sections by id, raw. */
  sections?: Readonly<Record<number, readonly number[] | Uint8Array>>
  exports?: readonly (readonly [name: string, kind: number, index: number])[]
}

/** Room from 1,024 on for the truth, and from 32,768 on for the submission. */
const ALLOC = [
  ...[0x23, 0, 0x04, 0x40, 0x41, ...signedLeb(32_768), 0x0f, 0x0b],
  ...[0x41, 1, 0x24, 0, 0x41, ...signedLeb(1024)],
]

export const f64 = (value: number): number[] => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)]

const code = (locals: readonly number[], body: readonly number[]): Uint8Array =>
  sized(Uint8Array.from([...leb(locals.length), ...locals.flatMap((type) => [1, type]), ...body, 0x0b]))

export function moduleOf(parts: Parts = {}): Uint8Array<ArrayBuffer> {
  const { score = f64(0.5), locals = [], alloc = ALLOC, more = [], memory = [0x01, 0x00, 0x01], sections = {} } = parts
  const exports = parts.exports ?? [
    ['memory', 2, 0],
    ['alloc', 0, 0],
    ['score', 0, 1],
  ]
  const list = (items: readonly (readonly number[] | Uint8Array)[]): number[] => [
    ...leb(items.length),
    ...items.flatMap((item) => [...item]),
  ]
  const all: Record<number, readonly number[] | Uint8Array> = {
    1: list([
      [0x60, 1, I32, 1, I32],
      [0x60, 4, I32, I32, I32, I32, 1, F64],
      [0x60, 0, 0],
    ]),
    3: list([[0], [1], ...more.map(() => [2])]),
    5: memory,
    6: list([[I32, 1, 0x41, 0, 0x0b]]),
    7: list(
      exports.map(([name, kind, index]) => [name.length, ...new TextEncoder().encode(name), kind, ...leb(index)]),
    ),
    10: list([code([], alloc), code(locals, score), ...more.map((body) => code([], body))]),
    ...sections,
  }
  const out = new Writer().put([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
  for (const id of Object.keys(all).map(Number)) {
    const section = all[id]!
    if (section.length > 0) out.put([id]).put(sized(Uint8Array.from(section)))
  }
  return out.bytes()
}

/** A model whose `predict` is this code, without its end; it leaves the place of a table as an i32. Its locals are two i32. */
export function modelOf(
  predict: readonly number[],
  parts: Omit<Parts, 'score' | 'sections' | 'exports'> = {},
): Uint8Array<ArrayBuffer> {
  const { locals = [], memory = [0x01, 0x00, 0x01] } = parts
  const list = (items: readonly (readonly number[] | Uint8Array)[]): number[] => [
    ...leb(items.length),
    ...items.flatMap((item) => [...item]),
  ]
  return moduleOf({
    memory,
    sections: {
      1: list([
        [0x60, 1, I32, 1, I32],
        [0x60, 2, I32, I32, 1, I32],
      ]),
      3: list([[0], [1]]),
      10: list([code([], parts.alloc ?? ALLOC), code(locals, predict)]),
      11: parts.data ?? [],
    },
    exports: [
      ['memory', 2, 0],
      ['alloc', 0, 0],
      ['predict', 0, 1],
    ],
  })
}
