/** From a maker's few decisions, with the items at hand, to the ordinary plan of a challenge that pays per unit or by earnings. */

import { fromDecimal, toDecimal } from '@stellartrain/contracts-client'
import { answerCells } from '@stellartrain/ipfs-content/labeling'
import type { ChallengePlan, PlannedPayout } from '../create/plan.ts'
import { itemValues } from '../labeling/answers.ts'
import { counted } from '../system/counted.ts'
import { UserError } from '../system/problems.ts'
import { defaultBatch, guessedQuiz, type LabelsPayout, labelsPromised } from './amounts.ts'
import { type ItemTable, itemsCsv } from './items.ts'
import { type Known, truthCsv } from './known.ts'
import type { Source } from './source.ts'

export const ITEMS_FILE = 'items.csv'
export const KNOWN_FILE = 'known.csv'
export const QUIZ_FILE = 'quiz.csv'

/** Who may label: whoever answers so many of these known items right. */
export type QuizTerms = {
  /** Known items that are kept for it: no one is paid for labeling these, for whoever takes the quiz sees them. */
  items: number
  /** Asked in one try. */
  questions: number
  minAccuracy: number
  tries: number
}

/** What is particular about labels; everything else of a plan is taken as it is. */
export type LabelsTerms = {
  /** How labelers are paid: for a batch at once, or by what the oracles post. */
  payout?: LabelsPayout | undefined
  overlap: number
  minAccuracy: number
  secondsPerItem: number
  /** Decimal, for each accepted answer. */
  perItem: string
  /** Items of a full batch. */
  batch?: number | undefined
  /** Who gets the labels: everyone after the end, or whoever has this age key (`age1…`), at any time. Everyone without it. */
  results?: string | undefined
  /** Whether items are sealed, and shown to whoever leases them alone; needs a key in `results`. */
  private?: boolean | undefined
  /** By earnings: seconds between epochs, who decides appeals, and pay by quality. */
  earnings?: Pick<NonNullable<ChallengePlan['labeling']>, 'epochSeconds' | 'reviewer' | 'quality'> | undefined
  /** Decimal: all that can be paid out. */
  budget?: string | undefined
  quiz?: QuizTerms | undefined
}

/** Fields of a plan file; its files are named. */
export type LabelsFields = Pick<
  ChallengePlan,
  'submission' | 'metric' | 'baseline' | 'labeling' | 'publishes' | 'attempts'
> & {
  datasets: { role: 'test' | 'other'; file: typeof ITEMS_FILE | typeof QUIZ_FILE; name: string }[]
  truth: typeof KNOWN_FILE
  payout: Extract<PlannedPayout, { rule: LabelsPayout }>
}

export type LabelsPlan = {
  plan: LabelsFields
  files: Record<typeof ITEMS_FILE | typeof KNOWN_FILE, Uint8Array<ArrayBuffer>> & {
    [QUIZ_FILE]?: Uint8Array<ArrayBuffer>
  }
  /** Items that are to be labeled, and how many of them are known. */
  items: number
  known: number
  batch: number
  /** The chance that whoever guesses passes the quiz; undefined without one, and where answers cannot be counted. */
  guessed?: number | undefined
  /** Decimal: what labels make an hour at the expected speed, before fees. */
  hourly: string
}

/** Decimals of an amount while it is multiplied. */
const DECIMALS = 18
const SECONDS = 3_600

