/** Modules of makers who mean harm: each is refused, or ends, with a typed reason, after a bounded number of steps. */

import { describe, expect, test } from 'vitest'
import { leb, signedLeb } from './bytes.ts'
import { PROGRAM_LIMITS } from './limits.ts'
import { F64, f64, I32, I64, moduleOf } from './module.fixture.ts'
import { type RefusalCode, RefusedModule } from './refusal.ts'
import { createEvaluator, type Ran } from './run.ts'

const LIMITS = { fuel: 10_000_000, memoryMib: 1 }
const bytes = new Uint8Array(8)
const run = (module: Uint8Array, limits = LIMITS): Ran => createEvaluator(module, limits).run(bytes, bytes)

function refusalOf(module: Uint8Array): RefusalCode | undefined {
  try {
    createEvaluator(module, LIMITS)
  } catch (error) {
    if (error instanceof RefusedModule) return error.refusal
    throw error
  }
  return undefined
}

const good = moduleOf()
/** An instruction that needs nothing and leaves nothing, before a score. */
const before = (...code: number[]): Uint8Array => moduleOf({ score: [...code, ...f64(1)] })
const DROP = 0x1a

const REFUSED: Readonly<Record<string, readonly [Uint8Array, RefusalCode]>> = {
  'no bytes': [new Uint8Array(), 'malformed'],
  'a text': [new TextEncoder().encode('(module)'), 'malformed'],
  'a module of a later version': [good.with(4, 2), 'malformed'],
  'a module that is cut off': [good.subarray(0, good.length - 5), 'malformed'],
  'a section twice': [Uint8Array.from([...good, 10, 1, 0]), 'malformed'],
  'a length of 2^32 - 1': [Uint8Array.from([...good.subarray(0, 8), 1, 0xff, 0xff, 0xff, 0xff, 0x0f]), 'malformed'],
  'a number that does not end': [Uint8Array.from([...good.subarray(0, 8), 1, ...Array(12).fill(0x80)]), 'malformed'],
  'a vector of more than there is': [moduleOf({ sections: { 1: leb(4_000_000_000) } }), 'malformed'],
  'code that leaves the wrong type': [moduleOf({ score: [0x41, 0] }), 'malformed'],
  'a call of a function that is not there': [before(0x10, 99), 'malformed'],
  'three MiB': [Uint8Array.from([...good, 0, ...leb(3_000_000), ...new Uint8Array(3_000_000)]), 'too_large'],
  'a function with 50,000 locals': [
    moduleOf({
      sections: { 10: [2, 4, 0, 0x41, 8, 0x0b, 15, 1, ...leb(50_000), F64, ...f64(1), 0x0b] },
    }),
    'too_large',
  ],
  'a table of 2^32 - 1 entries': [
    moduleOf({ sections: { 4: [1, 0x70, 0, 0xff, 0xff, 0xff, 0xff, 0x0f] } }),
    'too_large',
  ],
  'an import of a clock': [moduleOf({ sections: { 2: [1, 1, 0x6d, 1, 0x66, 0, 0] } }), 'has_imports'],
  'a start function': [moduleOf({ more: [[]], sections: { 8: [2] } }), 'has_start'],
  SIMD: [before(0xfd, 12, ...new Array(16).fill(0), DROP), 'unsupported'],
  'a vector as a local': [moduleOf({ locals: [0x7b] }), 'unsupported'],
  'a shared memory': [moduleOf({ memory: [1, 3, 1, 1] }), 'unsupported'],
  'a memory of 64 bits': [moduleOf({ memory: [1, 4, 1] }), 'unsupported'],
  'an atomic fence': [before(0xfe, 3, 0), 'unsupported'],
  'a tail call': [moduleOf({ more: [[0x12, 2]] }), 'unsupported'],
  'a reference': [before(0xd0, 0x70, DROP), 'unsupported'],
  'a table of references': [moduleOf({ sections: { 4: [1, 0x6f, 0, 1] } }), 'unsupported'],
  'a try block': [before(0x1f, 0x40, 0, 0x0b), 'unsupported'],
  'a section of tags': [moduleOf({ sections: { 13: [1, 0, 2] } }), 'unsupported'],
  'data that is copied later': [moduleOf({ sections: { 11: [1, 1, 1, 7] } }), 'unsupported'],
  'a global that is computed': [
    moduleOf({ sections: { 6: [1, I32, 1, 0x41, 0, 0x41, 1, 0x6a, 0x0b] } }),
    'unsupported',
  ],
  'no memory': [moduleOf({ memory: [], exports: [['alloc', 0, 0]] }), 'wrong_memory'],
  'a memory of 100 MiB': [moduleOf({ memory: [1, 0, ...leb(1600)] }), 'wrong_memory'],
  'no score': [
    moduleOf({
      exports: [
        ['memory', 2, 0],
        ['alloc', 0, 0],
      ],
    }),
    'wrong_interface',
  ],
  'a score with other parameters': [
    moduleOf({
      exports: [
        ['memory', 2, 0],
        ['alloc', 0, 0],
        ['score', 0, 0],
      ],
    }),
    'wrong_interface',
  ],
  'data outside of the memory': [
    moduleOf({ sections: { 11: [1, 0, 0x41, ...signedLeb(65_536), 0x0b, 1, 7] } }),
    'fails_to_start',
  ],
}

