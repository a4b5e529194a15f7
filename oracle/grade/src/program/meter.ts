/**
 * Rewrites a function so that it counts: fuel before each straight piece of it, what it takes of the stack while it runs, and NaN as the
 * one that every machine writes alike. What it computes stays what WebAssembly allows it to be.
 */

import { byte, leb, type Reader, readerOf, signedLeb, skipLeb, u32, vector, Writer } from './bytes.ts'
import { EXCEPTIONS, madeNan, OP, plainEffect, referenceEffect } from './instructions.ts'
import { FUEL_COSTS, PROGRAM_LIMITS } from './limits.ts'
import { refuse } from './refusal.ts'
import type { Body, FunctionType } from './sections.ts'

/** What a function needs to know of its module. */
export interface Surroundings {
  readonly types: readonly FunctionType[]
  readonly functions: readonly number[]
  /** The globals that were added to count in: fuel (i64) and slots of the stack (i32). */
  readonly fuel: number
  readonly stack: number
  /** The global (i32) that says that memory within the limit was asked for, and that this machine had none. */
  readonly starved: number
  /** Pages that its memory may have. */
  readonly pages: number
  /** The index of a type without parameters and with these results. */
  resultType(results: readonly number[]): number
  /** Of a module that the engine itself brings, which may have more than those of others. */
  readonly own?: OwnModule
}

/** An interpreter: it catches exceptions, and names values of its host. */
export interface OwnModule {
  readonly tags: readonly FunctionType[]
  /** Functions that are called in the place of others, by their index. */
  readonly instead: ReadonlyMap<number, number>
}

interface Block {
  readonly op: number
  /** Of the stack, below its parameters. */
  readonly entry: number
  readonly type: FunctionType
}

const EMPTY = 0x40
const END = [OP.end]
const STOP = [OP.if, EMPTY, OP.unreachable, OP.end]
const I32 = 0x7f
const F32 = 0x7d
const F64 = 0x7c
const EXTERNREF = 0x6f
const NAN = { f32: [0, 0, 0xc0, 0x7f], f64: [0, 0, 0, 0, 0, 0, 0xf8, 0x7f] }

