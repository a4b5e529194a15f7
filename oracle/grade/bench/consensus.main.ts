/** The engine's side of the benchmark: `consensus.main.ts FILE ROUNDS`, prints what `consensus.py` prints. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dawidSkene, indexVotes, type Vote } from '../src/consensus/index.ts'

/** Plain fields alone, as the benchmark writes them. Items that follow each other and are the same are one string, as pandas has it for equal values. */
function readVotes(text: string): Vote[] {
  const votes: Vote[] = []
  let item = ''
  for (let at = text.indexOf('\n') + 1; at < text.length; ) {
    const labeler = text.indexOf(',', at) + 1
    const label = text.indexOf(',', labeler) + 1
    const end = text.indexOf('\n', label)
    if (labeler - 1 - at !== item.length || !text.startsWith(item, at)) item = text.slice(at, labeler - 1)
    votes.push({ item, labeler: text.slice(labeler, label - 1), label: text.slice(label, end) })
    at = end + 1
  }
  return votes
}

const [path, rounds] = process.argv.slice(2)
const votes = readVotes(readFileSync(path!, 'utf8'))
const start = performance.now()
const indexed = indexVotes(votes)
const fitted = dawidSkene(indexed, { maxIterations: Number(rounds), tolerance: -1 })
const seconds = (performance.now() - start) / 1000
const best = Array.from(fitted.labelOf, (label) => indexed.labels[label]).join('\n')
console.log(JSON.stringify({ seconds, labels: createHash('sha256').update(best).digest('hex') }))
