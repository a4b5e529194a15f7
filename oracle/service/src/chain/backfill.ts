/** Submissions whose event the RPC no longer has, asked from an indexer and believed only where the contract agrees. */

import { type Chain, hostOf, readSubmissions } from '@stellartrain/contracts-client'
import { cidFromChain } from '@stellartrain/ipfs-content'
import { ask } from '@stellartrain/ipfs-content/ask'
import { readBoundedJson } from '@stellartrain/ipfs-content/bounded'
import { z } from 'zod'
import { OracleError } from '../errors.ts'
import type { Entry } from './entry.ts'

const page = z.object({
  data: z.array(z.object({ number: z.int().positive(), solver: z.string(), attempt: z.int().positive() })).max(200),
  next: z.string().nullable(),
})

export type BackfillOptions = Readonly<{
  indexerUrl: string
  chain: Chain
  signal: AbortSignal
  fetch?: typeof fetch
}>

/** All submissions of a challenge, as an indexer lists them and the contract confirms them. */
export type Backfill = (challenge: number) => Promise<Entry[]>

/** An indexer that does not end is not read for ever. */
const MOST_PAGES = 10_000
const TIMEOUT_MS = 15_000
const MOST_BYTES = 4 * 1024 * 1024

/**
 * All submissions of a challenge that the indexer knows and the contract confirms; numbers, CIDs and times are the contract's.
 * @throws OracleError `indexer_failed` when the indexer does not answer as it should; ChainFailure, ContractError
 */
export async function backfill(challenge: number, options: BackfillOptions): Promise<Entry[]> {
  const { chain, signal } = options
  const ids: { solver: string; attempt: number }[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const read: z.output<typeof page> = await readPage(challenge, cursor, options)
    ids.push(...read.data.map(({ solver, attempt }) => ({ solver, attempt })))
    cursor = read.next
    if (cursor === null) break
  }
  const stored = await readSubmissions(chain, challenge, ids, { signal })
  return stored.map(({ number, cid, commitment, units, time }, index) => {
    const { solver, attempt } = ids[index]!
    return { challenge, number, solver, attempt, cid: cidFromChain(cid), commitment, units, time: Number(time) }
  })
}

async function readPage(challenge: number, cursor: string | null, { indexerUrl, signal, fetch }: BackfillOptions) {
  const query = new URLSearchParams({ limit: '200', ...(cursor === null ? {} : { cursor }) })
  const url = `${indexerUrl}/v1/challenges/${challenge}/submissions?${query}`
  try {
    const response = await ask(url, { silentMs: TIMEOUT_MS, signal, fetch })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return page.parse(await readBoundedJson(response, MOST_BYTES))
  } catch (cause) {
    signal.throwIfAborted()
    const message = `The indexer at ${hostOf(indexerUrl)} did not list the submissions of challenge ${challenge}.`
    throw new OracleError('indexer_failed', message, { cause })
  }
}
