/** Batches of labels: which items are a labeler's next, where units are paid. */

import { type Terms, view, views } from '@stellartrain/contracts-client'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { StellarTrain } from './client.ts'
import { fetchContent } from './content.ts'
import { type ChallengeContext, readContext } from './context.ts'
import { csvRows } from './csv.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'

/** Items are fetched up to this size, as oracles do. */
const ITEMS_MAX_BYTES = 50 * 1024 * 1024

/** The terms of a batch; undefined where the challenge pays by another rule. */
export function unitTerms({ payout }: Pick<Terms, 'payout'>): { rate: bigint; size: number } | undefined {
  if (payout.tag !== 'PerUnit') return undefined
  const { rate, max_units } = payout.values[0]
  return { rate, size: max_units }
}

/** The published items of a labeling challenge. @throws ContentError, UserError `rule_not_supported` */
export async function readItems(
  client: StellarTrain,
  manifest: Manifest,
  { signal }: AbortOptions = {},
): Promise<Uint8Array> {
  const dataset = manifest.datasets.find(({ name }) => name === manifest.labeling?.items)
  if (dataset === undefined)
    throw new UserError('rule_not_supported', 'The manifest does not say what is to be labeled.')
  return fetchContent(client, dataset.cid, Math.min(dataset.bytes, ITEMS_MAX_BYTES), { signal })
}

/** The ids of one attempt's batch, in the labeler's order; empty once it has had all items. */
export async function batchIds(
  context: Pick<ChallengeContext, 'id' | 'challenge' | 'manifest'>,
  items: Uint8Array,
  { labeler, attempt }: { labeler: string; attempt: number },
): Promise<string[]> {
  const { assignedIds, itemIds } = await import('@stellartrain/oracle-grade')
  const { size } = unitTerms(context.challenge.terms) ?? { size: 0 }
  const all = itemIds(items, context.manifest.submission.idColumn)
  return assignedIds(all, { challenge: context.id, labeler, attempt }, size)
}

export type Tasks = {
  challenge: number
  labeler: string
  attempt: number
  /** What the items' file has about each, with its header. */
  header: string[]
  rows: string[][]
  /** The columns to fill in. */
  columns: Manifest['submission']['columns']
}

/**
 * What a labeler would label next.
 * @throws UserError `rule_not_supported`, `no_attempts_left` when nothing is left for it; ContentError, ChainFailure
 */
export async function readTasks(
  client: StellarTrain,
  wanted: { challenge: number; labeler: string; attempt?: number | undefined },
  { signal }: AbortOptions = {},
): Promise<Tasks> {
  const { challenge, labeler } = wanted
  const context = await readContext(client, challenge, { signal })
  if (unitTerms(context.challenge.terms) === undefined)
    throw new UserError('rule_not_supported', `Challenge ${challenge} does not pay for batches of labels.`)
  const { manifest } = context
  const made = await view(client.chain, views.attempts({ challenge, solver: labeler }), { signal })
  const attempt = wanted.attempt ?? made.attempts + 1
  const items = await readItems(client, manifest, { signal })
  const ids = await batchIds(context, items, { labeler, attempt })
  if (ids.length === 0) throw nothingLeft(labeler)
  const [header = [], ...rows] = csvRows(items) ?? []
  const at = header.indexOf(manifest.submission.idColumn)
  const byId = new Map(rows.map((row) => [row[at], row]))
  return {
    ...{ challenge, labeler, attempt, header },
    rows: ids.map((id) => byId.get(id) ?? [id]),
    columns: manifest.submission.columns,
  }
}

export function nothingLeft(labeler: string): UserError {
  return new UserError('no_attempts_left', `${labeler} has already had every item of this challenge.`)
}
