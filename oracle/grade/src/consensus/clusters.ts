/** Which parts of an item, such as boxes or spans, different labelers mean alike: clustering by overlap, in one order, equal to the bit everywhere. */

import { compareUtf8 } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'

/** One part that one labeler marked. */
export interface Part<Shape> {
  readonly labeler: string
  readonly label: string
  readonly shape: Shape
}

export interface ClusterOptions {
  /** Parts belong together from this intersection over union on, above 0 up to 1; 0.5 unless said otherwise. */
  readonly overlap?: number
  /** How many labelers must have marked a part; more than half of those of the item unless said otherwise. */
  readonly least?: number
}

export interface Cluster<Shape> {
  /** What most of its parts are called; of equally many the first in the order of the UTF-8 bytes. */
  readonly label: string
  /** In the order of the labelers. */
  readonly parts: readonly Part<Shape>[]
  /** Labelers that marked it so, ÷ all labelers of the item. */
  readonly confidence: number
}

/**
 * Joins the two parts with the largest overlap, then the next, as long as it reaches `overlap`: two clusters become one unless some
 * labeler has a part in both, for no one marks one thing twice. Of equal overlaps the parts that come first by labeler, then as they were
 * given, are joined first. What fewer than `least` labelers marked is left out.
 *
 * `labelers` are all who labeled the item, also those who marked nothing. Throws `GradeError` `params_invalid`, and `votes_invalid` for a
 * part of someone else.
 */
export function clusterParts<Shape>(
  parts: readonly Part<Shape>[],
  labelers: readonly string[],
  overlapOf: (a: Shape, b: Shape) => number,
  { overlap = 0.5, least = Math.floor(labelers.length / 2) + 1 }: ClusterOptions = {},
): Cluster<Shape>[] {
  if (!(overlap > 0 && overlap <= 1))
    throw new GradeError('params_invalid', `The overlap is ${overlap}; it is above 0, at most 1.`)
  const known = new Set(labelers)
  const stranger = parts.find(({ labeler }) => !known.has(labeler))
  if (stranger)
    throw new GradeError('votes_invalid', `${stranger.labeler} marked a part and is not one of the item's labelers.`)
  const sorted = parts.toSorted((a, b) => compareUtf8(a.labeler, b.labeler))
  const pairs: [overlap: number, a: number, b: number][] = []
  for (let a = 0; a < sorted.length; a++) {
    for (let b = a + 1; b < sorted.length; b++) {
      if (sorted[a]!.labeler === sorted[b]!.labeler) continue
      const shared = overlapOf(sorted[a]!.shape, sorted[b]!.shape)
      if (shared >= overlap) pairs.push([shared, a, b])
    }
  }
  pairs.sort((x, y) => y[0] - x[0] || x[1] - y[1] || x[2] - y[2])
  const clusters = sorted.map((_, at) => [at])
  const clusterOf = clusters.slice()
  for (const [, a, b] of pairs) {
    const [one, other] = [clusterOf[a]!, clusterOf[b]!]
    if (one === other || sharesLabeler(sorted, one, other)) continue
    one.push(...other)
    for (const at of other) clusterOf[at] = one
  }
  return [...new Set(clusterOf)]
    .filter((cluster) => cluster.length >= least)
    .map((cluster) =>
      clusterWith(
        cluster.sort((a, b) => a - b).map((at) => sorted[at]!),
        labelers.length,
      ),
    )
}

function sharesLabeler<Shape>(
  parts: readonly Part<Shape>[],
  one: readonly number[],
  other: readonly number[],
): boolean {
  const by = new Set(one.map((at) => parts[at]!.labeler))
  return other.some((at) => by.has(parts[at]!.labeler))
}

function clusterWith<Shape>(parts: readonly Part<Shape>[], labelers: number): Cluster<Shape> {
  const votes = new Map<string, number>()
  for (const { label } of parts) votes.set(label, (votes.get(label) ?? 0) + 1)
  const [label, count] = [...votes].sort((a, b) => b[1] - a[1] || compareUtf8(a[0], b[0]))[0]!
  return { label, parts, confidence: count / labelers }
}

/** The middle number; of an even count the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
