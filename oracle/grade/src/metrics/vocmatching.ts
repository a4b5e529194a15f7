/** Average precision as PASCAL VOC counts it: a prediction looks at the true object that it overlaps most, and may take it once. */

import { compensatedSum } from '../sum.ts'

export interface Scored {
  readonly score: number
}

/** The objects of one class in one image. */
export interface VocImage<Truth, Found extends Scored> {
  readonly truth: readonly Truth[]
  readonly found: readonly Found[]
}

/** How the curve of precision over recall becomes a number. */
export type Interpolation = 'all' | 'eleven'

/** Of one class; 0 where nothing is found. `overlap` is intersection over union. */
export function vocAveragePrecision<Truth, Found extends Scored>(
  images: readonly VocImage<Truth, Found>[],
  overlap: (truth: Truth, found: Found) => number,
  threshold: number,
  interpolation: Interpolation,
): number {
  const all = images.reduce((sum, { truth }) => sum + truth.length, 0)
  const found = images.flatMap(({ truth, found: boxes }) => {
    // The one that is overlapped most, the first of equal ones, also where another prediction took it.
    return boxes.map((box) => {
      let [most, match] = [-Infinity, -1]
      for (let k = 0; k < truth.length; k++) {
        const share = overlap(truth[k]!, box)
        if (share > most) [most, match] = [share, k]
      }
      return { score: box.score, object: most > threshold ? truth[match]! : undefined }
    })
  })
  // Stable: equal scores stay in the order of rows and cells.
  found.sort((a, b) => b.score - a.score)
  const taken = new Set<Truth>()
  const recall = new Float64Array(found.length)
  const precision = new Float64Array(found.length)
  for (let i = 0; i < found.length; i++) {
    const { object } = found[i]!
    if (object !== undefined) taken.add(object)
    recall[i] = taken.size / all
    precision[i] = taken.size / (i + 1)
  }
  for (let i = found.length - 1; i > 0; i--) precision[i - 1] = Math.max(precision[i - 1]!, precision[i]!)
  if (interpolation === 'eleven') {
    const best = (least: number): number => precision[recall.findIndex((value) => value >= least)] ?? 0
    return compensatedSum(11, (i) => best(i / 10)) / 11
  }
  return compensatedSum(found.length, (i) => (recall[i]! - (i > 0 ? recall[i - 1]! : 0)) * precision[i]!)
}
