/** The rows of private items that a labeler leases: of the first oracle that shows them. */

import { asSigner, type SignerLike } from '@stellartrain/contracts-client'
import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { endpoint } from '@stellartrain/ipfs-content/endpoint'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import * as z from 'zod/mini'
import type { StellarTrain } from './client.ts'
import type { ChallengeContext } from './context.ts'
import { readTakers } from './handout.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'

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
  const said: string[] = []
  const takers = await readTakers(client, frozen.terms.oracles, { signal })
  for (const { url, who } of takers) {
    if (who === 'ipfs') continue
    try {
      const token = await client.sessions.token(url, asSigner(signer), { signal, onSigning })
      const limit = AbortSignal.timeout(SILENT_MS)
      const answer = await client.fetch(endpoint(url, '/v1/tasks/items'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ challenge, lease }),
        ...{ redirect: 'error', credentials: 'omit' },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      })
      const body = await readBoundedJson(answer, ROWS_MAX_BYTES)
      const found = answer.ok ? rowsSchema.safeParse(body) : undefined
      // An oracle can show anything; at least it is about the items that were leased.
      if (found?.success && isOf(found.data, manifest.submission.idColumn, lease.items)) return found.data
      said.push(
        `${who}: ${String((body as { detail?: unknown }).detail ?? 'its answer is not the items.').slice(0, 300)}`,
      )
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof TypeError || error instanceof SyntaxError || (error as Error).name === 'TimeoutError'))
        if ((error as Error).name !== 'ContentError') throw error
      said.push(`${who}: it does not answer.`)
    }
  }
  throw new UserError('no_lease', `No oracle shows the items that you leased; nothing was lost. ${said.join(' ')}`, {
    retryable: true,
  })
}

function isOf({ header, rows }: LeasedItems, idColumn: string, ids: readonly string[]): boolean {
  const at = header.indexOf(idColumn)
  return at >= 0 && rows.length === ids.length && ids.every((id, index) => rows[index]![at] === id)
}
