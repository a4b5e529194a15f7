/** The rows of private items that a labeler leases: of the first oracle that shows them. */

import type { SignerLike } from '@stellartrain/contracts-client'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import * as z from 'zod/mini'
import type { ChallengeContext } from '../challenge/context.ts'
import { askOracle, oraclePlaces, saidWords } from '../oracles/ask-oracles.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

const SILENT_MS = 30_000
/** More than the rows of one batch can take of a file of items, which has at most 50 MiB. */
const ROWS_MAX_BYTES = 64 * 1024 * 1024
const rowsSchema = z.object({
  header: z.array(z.string()).check(z.maxLength(1_000)),
  rows: z.array(z.array(z.string())),
})
export type LeasedItems = z.output<typeof rowsSchema>

/** @throws UserError `no_lease` (retryable) with what each oracle said; what the wallet throws */
export async function readLeasedItems(
  client: StellarTrain,
  { id: challenge, challenge: frozen, manifest }: Pick<ChallengeContext, 'id' | 'challenge' | 'manifest'>,
  lease: Lease,
  { signer, signal, onSigning }: AbortOptions & { signer: SignerLike; onSigning?: (() => void) | undefined },
): Promise<LeasedItems> {
  const failed: { who: string; detail: string }[] = []
  const question = {
    ...({ method: 'POST', body: JSON.stringify({ challenge, lease }), signer, onSigning, signal } as const),
    ...{ silentMs: SILENT_MS, maxBytes: ROWS_MAX_BYTES },
  }
  for (const place of await oraclePlaces(client, frozen.terms.oracles, { signal })) {
    const said = await askOracle(client, place, '/v1/tasks/items', question)
    const found = said.ok ? rowsSchema.safeParse(said.body) : undefined
    // An oracle can show anything; at least it is about the items that were leased.
    if (found?.success && isOf(found.data, manifest.submission.idColumn, lease.items)) return found.data
    failed.push(said.ok ? { who: said.who, detail: 'its answer is not the items.' } : said)
  }
  throw new UserError('no_lease', `No oracle shows the items that you leased; nothing was lost. ${saidWords(failed)}`, {
    retryable: true,
  })
}

function isOf({ header, rows }: LeasedItems, idColumn: string, ids: readonly string[]): boolean {
  const at = header.indexOf(idColumn)
  return at >= 0 && rows.length === ids.length && ids.every((id, index) => rows[index]![at] === id)
}
