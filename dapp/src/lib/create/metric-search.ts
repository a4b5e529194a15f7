/** What a search among the metrics found, in a sentence. */

import { metricMatches } from '../content/metrics.ts'
import { metricName } from '../words/format.ts'
import { metricsFor, NUMBERS, type Target } from './target.ts'

/** How many there are; the one there is, by name; or why there is none. */
export function metricSearchWords(target: Target, word: string): string {
  const fit = metricsFor(target)
  if (word.trim() === '') return `${fit.length} that fit these values`
  const found = fit.filter((id) => metricMatches(id, word))
  if (found.length > 1) return `${found.length} of ${fit.length} that fit these values`
  if (found[0] !== undefined) return `One matches: ${metricName(found[0])}`
  const numbers = target.numeric ? undefined : NUMBERS.find((id) => metricMatches(id, word))
  return numbers ? `${metricName(numbers)} needs numbers.` : 'None of the metrics for these values matches.'
}
