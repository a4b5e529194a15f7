/** Batches of labels: which items are a labeler's next, where units are paid. */

import { asSigner, type Terms, toDecimal, view, views } from '@stellartrain/contracts-client'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { type ChallengeContext, readContext } from '../challenge/context.ts'
import { csvRows } from '../challenge/csv.ts'
import { askOracle, oraclePlaces } from '../oracles/ask-oracles.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { keptLease, keyOf, leaseEnded, needsLease, submittableUntil } from './kept-lease.ts'
import { type LeaseOptions, takeLease } from './lease.ts'
import { readLeasedItems } from './leased-items.ts'

/** Items are fetched up to this size, as oracles do. */
const ITEMS_MAX_BYTES = 50 * 1024 * 1024

/** The terms of a batch; undefined where the challenge pays by another rule. */
export function unitTerms({ payout }: Pick<Terms, 'payout'>): { rate: bigint; size: number } | undefined {
  if (payout.tag !== 'PerUnit') return undefined
  const { rate, max_units } = payout.values[0]
  return { rate, size: max_units }
}

/** By whom private items were sealed, and the key that opens them: `AGE-SECRET-KEY-1…`. */
export type ItemsKey = { maker: string; identity: string | undefined }

/**
 * The items of a labeling challenge: the published ones, or private ones for whoever has the key.
 * @throws ContentError, UserError `rule_not_supported`; `items_private` without the key
 */
export async function readItems(
  client: StellarTrain,
  manifest: Manifest,
  { signal, key }: AbortOptions & { key?: ItemsKey | undefined } = {},
): Promise<Uint8Array> {
  const dataset = manifest.datasets.find(({ name }) => name === manifest.labeling?.items)
  if (dataset === undefined)
    throw new UserError('rule_not_supported', 'The manifest does not say what is to be labeled.')
  if (manifest.labeling?.private && key?.identity === undefined)
    throw new UserError(
      'items_private',
      'The items of this challenge are private: its oracles show them to whoever leases them, and its maker reads them with the key.',
    )
  const file = await fetchContent(client, dataset.cid, Math.min(dataset.bytes, ITEMS_MAX_BYTES), { signal })
  if (!manifest.labeling?.private || key?.identity === undefined) return file
  const { openItemsFile } = await import('@stellartrain/ipfs-content/seal')
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract }
  return openItemsFile({ sealed: file, expected: { ...place, maker: key.maker }, identities: [key.identity] })
}

