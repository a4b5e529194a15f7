/** The demo's challenge: the probability that a breast mass is malignant, with one winner. */
import { readFileSync } from 'node:fs'
import type { ChallengePlan } from '@stellartrain/sdk'
import { DATA } from '../models/table.ts'
import type { Choices } from './penguins.ts'

const DESCRIPTION = `30 measurements of the cell nuclei in images of fine needle aspirates of breast masses (Wisconsin, 1993). Predict the probability that a mass is
malignant for the 173 rows of \`test.csv\`; the first submission with a ROC AUC of 0.97 or more takes the prize.

Data: Wolberg W, Mangasarian O, Street N, Street W (1993), UCI Machine Learning Repository, doi:10.24432/C5DW2B, by way of scikit-learn. CC BY 4.0;
columns renamed, malignant coded as 1, rows reordered and split.
`

const file = (name: string) => readFileSync(`${DATA}breast-cancer/${name}`)

export function breastCancer(choices: Choices): ChallengePlan {
  return {
    title: 'Breast cancer: benign or malignant?',
    summary: 'The probability of malignancy from 30 measurements of cell nuclei.',
    description: DESCRIPTION,
    license: 'CC-BY-4.0',
    tags: ['tabular', 'classification', 'medicine'],
    datasets: [
      { name: 'train.csv', role: 'train', bytes: file('train.csv') },
      { name: 'test.csv', role: 'test', bytes: file('test.csv') },
      { name: 'baseline.csv', role: 'sample_submission', bytes: file('baseline.csv') },
    ],
    truth: file('truth.csv'),
    submission: {
      format: 'csv',
      idColumn: 'id',
      columns: [{ name: 'malignant', type: 'number', min: 0, max: 1 }],
      rows: 173,
      maxBytes: 20_000,
    },
    metric: { id: 'roc_auc', params: {} },
    baseline: { description: 'Mean texture alone, scaled to 0 to 1.', dataset: 'baseline.csv' },
    publishes: { truth: true, submissions: 'all' },
    asset: 'XLM',
    reward: '25',
    winners: 1,
    threshold: '0.97',
    step: '0.0001',
    attempts: 10,
    attemptsPerDay: 10,
    oracleFee: '0.1',
    feeBudget: '5',
    ...choices,
  }
}
