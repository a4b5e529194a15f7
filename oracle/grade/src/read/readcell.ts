/** Checks cells that hold more than one value: lists of items or of numbers, and masks as run lengths. */

import { numberReason, parseNumber } from '../csv/number.ts'
import type { ReasonName } from '../reasons.ts'
import { type CellType, LIMITS } from '../shape.ts'
import { type ByteTable, findEntry } from '../table/bytetable.ts'

const SPACE = 32

/** What a cell is checked against. */
export interface CellRules {
  readonly type: CellType
  readonly maxItems: number
  /** The allowed items of a list. */
  readonly allowed: ByteTable | undefined
  readonly min: number
  readonly max: number
}

/** What is wrong with the cell `bytes[start, end)`, or undefined. An empty cell is an empty text, list or mask. */
export function cellReason(rules: CellRules, bytes: Uint8Array, start: number, end: number): ReasonName | undefined {
  if (start === end) return undefined
  if (rules.type === 'text')
    return hasCharacters(bytes, start, end, LIMITS.maxTextCharacters + 1) ? 'text_too_long' : undefined
  if (rules.type === 'rle') return maskReason(bytes, start, end)
  let items = 0
  for (let from = start; from <= end; ) {
    let to = from
    while (to < end && bytes[to]! > SPACE) to++
    if (to === from || (to < end && bytes[to] !== SPACE)) return 'bad_list'
    if (++items > rules.maxItems) return 'too_many_items'
    const reason =
      rules.type === 'numbers' ? numberProblem(rules, bytes, from, to) : itemProblem(rules, bytes, from, to)
    if (reason) return reason
    from = to + 1
  }
  return undefined
}

/** Whether there are at least so many code points: bytes that continue none. */
function hasCharacters(bytes: Uint8Array, start: number, end: number, least: number): boolean {
  if (end - start < least) return false
  let found = 0
  for (let p = start; p < end && found < least; p++) if ((bytes[p]! & 0xc0) !== 0x80) found++
  return found >= least
}

function numberProblem({ min, max }: CellRules, bytes: Uint8Array, from: number, to: number): ReasonName | undefined {
  const value = parseNumber(bytes, from, to)
  if (Number.isNaN(value)) return numberReason(bytes, from, to)
  return value < min || value > max ? 'out_of_range' : undefined
}

function itemProblem({ allowed }: CellRules, bytes: Uint8Array, from: number, to: number): ReasonName | undefined {
  if (!allowed) return undefined
  return findEntry(allowed, bytes, from, to) < 0 ? 'unknown_label' : undefined
}

/** Pairs of whole numbers: start from 1 on, length; each run begins behind the end of the one before. */
function maskReason(bytes: Uint8Array, start: number, end: number): ReasonName | undefined {
  let next = 1
  let from = start
  let begin = -1
  while (from <= end) {
    let value = 0
    let to = from
    for (; to < end && bytes[to] !== SPACE; to++) {
      const digit = bytes[to]! - 48
      if (digit < 0 || digit > 9 || to - from > 14) return 'bad_mask'
      value = value * 10 + digit
    }
    if (to === from || value < 1) return 'bad_mask'
    if (begin < 0) {
      if (value < next) return 'bad_mask'
      begin = value
    } else {
      next = begin + value
      if (next > MASK_PIXELS) return 'bad_mask'
      begin = -1
    }
    from = to + 1
  }
  return begin < 0 ? undefined : 'bad_mask'
}

/** Pixels are numbered up to this. Runs are never unpacked, so this bounds nothing but the exactness of sums. */
const MASK_PIXELS = 2 ** 48