/** What the file of the items has about each of these. */
export function rowsOf(items: Uint8Array, manifest: Manifest, ids: readonly string[]): Pick<Tasks, 'header' | 'rows'> {
  const [header = [], ...rows] = csvRows(items) ?? []
  const at = header.indexOf(manifest.submission.idColumn)
  const byId = new Map(rows.map((row) => [row[at], row]))
  return { header, rows: ids.map((id) => byId.get(id) ?? [id]) }
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

/** `signer`, `drafts`: where batches need a lease. */
export type TaskOptions = AbortOptions & {
  [Name in Exclude<keyof LeaseOptions, 'signal'>]?: LeaseOptions[Name] | undefined
}

/** How far a challenge is, as one of its oracles counts. */
export type Progress = { places: number; accepted: number; held: number; items: number; covered: number }

export type Tasks = {
  challenge: number
  labeler: string
  attempt: number
  /** What the items' file has about each, with its header. */
  header: string[]
  rows: string[][]
  /** The columns to fill in. */
  columns: Manifest['submission']['columns']
  /** What an answer is, where the manifest says it. */
  task?: NonNullable<Manifest['labeling']>['task']
  /** Where batches need a lease: until when this one can be submitted, unix seconds. */
  expires?: number
  /** Where batches need a lease, and an oracle tells. */
  progress?: Progress
}

/**
 * What a labeler would label next. Where batches need a lease, it is taken, or taken out of `drafts`, for the signer alone.
 * @throws UserError `rule_not_supported`, `no_attempts_left` when nothing is left for it, `not_yours` and `no_lease` where a lease is
 * needed, `escrow_used_up`; ContentError, ChainFailure
 */
export async function readTasks(
  client: StellarTrain,
  wanted: { challenge: number; labeler: string; attempt?: number | undefined },
  { signal, signer, drafts, onSigning }: TaskOptions = {},
): Promise<Tasks> {
  const { challenge, labeler } = wanted
  const context = await readContext(client, challenge, { signal })
  if (unitTerms(context.challenge.terms) === undefined)
    throw new UserError('rule_not_supported', `Challenge ${challenge} does not pay for batches of labels.`)
  const { manifest } = context
  const made = await view(client.chain, views.attempts({ challenge, solver: labeler }), { signal })
  const attempt = wanted.attempt ?? made.attempts + 1
  const items = manifest.labeling?.private ? undefined : await readItems(client, manifest, { signal })
  const leased = needsLease(manifest)
    ? await leaseOf(
        client,
        context,
        { labeler, attempt, next: made.attempts + 1 },
        { signal, signer, drafts, onSigning },
      )
    : undefined
  const ids = leased?.items ?? (await batchIds(context, items ?? new Uint8Array(), { labeler, attempt }))
  if (ids.length === 0) throw nothingLeft(labeler)
  const shown =
    items === undefined && leased && signer
      ? await readLeasedItems(client, context, leased, { signer, signal, onSigning })
      : rowsOf(items ?? new Uint8Array(), manifest, ids)
  return {
    ...{ challenge, labeler, attempt, ...shown },
    columns: manifest.submission.columns,
    ...(manifest.labeling?.task && { task: manifest.labeling.task }),
    ...(leased && { expires: submittableUntil(leased, context.terms) }),
    ...(leased && (await progressOf(client, context, { signal }))),
  }
}

/**
 * Lets the lease of a batch that is being labeled last longer: the same items, as long as a majority of the oracles allows.
 * @returns until when it can be submitted, unix seconds: later than before, unless it lasts as long as it may
 * @throws UserError `lease_expired` where none is kept, it has ended, or other items came in its place; `no_lease`; what the wallet throws
 */
export async function renewTasks(
  client: StellarTrain,
  { challenge, attempt }: { challenge: number; attempt: number },
  options: LeaseOptions,
): Promise<number> {
  const context = await readContext(client, challenge, { signal: options.signal })
  const key = keyOf(client, { challenge, solver: asSigner(options.signer).address, attempt })
  const before = await keptLease(options.drafts, key)
  if (before === undefined || before.expires <= context.clock.closedAt) throw leaseEnded(before?.expires)
  const { items, expires } = await takeLease(client, context, attempt, options, true)
  const same = new Set(before.items)
  if (items.length !== same.size || !items.every((id) => same.has(id))) throw leaseEnded(before.expires)
  return submittableUntil({ expires }, context.terms)
}

async function leaseOf(
  client: StellarTrain,
  context: ChallengeContext,
  { labeler, attempt, next }: { labeler: string; attempt: number; next: number },
  { signer, drafts, ...options }: TaskOptions,
): Promise<Lease> {
  const { state, challenge } = context
  if (attempt !== next) {
    const kept = await keptLease(drafts, keyOf(client, { challenge: context.id, solver: labeler, attempt }))
    if (kept) return kept
    throw new UserError('not_found', `The items of attempt ${attempt} are known only where they were labeled.`)
  }
  if (signer === undefined || asSigner(signer).address !== labeler)
    throw new UserError('not_yours', 'In this challenge items are leased: only the labeler can ask for them.')
  // Labels that nobody could be paid for are not worth the work.
  requirePay(context, 1)
  const refused = challenge.maker === labeler || challenge.terms.oracles.includes(labeler)
  if (refused || state.cancelled) throw new UserError('not_open', 'This account cannot label in this challenge.')
  const lease = await takeLease(client, context, attempt, { signer, drafts, ...options })
  requirePay(context, lease.items.length)
  return lease
}

/**
 * @throws UserError `escrow_used_up` where the rest of the prize does not pay for so many items; retryable while batches wait for their
 * verdict, for what a rejected one reserved comes back
 */
export function requirePay(
  { challenge, state, token }: Pick<ChallengeContext, 'challenge' | 'state' | 'token'>,
  items: number,
): void {
  const units = unitTerms(challenge.terms)
  if (units === undefined || units.rate * BigInt(items) <= state.purse.escrow) return
  const { escrow, reserved } = state.purse
  const show = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  const waits = units.rate * BigInt(items) <= escrow + reserved
  const later = waits
    ? ` ${show(reserved)} is reserved for batches that wait for their verdict; what a rejected one does not earn comes back. Try again in some minutes.`
    : ''
  throw new UserError(
    'escrow_used_up',
    `Only ${show(escrow)} of the prize is free, which does not pay for this batch.${later}`,
    { retryable: waits },
  )
}

/** Numbers for people: of the first oracle that tells them. */
async function progressOf(
  client: StellarTrain,
  { id, challenge }: ChallengeContext,
  { signal }: AbortOptions,
): Promise<{ progress?: Progress }> {
  const limits = { silentMs: PROGRESS_MS, maxBytes: PROGRESS_MAX_BYTES, signal }
  for (const place of await oraclePlaces(client, challenge.terms.oracles, { signal })) {
    const said = await askOracle(client, place, `/v1/tasks/challenges/${id}`, limits)
    const told = said.ok ? (said.body as Partial<Record<keyof Progress, unknown>> | null) : null
    if (!COUNTS.every((name) => Number.isSafeInteger(told?.[name]))) continue
    return { progress: Object.fromEntries(COUNTS.map((name) => [name, told?.[name]])) as Progress }
  }
  return {}
}

const COUNTS = ['places', 'accepted', 'held', 'items', 'covered'] as const
const PROGRESS_MS = 3_000
const PROGRESS_MAX_BYTES = 64 * 1024

export function nothingLeft(labeler: string): UserError {
  return new UserError('no_attempts_left', `${labeler} has already had every item of this challenge.`)
}
