/** A batch as a file that its labeler fills in: what is known of each item beside a column for each answer; and the answers out of it. */
import type { SignerLike } from '@stellartrain/contracts-client'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { ChallengeContext } from '../challenge/context.ts'
import { csvRows, csvText } from '../challenge/csv.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { readItems } from './batch.ts'
import { readLeasedItems } from './leased-items.ts'

type Asked = { header: readonly string[]; rows: readonly (readonly string[])[]; columns: readonly { name: string }[] }

/** The items, with empty columns for the answers; a column of the items that is named like an answer is left out. */
export function fileToFillIn({ header, rows, columns }: Asked): string {
  const names = columns.map(({ name }) => name)
  const kept = header.flatMap((name, at) => (names.includes(name) ? [] : [at]))
  const empty = names.map(() => '')
  return csvText([
    [...kept.map((at) => header[at]!), ...names],
    ...rows.map((row) => [...kept.map((at) => row[at] ?? ''), ...empty]),
  ])
}

/**
 * What is submitted of a file that was filled in: without the columns of the items, which everyone has who judges it. A file without such
 * columns, and one that cannot be read, comes back as it is.
 * @param itemColumns the header of the items
 */
export function answersIn<File extends Uint8Array>(
  csv: File,
  itemColumns: readonly string[],
  { submission }: Pick<Manifest, 'submission'>,
): File | Uint8Array<ArrayBuffer> {
  const [header, ...rows] = csvRows(csv) ?? []
  if (header === undefined) return csv
  const shown = new Set(itemColumns)
  for (const name of answerNames(submission)) shown.delete(name)
  const kept = header.flatMap((name, at) => (shown.has(name) ? [] : [at]))
  if (kept.length === header.length) return csv
  // Rows of another length stay so, for the check to find.
  const of = (row: readonly string[]) => row.filter((_, at) => kept.includes(at) || at >= header.length)
  return new TextEncoder().encode(csvText([header, ...rows].map(of)))
}

/**
 * The same for a batch that is about to be submitted or checked. The items are read only if the file has more than their answers.
 * @param options.leased private items are shown for it; without it their columns stay in the file
 * @throws ContentError; UserError `no_lease` (retryable)
 */
export async function batchAnswers<File extends Uint8Array>(
  client: StellarTrain,
  context: Pick<ChallengeContext, 'id' | 'challenge' | 'manifest'>,
  csv: File,
  { leased, signal }: AbortOptions & { leased?: { lease: Lease; signer: SignerLike } | undefined } = {},
): Promise<File | Uint8Array<ArrayBuffer>> {
  const { challenge, manifest } = context
  if (manifest.labeling === undefined) return csv
  const [header = []] = csvRows(csv) ?? []
  const asked = new Set(answerNames(manifest.submission))
  if (header.every((name) => asked.has(name))) return csv
  if (!manifest.labeling.private) {
    const [names = []] = csvRows(await readItems(client, manifest, { signal })) ?? []
    return answersIn(csv, names, manifest)
  }
  if (!leased) return csv
  const { lease, signer } = leased
  const shown = await readLeasedItems(client, { id: context.id, challenge, manifest }, lease, { signer, signal })
  return answersIn(csv, shown.header, manifest)
}

const answerNames = ({ idColumn, columns }: Manifest['submission']): string[] => [
  idColumn,
  ...columns.map(({ name }) => name),
]
