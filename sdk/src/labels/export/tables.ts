/** Labels as tables: CSV and JSON Lines, one row an item, and the votes behind them. */
import { csvText } from '../../challenge/csv.ts'
import type { Exported } from './exported.ts'
import { type ExportFile, fileOf } from './file.ts'
import { strengthFiles } from './strengths.ts'

/** Names for columns of ours that the items do not have. */
export function freeNames<Name extends string>(names: readonly Name[], taken: readonly string[]): Record<Name, string> {
  const used = new Set(taken)
  const free = names.map((name) => {
    let found: string = name
    while (used.has(found)) found = `${found}_`
    used.add(found)
    return [name, found] as const
  })
  return Object.fromEntries(free) as Record<Name, string>
}

const OWN = ['consensus', 'confidence', 'votes', 'flags', 'batches'] as const

export function csvFiles({ labels, items }: Exported): ExportFile[] {
  const own = freeNames(OWN, labels.header)
  const rows = items.map(({ id, cell, confidence, votes, flags }) => {
    const values = labels.items.get(id) ?? {}
    const batches = [...new Set(votes.map(({ batch }) => batch))].toSorted((a, b) => a - b)
    const said = [cell, confidence ?? '', votes.length, flags, batches.join(' ')]
    return [...labels.header.map((name) => values[name] ?? ''), ...said]
  })
  return [
    fileOf('labels.csv', csvText([[...labels.header, ...OWN.map((name) => own[name])], ...rows])),
    votesFile({ labels }),
    ...strengthFiles({ labels }),
  ]
}

function votesFile({ labels }: Pick<Exported, 'labels'>): ExportFile {
  const batches = new Map(labels.batches.map((batch) => [batch.number, batch]))
  const rows = labels.votes.map(({ item, labeler, cell, batch }) => {
    const { contentHash = '', cid = '', transaction } = batches.get(batch) ?? {}
    return [item, labeler, cell, batch, contentHash, cid, transaction?.hash ?? '']
  })
  return fileOf(
    'votes.csv',
    csvText([['item', 'labeler', 'answer', 'batch', 'content_hash', 'cid', 'transaction'], ...rows]),
  )
}

export function jsonLines({ labels, items }: Exported): ExportFile[] {
  const lines = items.map(({ id, answer, confidence, votes, flags }) =>
    JSON.stringify({
      ...{ id, item: labels.items.get(id), answer: answer ?? null, confidence, flags },
      votes: votes.map(({ labeler, answer, batch }) => ({ labeler, answer, batch })),
    }),
  )
  return [fileOf('labels.jsonl', `${lines.join('\n')}\n`), ...strengthFiles({ labels })]
}
