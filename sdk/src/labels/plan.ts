/** From a maker's short labels file, with its items at hand, to the ordinary plan of a challenge that pays per unit. */
import { fromDecimal, toDecimal } from '@stellartrain/contracts-client'
import { answerCells, type LabelingTask } from '@stellartrain/ipfs-content/labeling'
import { itemValues } from '../answers.ts'
import { type ItemTable, itemsCsv } from './items.ts'
import { type Known, truthCsv } from './known.ts'

export const ITEMS_FILE = 'items.csv'
export const KNOWN_FILE = 'known.csv'

/** What is particular about labels; everything else of a plan is taken as it is. */
export type LabelsTerms = {
  overlap: number
  minAccuracy: number
  secondsPerItem: number
  /** Decimal, for each accepted answer. */
  perItem: string
  /** Items of a full batch. */
  batch?: number | undefined
  /** Decimal: all that can be paid out. */
  budget?: string | undefined
}

export type LabelsPlan = {
  /** The plan's own fields, as a plan file has them. */
  plan: Record<string, unknown>
  files: Record<typeof ITEMS_FILE | typeof KNOWN_FILE, Uint8Array<ArrayBuffer>>
  /** Items, and how many of them are known. */
  items: number
  known: number
  batch: number
  /** Decimal: what labels make an hour at the expected speed, before fees. */
  hourly: string
}

/** A batch earns at most a twentieth of the prize (`termsOf`). */
const BATCHES = 20
const BATCH = 10
/** Decimals of an amount while it is multiplied. */
const DECIMALS = 18
const SECONDS = 3_600

/** @throws UserError `bad_input` for known items that are no answers, RangeError for an amount that cannot be read */
export function planLabels(
  { table, task, known }: { table: ItemTable; task: LabelingTask; known: Known },
  terms: LabelsTerms,
): LabelsPlan {
  const { overlap, perItem } = terms
  const items = itemsCsv(table)
  const labels = table.rows.length * overlap
  const batch = terms.batch ?? Math.max(1, Math.min(BATCH, table.rows.length, Math.floor(labels / BATCHES)))
  const cells = answerCells(task)
  const column = table.idColumn === 'answer' ? 'label' : 'answer'
  const plan = {
    datasets: [{ role: 'test', file: ITEMS_FILE, name: ITEMS_FILE }],
    truth: KNOWN_FILE,
    submission: {
      ...{ format: 'csv', idColumn: table.idColumn, rows: batch },
      columns: [{ name: column, type: 'string', ...(cells && { labels: cells }) }],
      // A cell has at most 4,096 bytes, twice that where all of them are quotation marks, and so has an id.
      maxBytes: Math.min(50 * 1024 * 1024, 1_024 + batch * 2 * 2 * 4_100),
    },
    metric: { id: 'accuracy' },
    baseline: { description: 'Guessing.', score: cells ? 1 / cells.length : 0 },
    labeling: {
      ...{ items: ITEMS_FILE, minAccuracy: terms.minAccuracy, overlap, secondsPerItem: terms.secondsPerItem },
      task,
    },
    publishes: { truth: true, submissions: 'all' },
    payout: {
      ...{ rule: 'per_unit', rate: perItem, maxUnits: batch },
      prize: terms.budget ?? times(perItem, Math.max(labels, batch * BATCHES)),
    },
    attempts: Math.ceil(table.rows.length / batch) + 1,
  }
  return {
    plan,
    files: { [ITEMS_FILE]: items, [KNOWN_FILE]: truthCsv(known, task, itemValues(items, table.idColumn)) },
    ...{ items: table.rows.length, known: known.size, batch },
    hourly: hourlyPay(perItem, terms.secondsPerItem),
  }
}

/** Decimal, rounded down to cents of a cent: what `perItem` makes in an hour of items of so many seconds. */
export function hourlyPay(perItem: string, secondsPerItem: number): string {
  // Seconds may have decimals; thousandths are enough of them.
  const thousandths = BigInt(Math.max(1, Math.round(secondsPerItem * 1_000)))
  const hour = (fromDecimal(perItem, DECIMALS) * BigInt(SECONDS) * 1_000n) / thousandths
  const fine = 10n ** BigInt(DECIMALS - 4)
  return toDecimal((hour / fine) * fine, DECIMALS)
}

const times = (amount: string, count: number): string =>
  toDecimal(fromDecimal(amount, DECIMALS) * BigInt(count), DECIMALS)
