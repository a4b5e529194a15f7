/** The challenge that the first start publishes: the sex of a penguin from its measurements. */
import { readFileSync } from 'node:fs'
import type { ChallengePlan } from '@stellartrain/sdk'
import { DATA } from '../models/table.ts'

const DESCRIPTION = `Biologists at Palmer Station measured penguins of three species on three islands of the Palmer Archipelago, Antarctica, and took blood
samples to know their sex. Can you predict it from the outside?

**What you get:** 232 penguins with species, island, bill length and depth (mm), flipper length (mm), body mass (g), year and \`sex\`.

**What you submit:** a CSV with the columns \`id\` and \`sex\` (\`male\` or \`female\`) for each of the 101 penguins in \`test.csv\`, in any order.

**How it is scored:** macro-averaged F1. *Heavier than the median means male* reaches 0.61; whoever knows that species differ in size gets
further.

Data: Gorman KB, Williams TD, Fraser WR (2014), PLoS ONE 9(3): e90081, by way of the package palmerpenguins. CC0.
`

const file = (name: string) => readFileSync(`${DATA}penguins/${name}`)

export type Choices = Pick<ChallengePlan, 'oracles' | 'deadline'> & Partial<ChallengePlan>

export function penguins(choices: Choices): ChallengePlan {
  const labels = ['female', 'male']
  return {
    title: 'Penguins: male or female?',
    summary: 'Predict the sex of 101 penguins from species, island, bill, flipper and body mass.',
    description: DESCRIPTION,
    license: 'CC0-1.0',
    tags: ['tabular', 'classification', 'biology'],
    datasets: [
      { name: 'train.csv', role: 'train', bytes: file('train.csv') },
      { name: 'test.csv', role: 'test', bytes: file('test.csv') },
      { name: 'baseline.csv', role: 'sample_submission', bytes: file('baseline.csv') },
    ],
    truth: file('truth.csv'),
    submission: {
      format: 'csv',
      idColumn: 'id',
      columns: [{ name: 'sex', type: 'string', labels }],
      rows: 101,
      maxBytes: 20_000,
    },
    metric: { id: 'f1_macro', params: {} },
    baseline: { description: 'Male when heavier than the median of the training rows.', dataset: 'baseline.csv' },
    publishes: { truth: true, submissions: 'winning' },
    asset: 'XLM',
    reward: '50',
    winners: 5,
    threshold: '0.85',
    step: '0.0001',
    deposit: '1',
    attempts: 20,
    attemptsPerDay: 5,
    oracleFee: '0.1',
    feeBudget: '20',
    ...choices,
  }
}
