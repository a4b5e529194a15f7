/** Bounds of answers, and the cells that a task allows where there are few; without a dependency, for pages. */

/** Bytes of an answer's cell in UTF-8: a label of `oracle/grade` has no more (`LIMITS.maxFieldBytes`). */
export const ANSWER_MAX_BYTES = 4_096
/** Spans, boxes or polygons of one answer, where the task does not allow fewer. */
export const ANSWER_MAX_PARTS = 200
export const POLYGON_MAX_POINTS = 400
/** Pixels: no coordinate is larger, also where the size of the image is not known. */
export const PIXELS_MAX = 100_000
/** Coordinates are multiples of 1 ÷ this, in pixels. */
export const PIXEL_PARTS = 100
export const RATING_MAX_VALUES = 500

/** The cell that says, instead of an answer, that the item cannot be labeled. */
export const FLAG_CELL = '{"flag":true}'

type Rating = { from: number; to: number; step: number }

/** How many values a rating has; undefined where the steps do not end at `to`, or are too many. */
export function ratingCount({ from, to, step }: Rating): number | undefined {
  const steps = Math.round((to - from) / step)
  if (!(steps >= 1 && steps < RATING_MAX_VALUES)) return undefined
  return sixDecimals(from + steps * step) === to ? steps + 1 : undefined
}

/** The values of a rating, ascending. */
export function ratingValues(rating: Rating): number[] {
  return Array.from({ length: ratingCount(rating) ?? 0 }, (_, at) => sixDecimals(rating.from + at * rating.step))
}

const sixDecimals = (value: number): number => Number(value.toFixed(6))
