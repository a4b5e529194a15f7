/**
 * Writes the scores that the contract that grades is tested against: `npx node oracle/grade/vectors/recount.main.ts`. With a file, a number and a
 * seed it writes so many other cases there.
 */

import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { RECOUNT_VECTORS, recountCases } from './recount.cases.ts'

const committed = fileURLToPath(new URL('../../../contracts/recount/src/metrics/test/engine.txt', import.meta.url))
const [file = committed, count = RECOUNT_VECTORS.count, seed = RECOUNT_VECTORS.seed] = process.argv.slice(2)
const out = createWriteStream(file)
for (const line of recountCases(Number(count), Number(seed)))
  if (!out.write(`${line}\n`)) await new Promise((resolve) => out.once('drain', resolve))
out.end()
