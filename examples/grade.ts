/** Grades a file offline, exactly as an oracle would: `npx node examples/grade.ts`. */
import { readFileSync } from 'node:fs'
import { grade, prepareTruth } from '@stellartrain/oracle-grade'

const data = (name: string) => readFileSync(new URL(`../local/data/penguins/${name}`, import.meta.url))

const truth = prepareTruth(data('truth.csv'), { idColumn: 'id', valueColumn: 'sex', type: 'label' })
const result = grade({
  metric: 'f1_macro',
  truth,
  submission: data('baseline.csv'),
  shape: { idColumn: 'id', columns: [{ name: 'sex', type: 'label' }] },
  salt: new Uint8Array(32), // the truth's own salt, where the content hash has to match the chain
})
if (result.status === 'graded') console.log(`${result.metric} ${result.score} on ${result.rows} rows`)
else for (const problem of result.problems) console.log(problem.message)
