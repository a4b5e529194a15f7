/** Classes that a plan does not list: a file that writes one in another way is scored as wrong, where it could be refused before an attempt is spent. */

import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { csvRows } from '../challenge/csv.ts'

/** Where there are more, they are answers rather than classes, and nobody would list them. */
const MOST_CLASSES = 100
/** Classes show within the first rows. */
const LOOKED_AT_BYTES = 1024 * 1024

/** @param truth its CSV: the id, then the class */
export async function classWarnings(
  { submission, metric }: Pick<Manifest, 'submission' | 'metric'>,
  truth: Uint8Array,
): Promise<string[]> {
  const [column, ...more] = submission.columns
  if (column?.type !== 'string' || column.labels || more.length > 0) return []
  const { METRICS } = await import('@stellartrain/oracle-grade')
  if (METRICS.find(({ id }) => id === metric.id)?.family !== 'classes') return []
  const classes = classesIn(truth)
  if (classes.size < 2 || classes.size > MOST_CLASSES) return []
  const many = `the ${classes.size} classes`
  const [instead, advice] = [...classes].every((name) => /^[+-]?\d+$/.test(name))
    ? ['1.0 for 1', `Make it an integer, or list ${many} as its labels.`]
    : ['a class in upper case or with a space too many', `List ${many} as its labels.`]
  return [
    `The column ${column.name} takes any text: a file that has ${instead} is scored as wrong, and uses up an attempt, instead of being refused before. ${advice}`,
  ]
}

function classesIn(truth: Uint8Array): Set<string> {
  const start = truth.subarray(0, LOOKED_AT_BYTES)
  const lines = start.subarray(0, truth.length > start.length ? start.lastIndexOf(0x0a) + 1 : start.length)
  return new Set((csvRows(lines) ?? []).slice(1).map(([, name = '']) => name))
}
