/** The natural logarithm by additions, multiplications and divisions alone, because `Math.log` may differ between engines. */

import { powerOfTwo } from './exp.ts'

/** ln 2 in two parts; the first has 32 significant bits, so that multiples of it are exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

const word = new DataView(new ArrayBuffer(8))

/**
 * ln x for positive normal float64 numbers, with an error below 3 units in the last place. With x = 2^k · m and m in (√½, √2],
 * ln x = k · ln 2 + 2 · artanh(s), s = (m − 1) ÷ (m + 1), by the Taylor series of artanh up to s^23: |s| < 0.1716, so what is left
 * out is below 2^-60.
 */
export function naturalLog(x: number): number {
  word.setFloat64(0, x)
  let k = (word.getInt32(0) >> 20) - 1023
  // Exact. Writing the exponent of 1 over that of x instead would have the processor wait for both halves of the number.
  let m = k < 1023 ? x * powerOfTwo(-k) : (x / 2) * powerOfTwo(-1022)
  if (m > Math.SQRT2) {
    m /= 2
    k++
  }
  const s = (m - 1) / (m + 1)
  const z = s * s
  // Written out: a consensus of a million labels takes this function by the million.
  const far = ((((1 / 23) * z + 1 / 21) * z + 1 / 19) * z + 1 / 17) * z + 1 / 15
  const series = (((((far * z + 1 / 13) * z + 1 / 11) * z + 1 / 9) * z + 1 / 7) * z + 1 / 5) * z + 1 / 3
  return k * LN2_HIGH + (2 * s + (2 * s * (z * series) + k * LN2_LOW))
}
