/** All pages of metrics. */

import { FAMILIES, type MetricFamily } from '../src/metrics/families.ts'
import { METRICS } from '../src/metrics/index.ts'
import type { Metric } from '../src/metrics/metric.ts'
import { paramsOf, rangeWords } from '../src/metrics/params.ts'
import type { ParamSpec } from '../src/metrics/paramspec.ts'
import { classes } from './classes.ts'
import { clustering } from './clustering.ts'
import { images } from './images.ts'
import { renderBench } from './mlebench.ts'
import { multilabel } from './multilabel.ts'
import type { FamilyPages, MetricPage, Run } from './page.ts'
import { probabilities } from './probabilities.ts'
import { ranking } from './ranking.ts'
import { regression } from './regression.ts'
import { survival } from './survival.ts'
import { text } from './text.ts'
import { tracking } from './tracking.ts'

export const PAGES: Readonly<Record<MetricFamily, FamilyPages>> = {
  classes,
  probabilities,
  regression,
  multilabel,
  ranking,
  clustering,
  survival,
  text,
  images,
  tracking,
}

/** File name → text of every generated page. */
export function renderPages(): Record<string, string> {
  const families = Object.keys(FAMILIES) as MetricFamily[]
  return Object.fromEntries([
    ['README.md', index(families)],
    ['mle-bench.md', renderBench(NOTE)],
    ...families.map((family) => [`${family}.md`, familyPage(family)] as const),
  ])
}

const NOTE = '<!-- Written by oracle/grade/pages/make.main.ts: change a page there, or the metric, instead. -->\n'

const metricsOf = (family: MetricFamily): Metric[] => METRICS.filter((metric) => metric.family === family)

function index(families: readonly MetricFamily[]): string {
  const tables = families.map((family) => {
    const { title, about } = FAMILIES[family]
    const rows = metricsOf(family).map(
      ({ id, title: name, direction }) =>
        `| [\`${id}\`](${family}.md#${id}) | ${name} | ${direction === 'maximize' ? 'higher' : 'lower'} |`,
    )
    return `## ${title}\n${about}\n\n| id | metric | better is |\n|---|---|---|\n${rows.join('\n')}\n`
  })
  return `${NOTE}# Metrics\n\n${METRICS.length} metrics, computed equally on every machine: rows in the order of their ids, compensated sums, and the engine's own logarithm, exponential and angles. A metric's id never changes its meaning; what would give other scores for the same files is a new version. Names, parameters and edge cases are scikit-learn's where scikit-learn has the metric.\n\n${tables.join('\n')}
Which metric grades each of MLE-bench's competitions: [MLE-bench](mle-bench.md).

## For every metric
- **Weights.** A column \`weight\` in the truth, numbers of at least 0, counts rows by it. Metrics say whether they take weights. A row of weight 0 does not count, nor does a class or a group that only such rows have (scikit-learn’s macro average counts such a class by zero_division).
- **Groups.** A column \`group\` in the truth and the parameter \`group_average\`: \`worst\` is the score of the group that scores worst, \`macro\` the mean over groups, \`weighted\` their mean by rows (by weights, where there are any).
- **Several columns.** Where a metric reads several columns, each with a truth column of the same name, the score is the mean of the columns' scores.
- **What fails** is reported in two ways: a truth or parameters that do not fit are refused when the challenge is created (\`truth_degenerate\`, \`params_invalid\`, \`shape_invalid\`, \`truth_invalid\`), a submission gets a reason.
`
}

function familyPage(family: MetricFamily): string {
  const { title, about } = FAMILIES[family]
  const parts = metricsOf(family).map((metric) => section(metric, PAGES[family][metric.id]))
  return `${NOTE}# ${title}\n\n${about} [All metrics](README.md).\n\n${parts.join('\n')}`
}

function section(metric: Metric, page: MetricPage | undefined): string {
  if (!page) throw new Error(`${metric.id} has no page.`)
  const { id, title, words, formula, direction, range, source } = metric
  const bound = (value: number | null, sign: string): string =>
    value === null ? `${sign}∞` : String(value).replace('-', '−')
  const facts = [
    `- **Formula:** ${formula}`,
    `- **Better is** ${direction === 'maximize' ? 'higher' : 'lower'}; from ${bound(range[0], '−')} to ${bound(range[1], '')}.`,
    `- **Reads** ${columnsInWords(metric)}${metric.weights ? '; rows may have weights' : ''}.`,
    ...params(metric),
    `- **Source:** ${source.startsWith('https://') ? `<${source}>` : source}`,
  ]
  const { example } = page
  const failures = page.failures.map((failure) => `- ${failure.when}: \`${failure.code}\`.`)
  const traps = (page.traps ?? []).map((trap) => `- ${trap}`)
  return `## \`${id}\`
**${title}.** ${words}

${facts.join('\n')}

**Example**${settings(example)}

${files(example)}

Score ${Number(example.score.toPrecision(10))}. ${example.because}

**What fails**
${[...failures, ...traps].join('\n')}
`
}

function columnsInWords({ columnTypes, minColumns = 1, maxColumns, truthColumns, truthTypes }: Metric): string {
  const count =
    minColumns === maxColumns
      ? maxColumns === 1
        ? 'one column'
        : `${maxColumns} columns`
      : `${minColumns} to ${maxColumns} columns`
  const truth =
    truthColumns === 'one'
      ? `a truth of one column (${truthTypes.join(', ')})`
      : truthColumns === 'each'
        ? `a truth of as many (${truthTypes.join(', ')})`
        : `a truth with the columns ${truthColumns.map(({ name, type }) => `${name} (${type})`).join(', ')}`
  return `${count} (${columnTypes.join(', ')}) and ${truth}`
}

function params(metric: Metric): string[] {
  const own = Object.entries(paramsOf(metric)).filter(([name]) => name !== 'group_average')
  return own.map(([name, spec]) => `- **\`${name}\`** (${kindOf(spec)}): ${spec.words}`)
}

function kindOf(spec: ParamSpec): string {
  const fallback = 'default' in spec && spec.default !== undefined ? `, default \`${spec.default}\`` : ''
  switch (spec.kind) {
    case 'choice':
      return `${spec.choices.map((choice) => `\`${choice}\``).join(', ')}${fallback}`
    case 'number':
      return `${spec.integer ? 'whole ' : ''}number${rangeWords(spec)}${fallback}${spec.needed ? ', needed' : ''}`
    case 'boolean':
      return `true or false${fallback}`
    case 'label':
      return 'label'
    case 'labels':
      return 'list of labels'
    case 'numbers':
      return `list of ${spec.maxItems ? `up to ${spec.maxItems} ` : ''}numbers${fallback}`
  }
}

const settings = ({ params: given }: Run): string => (given ? ` with \`${JSON.stringify(given)}\`` : '')

const files = ({ truth, submission }: Run): string =>
  `\`\`\`csv\n${truth.join('\n')}\n\`\`\`\nis the truth, and the submission is\n\`\`\`csv\n${submission.join('\n')}\n\`\`\``
