/** What labelers said, as it is exported: batches, their votes, and what could not be read. */
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type Answer, type ItemValues, type LabelingTask, parseAnswer } from '@stellartrain/ipfs-content/labeling'
import type { ChallengeContext } from '../challenge/context.ts'
import { csvRows } from '../challenge/csv.ts'
import { itemValues } from '../labeling/answers.ts'
import type { StellarTrain } from '../system/client.ts'
import { UserError } from '../system/problems.ts'

/** An accepted batch, and what shows on the chain that it is what was paid. */
export type Batch = {
  number: number
  labeler: string
  attempt: number
  /** Of the file as it was opened; its content hash is the one on the chain. By earnings: of the list of work that names it. */
  cid: string
  /** Hex, as the verdict recorded it. By earnings: the commitment to its content that its labeler signed. */
  contentHash: string
  units: number
  /** By earnings: whose report names the list, and whose root is on the chain. */
  epoch?: number
  /** The transaction that submitted it, by earnings that which posted its epoch; null where the RPC no longer has its event. */
  transaction: { hash: string; ledger: number; closedAt: string } | null
}

export type Vote = {
  item: string
  labeler: string
  /** As it is in the batch. */
  cell: string
  answer: Answer
  /** Number of the batch. */
  batch: number
}

export type Labels = {
  challenge: number
  title: string
  license: string
  network: string
  contract: string
  maker: string
  manifestCid: string
  itemsCid: string
  task: LabelingTask
  idColumn: string
  /** Every item, in the order of the item file, with all that it says. */
  items: ReadonlyMap<string, ItemValues>
  header: string[]
  batches: Batch[]
  votes: Vote[]
  /** Answers that the task does not allow: paid, and left out. */
  refused: { item: string; batch: number; why: string }[]
  /** Accepted batches whose content could not be had or is another one, and why. */
  missing: { number: number; why: string }[]
}

export function taskOf({ manifest, id }: ChallengeContext): LabelingTask {
  const task = manifest.labeling?.task
  if (task) return task
  throw new UserError(
    'rule_not_supported',
    manifest.labeling
      ? `The manifest of challenge ${id} has no labeling task, so its answers are bare cells. To get the files: npx stellartrain download ${id} --all`
      : `Challenge ${id} does not pay for labels.`,
  )
}

/** What is labeled, before any batch of it is read. @throws UserError `rule_not_supported` */
export function emptyLabels(client: StellarTrain, context: ChallengeContext, itemsFile: Uint8Array): Labels {
  const { manifest, manifestCid, id: challenge } = context
  const { idColumn } = manifest.submission
  return {
    ...{ challenge, title: manifest.title, license: manifest.license, manifestCid, task: taskOf(context), idColumn },
    ...{ network: client.config.passphrase, contract: client.config.contract, maker: context.challenge.maker },
    itemsCid: manifest.datasets.find(({ name }) => name === manifest.labeling?.items)?.cid ?? '',
    items: itemValues(itemsFile, idColumn),
    // As an item has its values by column, a name that occurs twice is one.
    header: [...new Set(csvRows(itemsFile)?.[0])],
    ...{ batches: [], votes: [], refused: [], missing: [] },
  }
}

export function addVotes(
  labels: Labels,
  csv: Uint8Array,
  { labeler, number }: { labeler: string; number: number },
): void {
  const { task, idColumn, items } = labels
  const [header = [], ...rows] = csvRows(csv) ?? []
  const id = header.indexOf(idColumn)
  for (const row of rows) {
    const item = row[id] ?? ''
    // The other one of the two columns.
    const cell = row[1 - id] ?? ''
    try {
      labels.votes.push({ item, labeler, cell, batch: number, answer: parseAnswer(task, cell, items.get(item)) })
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      labels.refused.push({ item, batch: number, why: error.message })
    }
  }
}
