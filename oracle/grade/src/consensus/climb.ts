/** The top of a smooth function by conjugate gradients (Polak–Ribière, restarted where it would go down). */

export interface Climb {
  readonly from: Float64Array
  readonly value: (at: Float64Array) => number
  /** Writes the gradient at a point. */
  readonly slope: (at: Float64Array, into: Float64Array) => void
  readonly steps: number
  /** Ends when no component of the gradient is larger. */
  readonly tolerance: number
}

/** A point no lower than `from`. J. Nocedal and S. Wright, Numerical Optimization (2006), chapter 5. */
export function climb({ from, value, slope, steps, tolerance }: Climb): Float64Array {
  let at = from.slice()
  let height = value(at)
  let g = new Float64Array(at.length)
  slope(at, g)
  let direction = g.slice()
  for (let step = 0; step < steps && largest(g) > tolerance; step++) {
    let up = dot(g, direction)
    if (!(up > 0)) {
      direction = g.slice()
      up = dot(g, direction)
    }
    const found = along({ at, direction, up, value, slope, height })
    if (!found) {
      // Along the gradient itself nothing is higher: rounding is all that is left.
      if (direction.every((d, i) => d === g[i])) break
      direction = g.slice()
      continue
    }
    const before = g
    at = found.at
    height = found.height
    g = found.slope
    const turn = g.reduce((sum, x, i) => sum + x * (x - before[i]!), 0) / dot(before, before)
    direction = direction.map((d, i) => g[i]! + Math.max(0, turn) * d)
  }
  return at
}

interface Line {
  readonly at: Float64Array
  readonly direction: Float64Array
  /** The slope in this direction, above 0. */
  readonly up: number
  readonly height: number
  readonly value: Climb['value']
  readonly slope: Climb['slope']
}

interface Found {
  readonly at: Float64Array<ArrayBuffer>
  readonly height: number
  readonly slope: Float64Array<ArrayBuffer>
}

/** Where the slope along the line is a tenth of what it was, or less, and the function higher: doubled until it goes down, then regula falsi. */
function along({ at, direction, up, height, value, slope }: Line): Found | undefined {
  const steepest = largest(direction)
  let low = 0
  let lowSlope = up
  let high = Number.POSITIVE_INFINITY
  let highSlope = 0
  let step = Math.min(1, 1 / steepest)
  let best: Found | undefined
  for (let trial = 0; trial < 60; trial++) {
    const there = Float64Array.from(at, (x, i) => x + step * direction[i]!)
    const g = new Float64Array(at.length)
    slope(there, g)
    const steep = dot(g, direction)
    const reached = value(there)
    if (reached > (best?.height ?? height)) best = { at: there, height: reached, slope: g }
    if (Math.abs(steep) <= up / 10 && reached > height)
      return best?.at === there ? best : { at: there, height: reached, slope: g }
    if (steep > 0 && reached >= height) {
      low = step
      lowSlope = steep
    } else {
      high = step
      highSlope = Math.min(steep, 0)
    }
    if (high === Number.POSITIVE_INFINITY) step *= 2
    else {
      const share = lowSlope / (lowSlope - highSlope)
      step = low + (high - low) * Math.min(0.9, Math.max(0.1, share))
    }
    if (!(step > low && step < high)) break
  }
  return best
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)
const largest = (a: Float64Array): number => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
