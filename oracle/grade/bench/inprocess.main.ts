/** Grades one pair of files in a process that has loaded the engine already, and prints score and seconds: from the files to the result. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { grade, type MetricId } from '../src/index.ts'

const [metric, truth, submission] = process.argv.slice(2) as [MetricId, string, string]
const [name, type] = metric === 'roc_auc' ? (['score', 'number'] as const) : (['label', 'label'] as const)
const start = performance.now()
const result = grade({
  metric,
  truth: readFileSync(truth),
  truthShape: { idColumn: 'id', valueColumn: 'label', type: 'label' },
  submission: readFileSync(submission),
  shape: { idColumn: 'id', columns: [{ name, type }] },
  salt: new Uint8Array(32),
  createHash: () => createHash('sha256'),
})
const seconds = (performance.now() - start) / 1000
if (result.status === 'rejected') throw new Error(result.message)
process.stdout.write(JSON.stringify({ score: result.score, seconds }))
