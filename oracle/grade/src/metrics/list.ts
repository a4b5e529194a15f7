/** The metrics as a list for people, by family. */

import { FAMILIES } from './families.ts'
import { METRICS } from './index.ts'

/** Those that have `word` in id, title, family or sentence; all of them without it. */
export function metricList(word = ''): string {
  const wanted = word.toLowerCase()
  const groups = Object.entries(FAMILIES).map(([family, { title }]) => {
    const lines = METRICS.filter(
      (metric) =>
        metric.family === family &&
        [metric.id, metric.title, title, metric.words].some((text) => text.toLowerCase().includes(wanted)),
    ).map(({ id, title: name, direction }) => `  ${id.padEnd(28)} ${direction.slice(0, 3)}  ${name}\n`)
    return lines.length === 0 ? '' : `${title}\n${lines.join('')}`
  })
  return groups.join('') || `No metric is about ${word}.\n`
}
