/** No file that knows nothing is perfect, but for the metrics whose pages say by which file they are: a prize is not for the taking. */

import { expect, test } from 'vitest'
import { PAGES } from '../pages/index.ts'
import { METRICS } from './metrics/index.ts'
import type { Metric, MetricParams } from './metrics/metric.ts'
import { gradeVector, type Vector } from './vector.fixture.ts'

const ROWS = 40

/** True values by type, of which no two neighbors are equal, and files that hold one cell everywhere; `#` is another class in each row. */
const TRUE: Record<string, readonly string[]> = {
  label: ['a', 'b', 'c', 'b'],
  integer: ['2', '0', '1', '0'],
  number: ['2.5', '0.25', '4', '1'],
  text: ['the cat sat', 'a dog ran off', 'x y z'],
  list: ['a b', 'b c', 'c'],
  rle: ['1 3', '4 2', '2 7'],
}
const KNOWS_NOTHING: Record<string, readonly string[]> = {
  label: ['a', 'b', 'zzz', '#'],
  integer: ['0', '1', '2', '9', '#'],
  number: ['0', '1', '0.5', '-1', '1e9', '-1e9', '1e-300'],
  probability: ['0', '1', '0.5', '1e-300'],
  text: ['', 'the', 'the a x y z cat sat dog ran off', 'the the the the'],
  list: ['', 'a b c', 'a a a', 'zzz'],
  rle: ['', '1 1', '1 20', '1 1000000000'],
  numbers: ['0', '-1000000 1000000', '0 5'],
}

const file = (column: string, cell: (row: number) => string): string =>
  `id,${column}\n${Array.from({ length: ROWS }, (_, row) => `${row},${cell(row)}\n`).join('')}`

/** The parameters that a metric has to be given, and each way to average, weigh or treat what is empty. */
function paramsOf({ id, params }: Metric, truthType: string, first: string): MetricParams[] {
  const given: Record<string, unknown> = {
    ...(id === 'hamming_loss' && truthType === 'list' && { labels: ['a', 'b', 'c'] }),
  }
  for (const [name, spec] of Object.entries(params)) if (spec.kind === 'number' && spec.needed) given[name] = 2
  const choices = Object.entries(params).flatMap(([name, spec]) =>
    spec.kind === 'choice' ? spec.choices.map((choice) => ({ ...given, [name]: choice })) : [],
  )
  const positive = params.posLabel && truthType !== 'list' ? { posLabel: first } : {}
  return [given, ...choices].map((one) => ({
    ...one,
    ...(['average', 'posLabel'].some((name) => name in params) && positive),
  }))
}

/** Their cells have a form of their own, or a constant has no score. */
const OTHER_CELLS = /^(order_kendall|span_f1|mask_map|panoptic_quality|coco_a[pr]|voc_ap|box3d_ap|point_f1)$/
const NO_CONSTANT = /^(pearson|spearman|kendall)$/

/** Scored by one column against one. */
const simple = METRICS.filter(
  ({ id, truthColumns, groups, minColumns = 1 }) =>
    typeof truthColumns === 'string' && !OTHER_CELLS.test(id) && groups !== 'own' && minColumns === 1,
)

function perfectFiles(metric: Metric): string[] {
  const ofClasses = metric.columnTypes.includes('label')
  const sign = metric.direction === 'maximize' ? 1 : -1
  const found = new Set<string>()
  let scored = 0
  for (const truthType of metric.truthTypes) {
    const values = metric.family === 'probabilities' ? ['1', '0', '1', '1'] : TRUE[truthType]!
    const type = ofClasses ? truthType : metric.columnTypes[0]!
    const named = type === 'label' ? 'string' : type === 'probability' ? 'number' : type
    for (const params of paramsOf(metric, truthType, values[0]!))
      for (const cell of KNOWS_NOTHING[type]!) {
        const submission = file('p', (row) => (cell !== '#' ? cell : type === 'label' ? `own${row}` : String(row)))
        const vector = {
          metric: metric.id,
          params,
          columns: [{ name: 'p', type: named }],
          submission,
        } as unknown as Vector
        try {
          const score = gradeVector({ ...vector, truth: file('t', (row) => values[row % values.length]!) })
          scored++
          if (sign * score >= sign * metric.best - 1e-6) found.add(`${cell}`)
        } catch {
          // Refused: no score at all.
        }
      }
  }
  expect(scored > 0).toBe(!NO_CONSTANT.test(metric.id))
  return [...found]
}

/** Files that are perfect, and what the page says of them. */
const SAID: Partial<Record<string, { files: readonly string[]; trap: RegExp }>> = {
  recall: { files: ['a', 'a b c', '2'], trap: /naming the positive class everywhere, or all labels in each list/ },
  recall_at_k: { files: ['a b c'], trap: /A list of all items scores 1/ },
  hit_rate_at_k: { files: ['a b c'], trap: /A list of all items scores 1/ },
  homogeneity: { files: ['#'], trap: /A cluster of its own for each row scores 1/ },
  normalized_mutual_info: { files: ['#'], trap: /a cluster of its own for each row/ },
  completeness: { files: ['a', 'b', 'zzz', '0', '1', '2', '9'], trap: /One cluster for all rows scores 1/ },
}

test.each(simple.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  const said = SAID[id]
  expect(perfectFiles(metric).sort()).toEqual([...(said?.files ?? [])].sort())
  if (said) {
    const pages = Object.assign({}, ...Object.values(PAGES))
    expect(pages[id].traps.join('\n')).toMatch(said.trap)
  }
})
