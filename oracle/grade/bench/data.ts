/** Makes the files of the benchmark: as many rows as asked, the submission's ids shuffled, the same on every run. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DataSet {
  /** As it stands in the figures' names. */
  name: string
  metric: 'f1_macro' | 'roc_auc'
  truth: string
  submission: string
}

/** A small generator of reproducible noise in [0, 1) (xorshift32). */
export function noise(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Writes truth and submission of three sets into `folder`, each with decimal and with text ids. */
export const writeDataSets = (folder: string, rows: number): DataSet[] => [
  ...writeSets(folder, rows, 'decimal ids', String),
  // In no order, of one length: as the hashes that many real ids are.
  ...writeSets(folder, rows, 'text ids', (i) => textId(i)),
]

const textId = (i: number): string => {
  const digits = (Math.imul(i, 2654435761) >>> 0).toString(16).padStart(8, '0')
  return `${digits}-${digits.slice(4)}`
}

function writeSets(folder: string, rows: number, ids: string, idOf: (i: number) => string): DataSet[] {
  const random = noise(20261122)
  const order = Int32Array.from({ length: rows }, (_, i) => i)
  for (let i = rows - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
  const write = (name: string, header: string, value: (i: number) => string | number, shuffled: boolean): string => {
    const path = join(folder, `${ids.slice(0, 4)}-${name}`)
    const lines = [header]
    for (let i = 0; i < rows; i++) {
      const id = shuffled ? order[i]! : i
      lines.push(`${idOf(id)},${value(id)}`)
    }
    writeFileSync(path, `${lines.join('\n')}\n`)
    return path
  }
  const actual = Uint8Array.from({ length: rows }, () => random() * 5)
  const guess = actual.map((label) => (random() < 0.8 ? label : random() * 5))
  const names = ['cat', 'dog', 'horse', 'rabbit', 'bird']
  const positive = Uint8Array.from({ length: rows }, () => (random() < 0.4 ? 1 : 0))
  const score = Float64Array.from(positive, (y) => Math.round((y * 0.2 + random() * 0.8) * 1e6) / 1e6)
  return [
    {
      name: `f1_macro, ${ids}`,
      metric: 'f1_macro',
      truth: write('classes-truth.csv', 'id,label', (i) => actual[i]!, false),
      submission: write('classes.csv', 'id,label', (i) => guess[i]!, true),
    },
    {
      name: `f1_macro text labels, ${ids}`,
      metric: 'f1_macro',
      truth: write('labels-truth.csv', 'id,label', (i) => names[actual[i]!]!, false),
      submission: write('labels.csv', 'id,label', (i) => names[guess[i]!]!, true),
    },
    {
      name: `roc_auc, ${ids}`,
      metric: 'roc_auc',
      truth: write('scores-truth.csv', 'id,label', (i) => positive[i]!, false),
      submission: write('scores.csv', 'id,score', (i) => score[i]!, true),
    },
  ]
}