test.each(Object.entries(REFUSED))('%s is refused', (_, [module, code]) => {
  expect(refusalOf(module)).toBe(code)
})

const LOOP = [0x03, 0x40, 0x0c, 0, 0x0b, 0x00]
const grow = (pages: number): number[] => [0x41, ...signedLeb(pages), 0x40, 0]

describe('a module that', () => {
  test('loops for ever runs out of fuel, after the same steps each time', () => {
    const evaluator = createEvaluator(moduleOf({ score: LOOP }), LIMITS)
    const [first, second] = [evaluator.run(bytes, bytes), evaluator.run(bytes, bytes)]
    expect(first).toEqual({ fault: 'evaluator_out_of_fuel', fuel: expect.any(BigInt) })
    expect(second).toEqual(first)
    expect(first.fuel - BigInt(LIMITS.fuel)).toBeLessThan(100n)
  })

  test('loops in alloc, or before it is asked, runs out of fuel', () => {
    expect(run(moduleOf({ alloc: LOOP }))).toMatchObject({ fault: 'evaluator_out_of_fuel' })
    const exports = [
      ['memory', 2, 0],
      ['alloc', 0, 0],
      ['score', 0, 1],
      ['_initialize', 0, 2],
    ] as const
    expect(run(moduleOf({ more: [LOOP], exports }))).toMatchObject({ fault: 'evaluator_out_of_fuel' })
  })

  test('jumps back by every kind of branch runs out of fuel', () => {
    const back = [
      [0x03, 0x40, 0x41, 1, 0x0d, 0, 0x0b, 0x00],
      [0x03, 0x40, 0x41, 0, 0x0e, 1, 0, 0, 0x0b, 0x00],
      [0x03, 0x40, 0x02, 0x40, 0x0c, 1, 0x0b, 0x0b, 0x00],
      [0x03, 0x40, 0x41, 1, 0x04, 0x40, 0x0c, 1, 0x0b, 0x0b, 0x00],
    ]
    for (const score of back) expect(run(moduleOf({ score }))).toMatchObject({ fault: 'evaluator_out_of_fuel' })
  })

  test('calls itself for ever is too deep, at the same depth whatever it is called with', () => {
    // local.get 0 … 3, call itself: of type (i32 × 4) → f64.
    const score = [0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0x10, 1]
    const ran = run(moduleOf({ score }))
    expect(ran).toMatchObject({ fault: 'evaluator_too_deep' })
    expect(run(moduleOf({ score }))).toEqual(ran)
    const wide = run(moduleOf({ score, locals: new Array(500).fill(I64) }))
    expect(wide).toMatchObject({ fault: 'evaluator_too_deep' })
    expect(wide.fuel).toBeLessThan(ran.fuel)
  })

  test('returns early gives back what it took of the stack', () => {
    // A function that returns, called 100,000 times.
    const loop = [
      0x41,
      ...signedLeb(100_000),
      0x21,
      4,
      0x03,
      0x40,
      0x10,
      2,
      0x20,
      4,
      0x41,
      1,
      0x6b,
      0x22,
      4,
      0x0d,
      0,
      0x0b,
    ]
    const returns = [
      [0x0f],
      [0x02, 0x40, 0x02, 0x40, 0x0f, 0x0b, 0x0b],
      [0x02, 0x40, 0x41, 1, 0x0d, 1, 0x0b],
      [0x41, 0, 0x0e, 1, 0, 0],
    ]
    for (const body of returns)
      expect(run(moduleOf({ score: [...loop, ...f64(1)], locals: [I32], more: [body] }))).toMatchObject({ score: 1 })
  })

  test('asks for more memory than the challenge allows gets none, and pays for what it asks', () => {
    const all = [...grow(15), 0xb7]
    expect(run(moduleOf({ score: all }))).toMatchObject({ score: 1 })
    expect(run(moduleOf({ score: [...grow(16), 0xb7] }))).toMatchObject({ score: -1 })
    expect(run(moduleOf({ score: [...grow(65_535), 0xb7] }))).toMatchObject({ fault: 'evaluator_out_of_fuel' })
    expect(run(moduleOf({ score: [...grow(-1), 0xb7] }))).toMatchObject({ fault: 'evaluator_out_of_fuel' })
  })

  test('fills memory again and again pays by the byte', () => {
    // loop { memory.fill(0, 7, 65536) }
    const fill = [0x41, 0, 0x41, 7, 0x41, ...signedLeb(65_536), 0xfc, 11, 0]
    const ran = run(moduleOf({ score: [0x03, 0x40, ...fill, 0x0c, 0, 0x0b, 0x00] }))
    expect(ran).toMatchObject({ fault: 'evaluator_out_of_fuel' })
    // Some 600 fills of 64 KiB, not a million.
    expect(ran.fuel - BigInt(LIMITS.fuel)).toBeLessThan(20_000n)
  })

  test('divides by zero, reads outside, or gives up is stopped with a fault', () => {
    const faults = [
      [0x41, 1, 0x41, 0, 0x6d, 0xb7],
      [0x41, ...signedLeb(70_000), 0x2b, 3, 0],
      [0x00],
      [0x41, ...signedLeb(65_530), 0x41, 7, 0x41, ...signedLeb(64), 0xfc, 11, 0, ...f64(1)],
    ]
    for (const score of faults) expect(run(moduleOf({ score }))).toMatchObject({ fault: 'evaluator_trapped' })
  })

  test('has no room for its tables is told so', () => {
    const places = [0, 4, -8, 65_536, 65_528 + 4]
    for (const place of places)
      expect(run(moduleOf({ alloc: [0x41, ...signedLeb(place)] }))).toMatchObject({ fault: 'evaluator_no_room' })
  })

  test('keeps a count of its scorings finds none the next time', () => {
    // memory[8]++, and the score is what was there.
    const score = [0x41, 8, 0x41, 8, 0x28, 2, 0, 0x41, 1, 0x6a, 0x36, 2, 0, 0x41, 8, 0x28, 2, 0, 0xb7]
    const evaluator = createEvaluator(moduleOf({ score }), LIMITS)
    expect([evaluator.run(bytes, bytes), evaluator.run(bytes, bytes)]).toMatchObject([{ score: 1 }, { score: 1 }])
  })

  test('looks at the bits of NaN sees the same ones, however NaN came about', () => {
    const nan = f64(Number.NaN)
    const zero = f64(0)
    const made = [
      [...zero, ...zero, 0xa3],
      [...f64(-1), 0x9f],
      [...f64(Infinity), ...f64(Infinity), 0xa1],
      [...nan, ...zero, 0xa4],
      [0x44, 1, 0, 0, 0, 0, 0, 0xf0, 0xff, ...f64(1), 0xa0],
      [...zero, ...zero, 0xa3, 0xb6, 0xbb],
      [0x43, 1, 0, 0xa0, 0xff, 0xbb],
    ]
    // i64.reinterpret, high word as a float64.
    for (const code of made) {
      const score = [...code, 0xbd, 0x42, 32, 0x88, 0xa7, 0xb8]
      expect(run(moduleOf({ score }))).toMatchObject({ score: 0x7ff80000 })
    }
  })

  test('moves bits that are a NaN keeps them', () => {
    // f64.store(8, f64.load(0)) of bits that were stored as an integer.
    const bits = [0x41, 0, 0x42, ...signedLeb(0x7ff0_0000_dead_beefn), 0x37, 3, 0]
    const move = [0x41, 8, 0x41, 0, 0x2b, 3, 0, 0x39, 3, 0]
    const score = [...bits, ...move, 0x41, 8, 0x28, 2, 0, 0xb8]
    expect(run(moduleOf({ score }))).toMatchObject({ score: 0xdeadbeef })
  })
})