/** @throws UserError `bad_input` for known items that are no answers, RangeError for an amount that cannot be read */
export function planLabels(
  { table, task, known }: Pick<Source, 'table' | 'task' | 'known'>,
  terms: LabelsTerms,
): LabelsPlan {
  const { overlap, perItem, payout = 'per_unit', quiz } = terms
  const { asked, labeled } = apart(table, known, quiz)
  const items = itemsCsv(labeled)
  const count = labeled.rows.length
  const batch = terms.batch ?? defaultBatch(count, overlap)
  const cells = answerCells(task)
  const column = table.idColumn === 'answer' ? 'label' : 'answer'
  const earnings = payout === 'earnings'
  const results = terms.results ?? 'everyone'
  const prize = terms.budget ?? times(perItem, labelsPromised(payout, { items: count, overlap, batch }))
  const plan: LabelsFields = {
    datasets: [
      { role: 'test', file: ITEMS_FILE, name: ITEMS_FILE },
      ...(asked ? [{ role: 'other' as const, file: QUIZ_FILE, name: QUIZ_FILE } as const] : []),
    ],
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
      // Per unit what everyone gets is what the oracles open.
      ...((earnings || results !== 'everyone') && { results }),
      ...(earnings && { perItem, ...terms.earnings }),
      ...(terms.private && { private: true as const }),
      ...(quiz && {
        quiz: { items: QUIZ_FILE, questions: quiz.questions, minAccuracy: quiz.minAccuracy, tries: quiz.tries },
      }),
      task,
    },
    // Where earnings are paid the ledger has no submissions that could be opened.
    // The known items of a private set stay closed with it.
    publishes:
      earnings || terms.private
        ? { truth: false, submissions: 'none' }
        : { truth: true, submissions: results === 'everyone' ? 'all' : 'none' },
    payout: earnings ? { rule: 'earnings', prize } : { rule: 'per_unit', rate: perItem, maxUnits: batch, prize },
    attempts: Math.ceil(count / batch) + 1,
  }
  return {
    plan,
    files: {
      [ITEMS_FILE]: items,
      [KNOWN_FILE]: truthCsv(known, task, itemValues(itemsCsv(table), table.idColumn)),
      ...(asked && { [QUIZ_FILE]: itemsCsv(asked) }),
    },
    ...{ items: count, known: known.size - (asked?.rows.length ?? 0), batch },
    guessed: quiz && cells ? guessedQuiz({ ...quiz, choices: cells.length }) : undefined,
    hourly: hourlyPay(perItem, terms.secondsPerItem),
  }
}

/**
 * The known items that are kept for a quiz, spread evenly over all of them, and what is left to be labeled.
 * @throws UserError `bad_input`
 */
function apart(
  table: ItemTable,
  known: Known,
  quiz: QuizTerms | undefined,
): { labeled: ItemTable; asked: ItemTable | undefined } {
  if (!quiz) return { labeled: table, asked: undefined }
  const at = table.header.indexOf(table.idColumn)
  const ids = table.rows.flatMap((row) => (known.has(row[at]!) ? [row[at]!] : []))
  const { items, questions } = quiz
  if (items < questions)
    throw refused(
      `it asks ${counted(questions, 'question')} and has ${counted(items, 'item')} to ask: raise its "items", or ask fewer questions.`,
    )
  // Batches are judged by what is left.
  if (items >= ids.length)
    throw refused(
      `it takes ${counted(items, 'known item')}, and there ${ids.length === 1 ? 'is' : 'are'} ${ids.length}; batches need some besides. Know more items, or lower its "items" (from ${questions}).`,
    )
  const kept = new Set(Array.from({ length: items }, (_, index) => ids[Math.floor((index * ids.length) / items)]!))
  const rows = (wanted: boolean) => table.rows.filter((row) => kept.has(row[at]!) === wanted)
  return { labeled: { ...table, rows: rows(false) }, asked: { ...table, rows: rows(true) } }
}

const refused = (why: string) => new UserError('bad_input', `The quiz cannot be used: ${why}`)

/** The part of a plan that labels decide, with the bytes of its files. */
export function labelsParts({ plan, files }: LabelsPlan): Pick<ChallengePlan, keyof LabelsFields | 'threshold'> {
  const datasets = plan.datasets.map(({ file, ...dataset }) => ({ ...dataset, bytes: files[file]! }))
  return { ...plan, datasets, truth: files[plan.truth], threshold: '0' }
}

/** The same plan with its labels for one age key alone. */
export function sealedTo<T extends Pick<ChallengePlan, 'labeling' | 'publishes'>>(plan: T, results: string): T {
  const { labeling, publishes } = plan
  return {
    ...plan,
    ...(labeling && { labeling: { ...labeling, results } }),
    ...(publishes && { publishes: { ...publishes, submissions: 'none' } }),
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
