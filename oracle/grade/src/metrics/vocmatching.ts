/** Average precision as PASCAL VOC counts it: a prediction looks at the true object that it overlaps most, and may take it once. */

import { compensatedSum } from '../arithmetic/sum.ts'

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

/** The images of each class of the truth, in the order of rows; an image without objects of a class says nothing of it. */
export function imagesOfClasses<Truth extends { label: string }, Found extends Scored & { label: string }>(
  truth: readonly (readonly Truth[])[],
  found: readonly (readonly Found[])[],
): Map<string, VocImage<Truth, Found>[]> {
  const classes = new Map<string, VocImage<Truth, Found>[]>()
  for (const row of truth) for (const { label } of row) if (!classes.has(label)) classes.set(label, [])
  for (const [row, objects] of truth.entries()) {
    const [own, others] = [Map.groupBy(objects, labelOf), Map.groupBy(found[row]!, labelOf)]
    for (const label of new Set([...own.keys(), ...others.keys()]))
      classes.get(label)?.push({ truth: own.get(label) ?? [], found: others.get(label) ?? [] })
  }
  return new Map([...classes].sort(([a], [b]) => (a < b ? -1 : 1)))
}

const labelOf = ({ label }: { label: string }): string => label

/** What was found of one class, by score, highest first, each with the true object that it overlaps most and by how much. */
export interface Matched<Truth> {
  /** True objects. */
  readonly all: number
  readonly found: readonly { readonly score: number; readonly object: Truth | undefined; readonly share: number }[]
}

/** `overlap` is intersection over union. */
export function matchMost<Truth, Found extends Scored>(
  images: readonly VocImage<Truth, Found>[],
  overlap: (truth: Truth, found: Found) => number,
): Matched<Truth> {
  const all = images.reduce((sum, { truth }) => sum + truth.length, 0)
  const found = images.flatMap(({ truth, found: boxes }) => {
    // The one that is overlapped most, the first of equal ones, also where another prediction took it.
    return boxes.map((box) => {
      let [most, match] = [-Infinity, -1]
      for (let k = 0; k < truth.length; k++) {
        const share = overlap(truth[k]!, box)
        if (share > most) [most, match] = [share, k]
      }
      return { score: box.score, object: truth[match], share: most }
    })
  })
  // Stable: equal scores stay in the order of rows and cells.
  found.sort((a, b) => b.score - a.score)
  return { all, found }
}

/** Of one class; 0 where nothing is found. */
export function vocAveragePrecision<Truth>(
  { all, found }: Matched<Truth>,
  threshold: number,
  interpolation: Interpolation,
): number {
  const taken = new Set<Truth>()
  const right = found.map(({ object, share }) => {
    const before = taken.size
    if (object !== undefined && share > threshold) taken.add(object)
    return taken.size > before
  })
  return areaUnderPrecision(right, all, interpolation)
}

/** The area under the curve of precision over recall, from which predictions are right, by score, highest first, of `all` that there are. */
export function areaUnderPrecision(right: readonly boolean[], all: number, interpolation: Interpolation): number {
  const { length } = right
  const recall = new Float64Array(length)
  const precision = new Float64Array(length)
  let found = 0
  for (let i = 0; i < length; i++) {
    if (right[i]) found++
    recall[i] = found / all
    precision[i] = found / (i + 1)
  }
  for (let i = length - 1; i > 0; i--) precision[i - 1] = Math.max(precision[i - 1]!, precision[i]!)
  if (interpolation === 'eleven') {
    const best = (least: number): number => precision[recall.findIndex((value) => value >= least)] ?? 0
    return compensatedSum(11, (i) => best(i / 10)) / 11
  }
  return compensatedSum(length, (i) => (recall[i]! - (i > 0 ? recall[i - 1]! : 0)) * precision[i]!)
}
