/** Recomputes a submission's score and payment from the chain and public content: `npx node examples/verify.ts 1 3`. */
import { readFileSync } from 'node:fs'
import { parseConfig } from '@stellartrain/sdk'
import { createClient } from '@stellartrain/sdk/client'
import { verify } from '@stellartrain/sdk/verify'

const [challenge = '1', number = '1'] = process.argv.slice(2)
const home = process.env.STELLARTRAIN_HOME ?? '.stellartrain'
const client = createClient(parseConfig(JSON.parse(readFileSync(`${home}/config.json`, 'utf8'))))

const result = await verify(client, { challenge: Number(challenge), number: Number(number) })
for (const { state, title, note } of result.checks)
  console.log(`${state.padEnd(7)} ${title}${note ? ` (${note})` : ''}`)
console.log(result.summary)
// As the CLI's: 0 verified, 1 refuted, 4 neither; then something is not public yet, most often the truth, opened after the end.
process.exitCode = result.refuted ? 1 : result.verified ? 0 : 4