export function meter(body: Body, type: FunctionType, around: Surroundings): Uint8Array {
  const { types, functions, fuel, stack, starved, pages, own } = around
  const scratch = type.params.length + body.count
  const reader = readerOf(body.code)
  const code: (Uint8Array | readonly number[])[] = []
  let written = 0
  /** What is written stays within what machines compile: refused on the way, before its pieces fill a heap. */
  const within = <T extends Uint8Array | readonly number[]>(part: T): T => {
    written += part.length
    const { functionBytes } = PROGRAM_LIMITS
    if (written > functionBytes)
      refuse('too_large', `with its counting a function has more than ${functionBytes} bytes: divide it`)
    return part
  }
  const emit = (part: Uint8Array | readonly number[]): void => void code.push(within(part))
  const blocks: Block[] = []
  let [height, most] = [0, 0]
  let grows = false
  let catches = false
  let segment = { at: 0, fuel: 0, checked: false }

  const counter = leb(fuel)
  const charge = (amount: readonly number[]): number[] => [
    ...[OP.globalGet, ...counter],
    ...amount,
    ...[OP.i64Sub, OP.globalSet, ...counter],
  ]
  const check = [OP.globalGet, ...counter, OP.i64Const, 0, OP.i64LtS, ...STOP]
  const close = (): void => {
    const paid = segment.fuel > 0 ? charge([OP.i64Const, ...signedLeb(segment.fuel)]) : []
    code[segment.at] = within(segment.checked ? [...paid, ...check] : paid)
  }
  /** Begins a piece that runs from its start to its end once it is begun. Without a check, one is never far: at each loop and call. */
  const open = (checked: boolean): void => {
    close()
    segment = { at: code.length, fuel: 1, checked }
    code.push([])
  }
  const push = (change: number): void => {
    height += change
    if (height > most) most = height
  }
  const enclosing = (): Block => blocks.at(-1)!
  /** Behind an exception, the functions that it left have not given back what they took of the stack. */
  const caught = (params: number): void => {
    catches = true
    height = enclosing().entry
    push(params)
    emit([OP.localGet, ...leb(scratch + 3), OP.globalSet, ...leb(stack)])
    open(true)
  }
  const copy = (from: number): void => emit(reader.bytes.subarray(from, reader.at))
  /** Instructions that only a module of the engine's own has. */
  const exceptional = (op: number, from: number, { tags }: OwnModule): boolean => {
    switch (op) {
      case EXCEPTIONS.try: {
        const block = blockType(reader, types, true)
        blocks.push({ op, entry: height - block.params.length, type: block })
        copy(from)
        return true
      }
      case EXCEPTIONS.catch:
      case EXCEPTIONS.catchAll: {
        const params = op === EXCEPTIONS.catch ? tags[u32(reader)]!.params.length : 0
        copy(from)
        caught(params)
        return true
      }
      case EXCEPTIONS.throw:
      case EXCEPTIONS.rethrow:
        u32(reader)
        segment.fuel += FUEL_COSTS.throw
        copy(from)
        height = enclosing().entry
        open(false)
        return true
      case EXCEPTIONS.delegate: {
        u32(reader)
        const { entry, type: block } = blocks.pop()!
        height = entry
        push(block.results.length)
        copy(from)
        open(false)
        return true
      }
      default:
        return false
    }
  }
  /** By the number on top of the stack. */
  const chargeByTop = (amount: readonly number[]): number[] => [
    ...[OP.localSet, ...leb(scratch)],
    ...charge([OP.localGet, ...leb(scratch), OP.i64ExtendI32U, ...amount]),
    ...check,
    ...[OP.localGet, ...leb(scratch)],
  ]

  code.push([])
  segment = { at: 0, fuel: 1, checked: true }
  blocks.push({ op: OP.block, entry: 0, type: { params: [], results: type.results } })
  while (blocks.length > 0) {
    const from = reader.at
    const op = byte(reader)
    if (own && exceptional(op, from, own)) continue
    switch (op) {
      case OP.block:
      case OP.loop:
      case OP.if: {
        const block = blockType(reader, types, own !== undefined)
        if (op === OP.if) push(-1)
        blocks.push({ op, entry: height - block.params.length, type: block })
        // Machines do nothing at the start of a block; a compiler's switch has hundreds of them before its one jump.
        if (!own || op !== OP.block) segment.fuel++
        copy(from)
        if (op !== OP.block) open(op === OP.loop)
        break
      }
      case OP.else: {
        const { entry, type: block } = enclosing()
        height = entry + block.params.length
        copy(from)
        open(false)
        break
      }
      case OP.end: {
        const { entry, type: block } = blocks.pop()!
        height = entry
        push(block.results.length)
        copy(from)
        if (blocks.length > 0) open(false)
        break
      }
      case OP.br:
      case OP.brIf:
      case OP.brTable: {
        if (op === OP.brTable) vector(reader, u32)
        u32(reader)
        segment.fuel++
        copy(from)
        if (op === OP.br) height = enclosing().entry
        else push(-1)
        if (op === OP.brTable) height = enclosing().entry
        open(false)
        break
      }
      case OP.return:
        segment.fuel++
        emit([OP.br, ...leb(blocks.length - 1)])
        height = enclosing().entry
        open(false)
        break
      case OP.unreachable:
        copy(from)
        height = enclosing().entry
        open(false)
        break
      case OP.call: {
        const index = u32(reader)
        const callee = types[functions[index]!]!
        push(callee.results.length - callee.params.length)
        segment.fuel += FUEL_COSTS.call
        const instead = own?.instead.get(index)
        if (instead === undefined) copy(from)
        else emit([OP.call, ...leb(instead)])
        break
      }
      case OP.callIndirect: {
        const callee = types[u32(reader)]!
        if (u32(reader) !== 0) refuse('unsupported', 'several tables')
        push(callee.results.length - callee.params.length - 1)
        segment.fuel += FUEL_COSTS.callIndirect
        copy(from)
        break
      }
      default: {
        const effect = (own && referenceEffect(op, reader)) ?? plainEffect(op, reader)
        segment.fuel += effect.fuel
        if (op === OP.memoryGrow) emit(chargeByTop([OP.i64Const, ...signedLeb(FUEL_COSTS.page), OP.i64Mul]))
        const copies = op === OP.prefix && effect.height === -3
        if (copies) emit(chargeByTop([OP.i64Const, FUEL_COSTS.bytesShift, OP.i64ShrU]))
        copy(from)
        push(effect.height)
        if (op === OP.memoryGrow) {
          grows = true
          emit(grownOrStopped({ asked: scratch, grown: scratch + 3, starved, pages }))
        }
        const nan = madeNan(op)
        if (nan) emit(canonical(nan, scratch))
      }
    }
  }
  if (reader.at !== reader.end) refuse('malformed', 'a function has more behind its end')
  close()

  const frame = PROGRAM_LIMITS.frameSlots + scratch + (grows || catches ? 4 : 3) + most
  const take = [OP.globalGet, ...leb(stack), OP.i32Const, ...signedLeb(frame), OP.i32Add, OP.globalSet, ...leb(stack)]
  const full = [OP.globalGet, ...leb(stack), OP.i32Const, ...signedLeb(PROGRAM_LIMITS.stackSlots), OP.i32GtU, ...STOP]
  const give = [OP.globalGet, ...leb(stack), OP.i32Const, ...signedLeb(frame), OP.i32Sub, OP.globalSet, ...leb(stack)]
  const out = new Writer()
  out
    .put(leb(body.groups + (grows || catches ? 4 : 3)))
    .put(body.locals)
    .put([1, I32, 1, F32, 1, F64])
    .put(grows || catches ? [1, I32] : [])
  // A block around it all: leaving the function is leaving the block, behind which the stack is given back.
  out
    .put(take)
    .put(full)
    .put(catches ? [OP.globalGet, ...leb(stack), OP.localSet, ...leb(scratch + 3)] : [])
    .put([OP.block, ...wrapType(type, around)])
  for (const part of code) out.put(part)
  return out.put(give).put(END).bytes()
}