test('a function that is too long for machines once it counts is refused, and not only by some of them', () => {
  // 700,000 loops of 3 bytes, each of which is 26 bytes afterwards.
  const loops = new Uint8Array(2_000_000).map((_, i) => [0x03, 0x40, 0x0b][i % 3]!).subarray(0, 1_999_998)
  const code = new Uint8Array(1 + loops.length + 10)
  code.set(loops, 1)
  code.set([...f64(1), 0x0b], 1 + loops.length)
  const start = [2, 4, 0, 0x41, 8, 0x0b, ...leb(code.length)]
  const section = new Uint8Array(start.length + code.length)
  section.set(start)
  section.set(code, start.length)
  expect(refusalOf(moduleOf({ sections: { 10: section } }))).toBe('too_large')
})

test('growing by nothing pays for the buffer that is replaced', () => {
  const nothing = [0x41, 0, 0x40, 0, 0x1a]
  const ran = run(moduleOf({ score: [...nothing, ...nothing, ...f64(1)] }))
  expect(ran).toMatchObject({ score: 1 })
  expect(ran.fuel).toBeGreaterThan(2_000n)
})

test('more functions than are taken are refused before any is rewritten', () => {
  const many = Array.from({ length: PROGRAM_LIMITS.functions - 1 }, () => [])
  expect(refusalOf(moduleOf({ more: many }))).toBe('too_large')
})
