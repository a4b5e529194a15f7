/** Sine, cosine and arc functions by basic operations alone, because those of `Math` may differ between engines. */

/** π ÷ 2 in three parts, the first two of them short, so that small multiples of them are exact. */
const HALF_PI_1 = 1.5707963267341256
const HALF_PI_2 = 6.077100506303966e-11
const HALF_PI_3 = 2.0222662487959506e-21

/** arctan of k ÷ 8. */
const ARCTANS = [
  0.0, 0.12435499454676144, 0.24497866312686414, 0.35877067027057225, 0.4636476090008061, 0.5585993153435624,
  0.6435011087932844, 0.7188299996216245, 0.7853981633974483,
]

/** sin x for |x| below 10^5, with an error below 2^-52 beside 1. */
export const sine = (x: number): number => turned(x, 0)
export const cosine = (x: number): number => turned(x, 1)

/** sin(x + quarters · π ÷ 2). */
function turned(x: number, quarters: number): number {
  const n = Math.floor(x / (Math.PI / 2) + 0.5)
  const r = x - n * HALF_PI_1 - n * HALF_PI_2 - n * HALF_PI_3
  const quadrant = (((n + quarters) % 4) + 4) % 4
  const value = quadrant % 2 === 0 ? sineSeries(r) : cosineSeries(r)
  return quadrant < 2 ? value : -value
}

/** Taylor series for |r| ≤ π ÷ 4; what is left out is below 2^-63. */
function sineSeries(r: number): number {
  const z = r * r
  let series = 0
  for (let n = 18; n >= 2; n -= 2) series = (-z / (n * (n + 1))) * (1 + series)
  return r + r * series
}

function cosineSeries(r: number): number {
  const z = r * r
  let series = 0
  for (let n = 19; n >= 1; n -= 2) series = (-z / (n * (n + 1))) * (1 + series)
  return 1 + series
}

/** arctan x by its value at the nearest eighth, and the series of the rest, which is at most 1 ÷ 16. */
export function arctangent(x: number): number {
  if (x < 0) return -arctangent(-x)
  if (x > 1) return Math.PI / 2 - arctangent(1 / x)
  const k = Math.floor(x * 8 + 0.5)
  const c = k / 8
  const u = (x - c) / (1 + x * c)
  const z = u * u
  let series = 1 / 15
  for (let odd = 13; odd >= 1; odd -= 2) series = 1 / odd - z * series
  return ARCTANS[k]! + u * series
}

/** arcsin x for x in [−1, 1]. */
export function arcsine(x: number): number {
  if (x >= 1) return Math.PI / 2
  if (x <= -1) return -Math.PI / 2
  return arctangent(x / Math.sqrt((1 - x) * (1 + x)))
}
