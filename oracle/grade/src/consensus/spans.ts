/** Consensus of spans in a text: clusters by overlap, each with the median of its starts and of its ends. */

import { type ClusterOptions, clusterParts, median, type Part } from './clusters.ts'

/** `[start, end)`. */
export interface SpanShape {
  readonly start: number
  readonly end: number
}

export interface AgreedSpan extends SpanShape {
  readonly label: string
  readonly confidence: number
  readonly labelers: readonly string[]
}

/**
 * The overlap of two spans is their common length ÷ the length that they cover together. Start and end are medians, rounded down; spans
 * are sorted by start, end and label. Throws as `clusterParts`.
 */
export function spanConsensus(
  spans: readonly Part<SpanShape>[],
  labelers: readonly string[],
  options?: ClusterOptions,
): AgreedSpan[] {
  return clusterParts(spans, labelers, spanOverlap, options)
    .map(({ label, parts, confidence }) => {
      const start = Math.floor(median(parts.map(({ shape }) => shape.start)))
      const end = Math.floor(median(parts.map(({ shape }) => shape.end)))
      return { start, end: Math.max(end, start + 1), label, confidence, labelers: parts.map(({ labeler }) => labeler) }
    })
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.label < b.label ? -1 : 1))
}

export function spanOverlap(a: SpanShape, b: SpanShape): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return shared <= 0 ? 0 : shared / (a.end - a.start + (b.end - b.start) - shared)
}
