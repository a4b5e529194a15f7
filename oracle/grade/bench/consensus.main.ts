/** The engine's side of the benchmark: `consensus.main.ts FILE ROUNDS`, prints what `consensus.py` prints. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { collectVotes, dawidSkene, type Votes } from '../src/consensus/index.ts'

/** Plain fields alone, as the benchmark writes them. */
function readVotes(text: string): Votes {
  const votes = collectVotes()
  for (let at = text.indexOf('\n') + 1; at < text.length; ) {
    const labeler = text.indexOf(',', at) + 1
    const label = text.indexOf(',', labeler) + 1
    const end = text.indexOf('\n', label)
    votes.add(text.slice(at, labeler - 1), text.slice(labeler, label - 1), text.slice(label, end))
    at = end + 1
  }
  return votes.index()
}

const [path, rounds] = process.argv.slice(2)
const text = readFileSync(path!, 'utf8')
const start = performance.now()
const votes = readVotes(text)
const fitted = dawidSkene(votes, { maxIterations: Number(rounds), tolerance: -1 })
const seconds = (performance.now() - start) / 1000
const best = Array.from(fitted.labelOf, (label) => votes.labels[label]).join('\n')
console.log(JSON.stringify({ seconds, labels: createHash('sha256').update(best).digest('hex') }))
