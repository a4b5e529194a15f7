/** Powers, logarithms near 1 and factorials by the engine's own exponential and logarithm, because those of `Math` may differ between engines. */

import { exponential } from './exp.ts'
import { naturalLog } from './log.ts'

/** x^y for x above 0; the relative error grows with |y · ln x|, in which it is a few units in the last place. */
export function power(x: number, y: number): number {
  if (y === 0) return 1
  if (y === 1) return x
  if (y === 2) return x * x
  if (y === -1) return 1 / x
  if (y === 0.5) return Math.sqrt(x)
  return exponential(y * naturalLog(x))
}

/** ln(1 + x) for x above −1, exact to a few units in the last place also where x is small (Kahan). */
export function logOnePlus(x: number): number {
  const sum = 1 + x
  return sum === 1 ? x : (naturalLog(sum) * x) / (sum - 1)
}

const HALF_LN_2PI = 0.9189385332046727
const table: number[] = [0]

/** ln n! of a whole n: sums of logarithms up to 1,024, above them by Stirling's series. */
export function logFactorial(n: number): number {
  if (n <= 1024) {
    for (let i = table.length; i <= n; i++) table.push(table[i - 1]! + naturalLog(i))
    return table[n]!
  }
  const inverse = 1 / n
  const square = inverse * inverse
  const correction = inverse * (1 / 12 - square * (1 / 360 - square / 1260))
  return (n + 0.5) * naturalLog(n) - n + HALF_LN_2PI + correction
}
