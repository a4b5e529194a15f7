/** Submits a file and waits until it is graded and paid: `npx node examples/submit.ts 1 local/data/penguins/baseline.csv`. */
import { readFileSync } from 'node:fs'
import { Keypair } from '@stellar/stellar-sdk'
import { parseConfig } from '@stellartrain/sdk'
import { fund } from '@stellartrain/sdk/account'
import { createClient } from '@stellartrain/sdk/client'
import { watchSubmission } from '@stellartrain/sdk/submission-status'
import { submitFile } from '@stellartrain/sdk/submit'

const [challenge = '1', file = 'local/data/penguins/baseline.csv'] = process.argv.slice(2)
const home = process.env.STELLARTRAIN_HOME ?? '.stellartrain'
const client = createClient(parseConfig(JSON.parse(readFileSync(`${home}/config.json`, 'utf8'))))
const signer = Keypair.random() // or Keypair.fromSecret(…), or a wallet
await fund(client, signer.publicKey()) // test networks only

const { number } = await submitFile(client, { challenge: Number(challenge), csv: readFileSync(file), signer })
for await (const { story } of watchSubmission(client, { challenge: Number(challenge), number })) {
  console.log(`${challenge}/${number}: ${story.sentence}`)
}
