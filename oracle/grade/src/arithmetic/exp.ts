/** The exponential function by additions, multiplications and divisions alone, because `Math.exp` may differ between engines. */

/** ln 2 in two parts; the first has 32 significant bits, so that multiples of it are exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
/** Above it e^x is over the largest float64, below it nothing is left of it. */
const OVERFLOW = 709.782712893384
const UNDERFLOW = -745.1332191019412

/** 1.5 · 2^52. */
const ROUNDING = 6755399441055744

const word = new DataView(new ArrayBuffer(8))

/**
 * e^x, with an error of at most 2 units in the last place for normal results. With x = k · ln 2 + r and |r| ≤ ½ ln 2,
 * e^x = 2^k · e^r, and e^r − 1 is summed as r + r²/2! + … up to r^13/13!: |r| < 0.3466, so what is left out is
 * below 2^-57. NaN stays NaN.
 */
export function exponential(x: number): number {
  if (!(x <= OVERFLOW)) return x > OVERFLOW ? Number.POSITIVE_INFINITY : x
  if (x < UNDERFLOW) return 0
  // To the nearest integer: beside such a number there is no room for a fraction. Math.round branches on it, and half of its guesses fail.
  const k = x * Math.LOG2E + ROUNDING - ROUNDING
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  // Written out: a consensus of a million labels takes this function ten million times.
  const far = ((((r / 6227020800 + 1 / 479001600) * r + 1 / 39916800) * r + 1 / 3628800) * r + 1 / 362880) * r
  const near = (((((far + 1 / 40320) * r + 1 / 5040) * r + 1 / 720) * r + 1 / 120) * r + 1 / 24) * r
  const series = (near + 1 / 6) * r + 0.5
  // The part that was lost when the two halves of ln 2 were taken away.
  const lost = high - r - low
  const result = 1 + (r + (r * r * series + lost))
  return scale(result, k)
}

/** x · 2^k in two steps, for 2^1024 and 2^-1075 are no float64 of their own. */
function scale(x: number, k: number): number {
  if (k >= -1022 && k <= 1023) return x * powerOfTwo(k)
  const half = k >> 1
  return x * powerOfTwo(half) * powerOfTwo(k - half)
}

/** 2^k for -1022 ≤ k ≤ 1023. Kept: making one of its bits takes longer than all of the series. */
export function powerOfTwo(k: number): number {
  return POWERS[k + 1022]!
}

const POWERS = Float64Array.from({ length: 2046 }, (_, i) => {
  word.setInt32(0, (i + 1) << 20)
  word.setInt32(4, 0)
  return word.getFloat64(0)
})
