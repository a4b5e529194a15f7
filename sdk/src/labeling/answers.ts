/** Whether every answer of a batch is one that its labeling task allows: checked before a batch costs anything. */
import type { SignerLike } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type ItemValues, parseAnswer } from '@stellartrain/ipfs-content/labeling'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { ChallengeContext } from '../challenge/context.ts'
import { csvRows, csvText } from '../challenge/csv.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { readItems } from './batch.ts'
import { readLeasedItems } from './leased-items.ts'

/** Rows of a file that are told of. */
const TOLD = 5

/** The items of a file by their id, each as its values by column. */
export function itemValues(items: Uint8Array, idColumn: string): ReadonlyMap<string, ItemValues> {
  const [header = [], ...rows] = csvRows(items) ?? []
  const at = header.indexOf(idColumn)
  return new Map(rows.map((row) => [row[at] ?? '', Object.fromEntries(header.map((name, i) => [name, row[i] ?? '']))]))
}

/**
 * Checks every answer of a file that the engine takes: `parseAnswer` of its cell and, where the items are given, of its item. Nothing to
 * check where the manifest has no task.
 * @throws UserError `bad_answer` with row, item and the part at fault of the first ones
 */
export function checkAnswers(
  { labeling, submission }: Pick<Manifest, 'labeling' | 'submission'>,
  csv: Uint8Array,
  items?: ReadonlyMap<string, ItemValues>,
): void {
  const task = labeling?.task
  const name = submission.columns[0]?.name
  if (!task || name === undefined) return
  const [header = [], ...rows] = csvRows(csv) ?? []
  const [id, said] = [header.indexOf(submission.idColumn), header.indexOf(name)]
  const problems: string[] = []
  rows.forEach((row, at) => {
    try {
      parseAnswer(task, row[said] ?? '', items?.get(row[id] ?? ''))
    } catch (error) {
      if (!(error instanceof ContentError)) throw error
      problems.push(`Row ${at + 2}, item ${(row[id] ?? '').slice(0, 40)}: ${error.message}`)
    }
  })
  if (problems.length === 0) return
  const more = problems.length > TOLD ? ` And ${problems.length - TOLD} more.` : ''
  throw new UserError(
    'bad_answer',
    `${problems.slice(0, TOLD).join(' ')}${more} This task asks for ${task.answer.kind}: correct these answers, nothing was spent.`,
  )
}

/**
 * The same for a batch that is about to be submitted, with its items.
 * @param options.leased private items are shown for it; without it their answers are checked by the oracles alone
 * @throws UserError `bad_answer`; ContentError
 */
export async function checkBatchAnswers(
  client: StellarTrain,
  context: Pick<ChallengeContext, 'id' | 'challenge' | 'manifest'>,
  csv: Uint8Array,
  { leased, ...options }: AbortOptions & { leased?: { lease: Lease; signer: SignerLike } | undefined } = {},
): Promise<void> {
  const { manifest } = context
  if (!manifest.labeling?.task) return
  const { idColumn } = manifest.submission
  if (!manifest.labeling.private)
    return checkAnswers(manifest, csv, itemValues(await readItems(client, manifest, options), idColumn))
  if (!leased) return
  const { header, rows } = await readLeasedItems(client, context, leased.lease, { ...options, signer: leased.signer })
  checkAnswers(manifest, csv, itemValues(new TextEncoder().encode(csvText([header, ...rows])), idColumn))
}
