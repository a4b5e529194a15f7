/** What a search among the metrics found, in a sentence. */

import { partOf } from '@stellartrain/sdk/counted'
import { metricMatches } from '../content/metrics.ts'
import { formatCount, metricName } from '../words/format.ts'
import { metricsFor, NUMBERS, type Target } from './target.ts'

/** How many there are; the one there is, by name; or why there is none. */
export function metricSearchWords(target: Target, word: string): string {
  const fit = metricsFor(target)
  if (word.trim() === '')
    return `${formatCount(fit.length, 'metric')} that ${fit.length === 1 ? 'fits' : 'fit'} these values`
  const found = fit.filter((id) => metricMatches(id, word))
  if (found.length > 1) return `${partOf(found.length, fit.length, 'metric')} that fit these values`
  if (found[0] !== undefined) return `One matches: ${metricName(found[0])}`
  const numbers = target.numeric ? undefined : NUMBERS.find((id) => metricMatches(id, word))
  return numbers ? `${metricName(numbers)} needs numbers.` : 'None of the metrics for these values matches.'
}
