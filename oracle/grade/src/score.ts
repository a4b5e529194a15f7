/** Scores as the chain holds them: signed 64-bit integers in units of 1e-7. */

import type { Direction } from './metrics/metric.ts'

/** Units in 1. */
export const SCORE_SCALE = 10_000_000n
const I64_MAX = 2n ** 63n - 1n
const I64_MIN = -(2n ** 63n)

const word = new DataView(new ArrayBuffer(8))

/**
 * `score` × 1e7 rounded half to even, computed exactly on the float64's own bits. Undefined if the score is not finite or does not fit
 * into a signed 64-bit integer.
 */
export function scoreUnits(score: number): bigint | undefined {
  if (!Number.isFinite(score)) return undefined
  word.setFloat64(0, score)
  const bits = word.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  // |score| = mantissa × 2^power, exactly.
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n
  const power = Math.max(exponent, 1) - 1075
  const product = mantissa * SCORE_SCALE
  const magnitude = power >= 0 ? product << BigInt(power) : roundedShift(product, BigInt(-power))
  const units = score < 0 ? -magnitude : magnitude
  return units > I64_MAX || units < I64_MIN ? undefined : units
}

/** value ÷ 2^shift, half to even. */
function roundedShift(value: bigint, shift: bigint): bigint {
  const whole = value >> shift
  const rest = value - (whole << shift)
  const half = 1n << (shift - 1n)
  return rest > half || (rest === half && (whole & 1n) === 1n) ? whole + 1n : whole
}

/**
 * Rounds to a multiple of the challenge's step against the solver: down where more is better, up where less is better. This is the
 * score that is posted and compared with the threshold. Throws `RangeError` for a step below 1.
 */
export function roundToStep(units: bigint, step: bigint, direction: Direction): bigint {
  if (step < 1n) throw new RangeError('A step is at least 1 unit.')
  const rest = ((units % step) + step) % step
  if (rest === 0n) return units
  return direction === 'maximize' ? units - rest : units - rest + step
}

/** `8195236n` → `0.8195236`, with all seven decimals. */
export function formatUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(8, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -7)}.${digits.slice(-7)}`
}
