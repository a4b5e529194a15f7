import { expect, it } from 'vitest'
import { metricName } from '../words/format.ts'
import { metricSearchWords } from './metric-search.ts'
import { metricsFor, type Target } from './target.ts'

const classes = { rows: 4, column: 'sex', distinct: 2, numeric: false, labels: ['f', 'm'], idColumn: 'id' } as Target

it('a search names the one metric that it finds, and says why it finds none', () => {
  const count = metricsFor(classes).length
  expect(metricSearchWords(classes, ' ')).toBe(`${count} metrics that fit these values`)
  expect(metricSearchWords(classes, 'f1_')).toMatch(new RegExp(`^[2-9] of ${count} metrics that fit`))
  expect(metricSearchWords(classes, 'f1_macro')).toBe(`One matches: ${metricName('f1_macro')}`)
  expect(metricSearchWords(classes, 'rmse')).toBe(`${metricName('rmse')} needs numbers.`)
  expect(metricSearchWords(classes, 'nothing such')).toBe('None of the metrics for these values matches.')
})
