/** Labels one batch and watches until it is paid, in a challenge made from examples/plans/labels.json: `npx node examples/label.ts 2`. */
import { readFileSync } from 'node:fs'
import { Keypair } from '@stellar/stellar-sdk'
import { parseConfig } from '@stellartrain/sdk'
import { fund } from '@stellartrain/sdk/account'
import { readTasks } from '@stellartrain/sdk/batch'
import { createClient } from '@stellartrain/sdk/client'
import { watchSubmission } from '@stellartrain/sdk/submission-status'
import { submitFile } from '@stellartrain/sdk/submit'

const challenge = Number(process.argv[2] ?? '2')
const home = process.env.STELLARTRAIN_HOME ?? '.stellartrain'
const client = createClient(parseConfig(JSON.parse(readFileSync(`${home}/config.json`, 'utf8'))))
const signer = Keypair.random() // or Keypair.fromSecret(…), or a wallet
await fund(client, signer.publicKey()) // test networks only

// Your work goes here: one label for every item of the batch.
const labelOf = (character: string) =>
  /\d/.test(character) ? 'digit' : /[AEIOU]/.test(character) ? 'vowel' : 'consonant'

const { rows } = await readTasks(client, { challenge, labeler: signer.publicKey() })
const labels = rows.map(([id, character = '']) => `${id},${labelOf(character)}`)
console.log(`${rows.length} items: ${labels.join(' ')}`)

// The whole pay of the batch is reserved by the transaction that submits it.
const csv = Buffer.from(`id,label\n${labels.join('\n')}\n`)
const { number } = await submitFile(client, { challenge, csv, signer })
for await (const { story } of watchSubmission(client, { challenge, number }))
  console.log(`${challenge}/${number}: ${story.sentence}`)
