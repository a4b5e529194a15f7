/**
 * What a judge that grades was shown, read back from the ledger alone: the chunks of truth and work that its transactions handed in, and
 * what the contract made of them. Nothing that was published after the end is needed.
 */
import { EventsGone, view } from '@stellartrain/contracts-client'
import { readCode } from '@stellartrain/contracts-client/code'
import { FORM_CHUNK, type RecountFrozen, recountAt } from '@stellartrain/contracts-client/recount'
import {
  type OpenedChunk,
  type RecountEvent,
  readOpenedChunk,
  readRecountEvents,
} from '@stellartrain/contracts-client/recount-history'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import type { Evidence } from './evidence.ts'

/** A form whose chunks were put together again; `whole`: with its last chunk, which a truth does not need. */
export type ShownForm = { secret: Uint8Array; hashes: Uint8Array; form: Uint8Array; whole: boolean }

export type ShownWork = {
  solver: string
  attempt: number
  shown: ShownForm | { missing: string }
  /** What the contract said of it; undefined where its event is gone or still to come. */
  said: Extract<RecountEvent, { type: 'recounted' }> | undefined
}

export type RecountEvidence = {
  judge: string
  frozen: RecountFrozen | null
  truth: ShownForm | { missing: string }
  /** Every work that was opened to its end, by `solver/attempt`. */
  works: ReadonlyMap<string, ShownWork>
  /** The RPC no longer has the time of judging. */
  gone: boolean
}

export const workName = ({ solver, attempt }: { solver: string; attempt: number }): string => `${solver}/${attempt}`

/** Undefined where the judge is not the contract that grades, or nothing of it bears on this submission. @throws ChainFailure */
export async function gatherRecount(
  client: StellarTrain,
  evidence: Evidence,
  { signal }: AbortOptions,
): Promise<RecountEvidence | undefined> {
  const { chain } = client
  const { facts, ref, history } = evidence
  const judge = facts.terms.judge?.address ?? ''
  if (!judge.startsWith('C') || (await readCode(chain, judge, { signal })) !== 'recount') return undefined
  const frozen = await view(chain, recountAt(judge).rules({ challenge: ref.challenge }), { signal })
  const events = await readRecountEvents(
    chain,
    judge,
    { challenge: ref.challenge, from: history.from },
    { signal },
  ).catch((error: unknown) => {
    if (error instanceof EventsGone) return undefined
    throw error
  })
  const truths = (events ?? []).filter((event) => event.type === 'truth_opened')
  const opened = (events ?? []).filter((event) => event.type === 'work_opened')
  const said = (events ?? []).filter((event) => event.type === 'recounted')
  const chunks = (of: readonly { txHash: string }[], method: 'open_truth' | 'open_work') =>
    Promise.all(of.map(({ txHash }) => readOpenedChunk(chain, judge, { hash: txHash, method }, { signal })))
  const names = new Set(opened.map(workName))
  const works = await Promise.all(
    [...names].map(async (name) => {
      const mine = opened.filter((event) => workName(event) === name)
      const { solver, attempt } = mine[0]!
      const shown = together(
        mine.map(({ place }) => place),
        await chunks(mine, 'open_work'),
      )
      return [name, { solver, attempt, shown, said: said.findLast((event) => workName(event) === name) }] as const
    }),
  )
  return {
    judge,
    frozen: frozen ?? null,
    truth: together(
      truths.map(({ place }) => place),
      await chunks(truths, 'open_truth'),
    ),
    works: new Map(works),
    gone: events === undefined || (!history.complete && truths.length === 0),
  }
}

/** Places must be 0, 1, 2… for the form to be known. */
function together(places: readonly number[], chunks: readonly (OpenedChunk | null)[]): ShownForm | { missing: string } {
  const [first] = chunks
  if (places.length === 0) return { missing: 'No event says that it was opened.' }
  if (!first || chunks.some((chunk) => chunk === null))
    return { missing: 'The RPC does not have a transaction that opened a chunk of it.' }
  if (places.some((place, at) => place !== at))
    return { missing: 'The RPC no longer has the event of its first chunk.' }
  const { secret, hashes } = first
  const form = new Uint8Array(chunks.reduce((length, chunk) => length + chunk!.chunk.length, 0))
  for (const [at, chunk] of chunks.entries()) form.set(chunk!.chunk, at * FORM_CHUNK)
  return { secret, hashes, form, whole: chunks.length === hashes.length / 32 }
}
