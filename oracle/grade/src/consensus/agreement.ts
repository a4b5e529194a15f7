/** How far labelers agree beyond chance. Every coefficient is 1 for perfect agreement and near 0 for answers by chance. */

import type { Votes } from './votes.ts'

/** How unlike two labels are, 0 for equal ones. `nominal`: equal or not; `ordinal`: by ranks; `interval`: by the square of the difference. */
export type Level = 'nominal' | 'ordinal' | 'interval'

/**
 * Krippendorff's alpha: 1 − observed ÷ expected disagreement, over the items with at least two votes. Takes any number of labelers and
 * missing votes. For `ordinal` the order of `labels` is the order of the scale, for `interval` labels are read as numbers. `null` where
 * it is not defined: no item with two votes, or only one label in use (nothing varies, so nothing can be measured).
 *
 * K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); equal to the PyPI package `krippendorff`.
 */
export function krippendorffAlpha(
  votes: Votes,
  level: Level = 'nominal',
  scale: readonly string[] = votes.labels,
): number | null {
  const { items, labels, first, labelOf } = votes
  const count = labels.length
  // Coincidences: each pair of votes of an item with m votes counts 1 ÷ (m − 1).
  const coincidences = new Float64Array(count * count)
  const said = new Float64Array(count)
  for (let item = 0; item < items.length; item++) {
    const voters = first[item + 1]! - first[item]!
    if (voters < 2) continue
    said.fill(0)
    for (let vote = first[item]!; vote < first[item + 1]!; vote++) said[labelOf[vote]!]!++
    for (let a = 0; a < count; a++) {
      if (said[a] === 0) continue
      for (let b = 0; b < count; b++)
        coincidences[a * count + b]! += (said[a]! * (said[b]! - (a === b ? 1 : 0))) / (voters - 1)
    }
  }
  const totals = new Float64Array(count)
  for (let i = 0; i < coincidences.length; i++) totals[Math.floor(i / count)]! += coincidences[i]!
  const all = totals.reduce((sum, total) => sum + total, 0)
  const distance = distances(level, labels, scale, totals)
  let observed = 0
  let expected = 0
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const d = distance(a, b)
      if (d === 0) continue
      observed += coincidences[a * count + b]! * d
      expected += totals[a]! * totals[b]! * d
    }
  }
  return all === 0 || expected === 0 ? null : 1 - ((all - 1) * observed) / expected
}

function distances(level: Level, labels: readonly string[], scale: readonly string[], totals: Float64Array) {
  if (level === 'nominal') return (a: number, b: number) => (a === b ? 0 : 1)
  if (level === 'interval') return (a: number, b: number) => (Number(labels[a]) - Number(labels[b])) ** 2
  const place = labels.map((label) => scale.indexOf(label))
  const byPlace = scale.map((label) => labels.indexOf(label))
  return (a: number, b: number) => {
    const [low, high] = place[a]! < place[b]! ? [a, b] : [b, a]
    let between = -(totals[low]! + totals[high]!) / 2
    for (let at = place[low]!; at <= place[high]!; at++) between += totals[byPlace[at]!] ?? 0
    return a === b ? 0 : between * between
  }
}

/**
 * Fleiss' kappa: for items with the same number of votes each. `null` where it is not defined: different numbers of votes, fewer than
 * two, or one label in use. J. L. Fleiss, Psychological Bulletin 76 (1971); equal to statsmodels' `fleiss_kappa`.
 */
export function fleissKappa({ items, labels, first, labelOf }: Votes): number | null {
  const voters = items.length === 0 ? 0 : first[1]!
  if (voters < 2) return null
  const totals = new Float64Array(labels.length)
  const said = new Float64Array(labels.length)
  let agreed = 0
  for (let item = 0; item < items.length; item++) {
    if (first[item + 1]! - first[item]! !== voters) return null
    said.fill(0)
    for (let vote = first[item]!; vote < first[item + 1]!; vote++) said[labelOf[vote]!]!++
    said.forEach((n, label) => {
      totals[label]! += n
      agreed += n * (n - 1)
    })
  }
  const observed = agreed / (items.length * voters * (voters - 1))
  const expected = totals.reduce((sum, n) => sum + (n / (items.length * voters)) ** 2, 0)
  return expected === 1 ? null : (observed - expected) / (1 - expected)
}

/**
 * Cohen's kappa of two labelers, over the items that both labeled. `null` where it is not defined: no common item, or both always say
 * the same one label. J. Cohen, Educational and Psychological Measurement 20 (1960); equal to scikit-learn's `cohen_kappa_score`.
 */
export function cohenKappa(
  { items, labels, first, labelerOf, labelOf }: Votes,
  one: number,
  other: number,
): number | null {
  const ones = new Float64Array(labels.length)
  const others = new Float64Array(labels.length)
  let common = 0
  let same = 0
  for (let item = 0; item < items.length; item++) {
    let a = -1
    let b = -1
    for (let vote = first[item]!; vote < first[item + 1]!; vote++) {
      if (labelerOf[vote] === one) a = labelOf[vote]!
      if (labelerOf[vote] === other) b = labelOf[vote]!
    }
    if (a < 0 || b < 0) continue
    common++
    ones[a]!++
    others[b]!++
    if (a === b) same++
  }
  if (common === 0) return null
  const expected = ones.reduce((sum, n, label) => sum + n * others[label]!, 0) / (common * common)
  return expected === 1 ? null : (same / common - expected) / (1 - expected)
}