function blockType(reader: Reader, types: readonly FunctionType[], references: boolean): FunctionType {
  const first = reader.bytes[reader.at]!
  if (first === EMPTY) {
    reader.at++
    return { params: [], results: [] }
  }
  if ((first >= F64 && first <= I32) || (references && first === EXTERNREF)) {
    reader.at++
    return { params: [], results: [first] }
  }
  // Another value's type is a negative number in this place.
  if (first >= 0x40 && first < 0x80) return refuse('unsupported', `a block of type 0x${first.toString(16)}`)
  const at = reader.at
  skipLeb(reader)
  return types[u32(readerOf(reader.bytes, at, reader.at))] ?? refuse('malformed', 'a block has an unknown type')
}

function wrapType({ results }: FunctionType, around: Surroundings): readonly number[] {
  if (results.length === 0) return [EMPTY]
  return results.length === 1 ? results : signedLeb(around.resultType(results))
}

/** Of the number on top of the stack: itself, or the one NaN. */
function canonical(type: 'f32' | 'f64', scratch: number): number[] {
  const local = leb(scratch + (type === 'f32' ? 1 : 2))
  const [constant, equal] = type === 'f32' ? [OP.f32Const, OP.f32Eq] : [OP.f64Const, OP.f64Eq]
  return [
    ...[OP.localTee, ...local, constant, ...NAN[type]],
    ...[OP.localGet, ...local, OP.localGet, ...local, equal, OP.select],
  ]
}

interface Grow {
  /** The local that holds how many pages were asked for. */
  readonly asked: number
  /** The local for what came of it. */
  readonly grown: number
  readonly starved: number
  readonly pages: number
}

/**
 * Behind memory.grow. WebAssembly lets it fail whenever a machine has no memory, and a module that saw it fail could score otherwise than
 * on a larger machine. So what is within the limit is granted, or the run ends and says so.
 */
function grownOrStopped({ asked, grown, starved, pages }: Grow): number[] {
  const wide = (code: readonly number[]): number[] => [...code, OP.i64ExtendI32U]
  const within = [
    ...[...wide([OP.memorySize, 0]), ...wide([OP.localGet, ...leb(asked)]), OP.i64Add],
    ...[OP.i64Const, ...signedLeb(pages), OP.i64LeU],
  ]
  const stop = [OP.i32Const, 1, OP.globalSet, ...leb(starved), OP.unreachable]
  return [
    ...[OP.localTee, ...leb(grown), OP.i32Const, ...signedLeb(-1), OP.i32Eq],
    ...[OP.if, EMPTY, ...within, OP.if, EMPTY, ...stop, OP.end, OP.end],
    ...[OP.localGet, ...leb(grown)],
  ]
}
