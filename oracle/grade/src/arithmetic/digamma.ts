/** The digamma function, the derivative of the logarithm of the gamma function, without `Math`'s functions that differ between engines. */

import { naturalLog } from './log.ts'

/** B_2n ÷ 2n for n = 1 … 8, B being Bernoulli numbers: the coefficients of the asymptotic series in x^-2n. */
const SERIES = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160]

/**
 * ψ(x) for x > 0, with an error of about 1e-15 of the larger of 1 and |ψ(x)|: ψ(x) = ψ(x + 1) − 1/x up to x ≥ 10, then
 * ln x − 1/(2x) − Σ B_2n ÷ (2n x^2n). M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 6.3.5 and 6.3.18.
 */
export function digamma(x: number): number {
  let shift = 0
  let at = x
  while (at < 10) {
    shift += 1 / at
    at += 1
  }
  const square = 1 / (at * at)
  let series = 0
  for (let n = SERIES.length - 1; n >= 0; n--) series = (series + SERIES[n]!) * square
  return naturalLog(at) - 0.5 / at - series - shift
}
