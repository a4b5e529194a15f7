/** The engine's side of the benchmark: `consensus.main.ts FILE ROUNDS`, prints what `consensus.py` prints. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dawidSkene, indexVotes } from '../src/consensus/index.ts'

const [path, rounds] = process.argv.slice(2)
const votes = readFileSync(path!, 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [item, labeler, label] = line.split(',')
    return { item: item!, labeler: labeler!, label: label! }
  })
const start = performance.now()
const indexed = indexVotes(votes)
const fitted = dawidSkene(indexed, { maxIterations: Number(rounds), tolerance: -1 })
const seconds = (performance.now() - start) / 1000
const best = Array.from(fitted.labelOf, (label) => indexed.labels[label]).join('\n')
console.log(JSON.stringify({ seconds, labels: createHash('sha256').update(best).digest('hex') }))
