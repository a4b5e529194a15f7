/** The instructions that an evaluator may have: WebAssembly 1.0 with sign extension, saturating conversions, several results, and copies of memory. */

import { byte, type Reader, skipLeb, take, u32, vector } from './bytes.ts'
import { FUEL_COSTS } from './limits.ts'
import { refuse } from './refusal.ts'

export const OP = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  f32Const: 0x43,
  f64Const: 0x44,
  i32Eq: 0x46,
  i32GtU: 0x4b,
  i64LtS: 0x53,
  i64LeU: 0x58,
  f32Eq: 0x5b,
  f64Eq: 0x61,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i64Add: 0x7c,
  i64Sub: 0x7d,
  i64Mul: 0x7e,
  i64ShrU: 0x88,
  i64ExtendI32U: 0xad,
  prefix: 0xfc,
  memoryCopy: 10,
  memoryFill: 11,
} as const

/** Exceptions as LLVM writes them: for modules of the engine's own. */
export const EXCEPTIONS = {
  try: 0x06,
  catch: 0x07,
  throw: 0x08,
  rethrow: 0x09,
  delegate: 0x18,
  catchAll: 0x19,
} as const

/** What an instruction does to the height of the stack, where it is not control flow; what it costs. */
export interface Effect {
  readonly height: number
  readonly fuel: number
}

/** Passes the immediates of an instruction of no control flow. Throws `RefusedModule` for one that is not listed above. */
export function plainEffect(op: number, reader: Reader): Effect {
  if (op === 0x01) return { height: 0, fuel: 0 }
  if (op === 0x1a) return { height: -1, fuel: 0 }
  if (op === OP.select) return { height: -2, fuel: 1 }
  if (op >= 0x20 && op <= 0x24) {
    u32(reader)
    return { height: op === OP.localTee ? 0 : op === OP.localGet || op === OP.globalGet ? 1 : -1, fuel: 1 }
  }
  if (op >= 0x28 && op <= 0x3e) {
    if (u32(reader) >= 32) refuse('unsupported', 'several memories')
    u32(reader)
    return { height: op <= 0x35 ? 0 : -2, fuel: FUEL_COSTS.memory }
  }
  if (op === 0x3f || op === OP.memoryGrow) {
    if (byte(reader) !== 0) refuse('unsupported', 'several memories')
    return op === 0x3f ? { height: 1, fuel: 1 } : { height: 0, fuel: FUEL_COSTS.grow }
  }
  if (op === OP.i32Const || op === OP.i64Const) {
    skipLeb(reader)
    return { height: 1, fuel: 0 }
  }
  if (op === OP.f32Const || op === OP.f64Const) {
    take(reader, op === OP.f32Const ? 4 : 8)
    return { height: 1, fuel: 0 }
  }
  if (op >= 0x45 && op <= 0xc4) return { height: takesOne(op) ? 0 : -1, fuel: divides(op) ? FUEL_COSTS.divide : 1 }
  if (op === OP.prefix) return prefixed(u32(reader), reader)
  return refuse('unsupported', `instruction 0x${op.toString(16).padStart(2, '0')}`)
}

/** Instructions on values of the host and tables of them: for modules of the engine's own. Undefined for one that is none, of which nothing is read. */
export function referenceEffect(op: number, reader: Reader): Effect | undefined {
  const cost = FUEL_COSTS.memory
  switch (op) {
    case 0x1c:
      vector(reader, byte)
      return { height: -2, fuel: 1 }
    case 0x25:
    case 0x26:
      u32(reader)
      return { height: op === 0x25 ? 0 : -2, fuel: cost }
    case 0xd0:
    case 0xd1:
      if (op === 0xd0) byte(reader)
      return { height: op === 0xd0 ? 1 : 0, fuel: 1 }
    case OP.prefix: {
      const second = reader.bytes[reader.at]
      if (second !== TABLE_GROW && second !== TABLE_SIZE) return undefined
      u32(reader)
      u32(reader)
      return { height: second === TABLE_GROW ? -1 : 1, fuel: FUEL_COSTS.grow }
    }
  }
  return undefined
}

const TABLE_GROW = 15
const TABLE_SIZE = 16

function prefixed(op: number, reader: Reader): Effect {
  if (op <= 7) return { height: 0, fuel: 1 }
  if (op !== OP.memoryCopy && op !== OP.memoryFill) return refuse('unsupported', `instruction 0xfc ${op}`)
  for (let i = 0; i < (op === OP.memoryCopy ? 2 : 1); i++)
    if (byte(reader) !== 0) refuse('unsupported', 'several memories')
  return { height: -3, fuel: FUEL_COSTS.memory }
}

/** Numeric instructions with one operand; the others have two. */
const takesOne = (op: number): boolean =>
  op === 0x45 ||
  op === 0x50 ||
  (op >= 0x67 && op <= 0x69) ||
  (op >= 0x79 && op <= 0x7b) ||
  (op >= 0x8b && op <= 0x91) ||
  (op >= 0x99 && op <= 0x9f) ||
  op >= 0xa7

/** Division, remainder and square root. */
const divides = (op: number): boolean =>
  (op >= 0x6d && op <= 0x70) || (op >= 0x7f && op <= 0x82) || op === 0x91 || op === 0x95 || op === 0x9f || op === 0xa3

/** The type that an instruction gives whose NaN may have any bits: WebAssembly leaves them to the machine. */
export function madeNan(op: number): 'f32' | 'f64' | undefined {
  if ((op >= 0x8d && op <= 0x97) || op === 0xb6) return 'f32'
  if ((op >= 0x9b && op <= 0xa5) || op === 0xbb) return 'f64'
  return undefined
}
