/** How far the points of a grid are from the nearest of a set: exact squared distances, an axis at a time (Felzenszwalb and Huttenlocher 2012). */

/** Points along x (which runs fastest), y and z, and the distance between two neighbors along each. */
export interface Grid {
  readonly size: readonly [number, number, number]
  readonly spacing: readonly [number, number, number]
}

/** The squared distance of each point to the nearest one of `set`, in which there is at least one. */
export function squaredDistances(set: Uint8Array, { size, spacing }: Grid): Float64Array {
  const distances = new Float64Array(set.length)
  for (let i = 0; i < set.length; i++) distances[i] = set[i] === 1 ? 0 : Infinity
  let stride = 1
  for (let axis = 0; axis < 3; axis++) {
    const count = size[axis]!
    // Nothing is away along a line of one point.
    if (count === 1) continue
    const line = createLine(count, spacing[axis]!)
    const block = stride * count
    for (let from = 0; from < set.length; from += block)
      for (let i = 0; i < stride; i++) line(distances, from + i, stride)
    stride = block
  }
  return distances
}

/** The lower envelope of parabolas, one above each point of a line: what the distances so far become with this axis. */
function createLine(count: number, spacing: number): (values: Float64Array, start: number, stride: number) => void {
  const at = new Float64Array(count)
  const places = new Int32Array(count)
  const from = new Float64Array(count + 1)
  const scale = spacing * spacing
  return (values, start, stride) => {
    let hulls = 0
    for (let i = 0; i < count; i++) {
      const value = values[start + i * stride]!
      at[i] = value
      if (value === Infinity) continue
      let begin = -Infinity
      while (hulls > 0) {
        const last = places[hulls - 1]!
        begin = (value - at[last]! + scale * (i * i - last * last)) / (2 * scale * (i - last))
        if (begin > from[hulls - 1]!) break
        hulls--
        begin = -Infinity
      }
      places[hulls] = i
      from[hulls++] = begin
    }
    if (hulls === 0) return
    from[hulls] = Infinity
    let hull = 0
    for (let i = 0; i < count; i++) {
      while (from[hull + 1]! < i) hull++
      const away = i - places[hull]!
      values[start + i * stride] = away * away * scale + at[places[hull]!]!
    }
  }
}
