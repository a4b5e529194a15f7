/** Creates and funds a bounty: 10 XLM to the first solver that reaches 0.8. `npx node examples/create-bounty.ts` */
import { readFileSync } from 'node:fs'
import { Keypair } from '@stellar/stellar-sdk'
import { type ChallengePlan, parseConfig } from '@stellartrain/sdk'
import { fund } from '@stellartrain/sdk/account'
import { createClient } from '@stellartrain/sdk/client'
import { createChallenge, prepareChallenge } from '@stellartrain/sdk/create'

const home = process.env.STELLARTRAIN_HOME ?? '.stellartrain'
const config = parseConfig(JSON.parse(readFileSync(`${home}/config.json`, 'utf8')))
const client = createClient(config)
const data = (name: string) => readFileSync(new URL(`../local/data/penguins/${name}`, import.meta.url))

// An oracle says in /status who it is and what it grades.
const status = await fetch(`${config.oracleUrls?.[0]}/status`)
const { address: oracle } = (await status.json()) as { address: string }

const plan: ChallengePlan = {
  title: 'Penguins: male or female?',
  summary: 'Predict the sex of 101 penguins from species, island and measurements.',
  description: 'Penguins of the Palmer Archipelago. The truth is opened after the end.',
  license: 'CC0-1.0',
  datasets: [
    { name: 'train.csv', role: 'train', bytes: data('train.csv') },
    { name: 'test.csv', role: 'test', bytes: data('test.csv') },
    { name: 'baseline.csv', role: 'sample_submission', bytes: data('baseline.csv') },
  ],
  truth: data('truth.csv'), // encrypted for the oracles before it leaves this machine
  submission: {
    format: 'csv',
    idColumn: 'id',
    columns: [{ name: 'sex', type: 'string', labels: ['female', 'male'] }],
    rows: 101,
    maxBytes: 10_000,
  },
  metric: { id: 'f1_macro' },
  baseline: { description: 'One threshold on body mass.', dataset: 'baseline.csv' },
  publishes: { truth: true, submissions: 'all' },
  asset: 'XLM',
  reward: '10',
  winners: 1,
  threshold: '0.8',
  oracles: [oracle],
  deadline: new Date(Date.now() + 24 * 3_600_000),
}

const maker = Keypair.random()
await fund(client, maker.publicKey())

// Nothing is uploaded or spent yet: the metric is tried on perfect, constant and baseline predictions.
const prepared = await prepareChallenge(client, plan, maker.publicKey())
for (const warning of prepared.warnings) console.log(`warning: ${warning}`)

// From this signature on the prize is locked, and the rules are frozen.
const { challenge, hash } = await createChallenge(client, prepared, maker)
console.log(`challenge ${challenge}, transaction ${hash}`)

// It takes submissions once every oracle has opened the truth and accepted.
