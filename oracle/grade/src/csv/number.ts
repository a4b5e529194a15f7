/** Decimal text to float64, correctly rounded, straight from bytes. */

import type { ReasonName } from '../reasons.ts'

/** Powers of ten that are exact as float64. */
export const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
/** Veltkamp's constant, 2^27 + 1, which halves a float64 so that products of the halves are exact. */
const SPLIT = 134217729

/**
 * The number in `bytes[start, end)`, or NaN if it is no plain decimal number: an optional sign, digits with at most one point and at
 * least one digit, an optional exponent. No spaces, no words, no hexadecimal, no separators. Never infinite: too large is NaN as
 * well, and `numberReason` says which of them it was. −0 is 0.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let p = start
  let negative = false
  if (p < end && (bytes[p] === 45 || bytes[p] === 43)) negative = bytes[p++] === 45
  if (end - p <= SHORT) {
    const value = shortNumber(bytes, p, end)
    if (value >= 0) return negative ? 0 - value : value
  }
  // The first 15 significant digits are exact in `high`, the next 4 in `low`; more are left to the slow way.
  let high = 0
  let low = 0
  let digits = 0
  let lowDigits = 0
  let scale = 0
  let seen = 0
  let point = false
  for (; p < end; p++) {
    const d = bytes[p]! - 48
    if (d >= 0 && d <= 9) {
      seen++
      if (point) scale--
      if (digits < 15) {
        high = high * 10 + d
        if (high !== 0) digits++
      } else {
        low = low * 10 + d
        lowDigits++
      }
    } else if (d === -2 && !point) {
      point = true
    } else {
      break
    }
  }
  if (seen === 0) return Number.NaN
  if (p < end) {
    if ((bytes[p]! | 32) !== 101) return Number.NaN
    p++
    let down = false
    if (p < end && (bytes[p] === 45 || bytes[p] === 43)) down = bytes[p++] === 45
    if (p === end) return Number.NaN
    let exponent = 0
    for (; p < end; p++) {
      const d = bytes[p]! - 48
      if (d < 0 || d > 9) return Number.NaN
      if (exponent < 100000) exponent = exponent * 10 + d
    }
    scale += down ? -exponent : exponent
  }
  let value: number
  if (lowDigits === 0) {
    if (high === 0) return 0
    // Both operands are exact, so one multiplication or division rounds once.
    if (scale <= 0 && scale >= -22) value = high / POWERS[-scale]!
    else if (scale > 0 && scale <= 22) value = high * POWERS[scale]!
    else value = slowNumber(bytes, start, end)
  } else if (lowDigits <= 4 && scale <= 0 && scale >= -22) {
    value = quotient(high, POWERS[lowDigits]!, low, POWERS[-scale]!)
    if (Number.isNaN(value)) value = slowNumber(bytes, start, end)
  } else {
    value = slowNumber(bytes, start, end)
  }
  if (value === Number.POSITIVE_INFINITY) return Number.NaN
  return negative ? 0 - value : value
}

/** Characters of a number whose digits fit into 31 bits: nine, and a point. */
const SHORT = 10

/** The number of up to nine digits and a point, as most are, or -1 for any other text. */
function shortNumber(bytes: Uint8Array, start: number, end: number): number {
  let digits = 0
  let point = -1
  for (let p = start; p < end; p++) {
    const d = bytes[p]! - 48
    if (d >= 0 && d <= 9) digits = (Math.imul(digits, 10) + d) | 0
    else if (d === -2 && point < 0) point = p
    else return -1
  }
  const count = end - start - (point < 0 ? 0 : 1)
  if (count < 1 || count > 9) return -1
  return point < 0 ? digits : digits / POWERS[end - 1 - point]!
}

/**
 * (high × factor + low) ÷ divisor, rounded once, by a numerator and a quotient of two floats each; NaN in the rare case that the true
 * value is so near to the middle between two floats that 100 bits cannot tell.
 */
function quotient(high: number, factor: number, low: number, divisor: number): number {
  const product = high * factor
  const sum = product + (productError(high, factor, product) + low)
  const rest = product - sum + (productError(high, factor, product) + low)
  const q = sum / divisor
  const back = q * divisor
  const r = sum - back - productError(q, divisor, back) + rest
  const correction = r / divisor
  const above = q + correction * (1 + 1e-10)
  const below = q + correction * (1 - 1e-10)
  return above === below ? above : Number.NaN
}

/** Dekker's error of a product: `a * b - product`, exactly. */
function productError(a: number, b: number, product: number): number {
  const aHigh = a * SPLIT - (a * SPLIT - a)
  const aLow = a - aHigh
  const bHigh = b * SPLIT - (b * SPLIT - b)
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

/** The absolute value by the engine's own conversion, which all engines round correctly; text that came this far is plain decimal. */
function slowNumber(bytes: Uint8Array, start: number, end: number): number {
  return Math.abs(Number(String.fromCharCode(...bytes.subarray(start, end))))
}

/** Why `parseNumber` gave NaN. */
export function numberReason(bytes: Uint8Array, start: number, end: number): ReasonName {
  if (start === end) return 'empty_value'
  const text = String.fromCharCode(...bytes.subarray(start, end))
  if (text.trim() !== text) return 'padded_value'
  if (/^[+-]?(nan|inf|infinity|#?n\/?a|null|none)$/i.test(text)) return 'not_finite'
  // No digit can be taken by two parts of it: backtracking over a long value stays linear.
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) return 'number_too_large'
  return 'not_a_number'
}
