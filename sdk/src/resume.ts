/** Going on with a submission that was begun before: what the draft says, held against what the chain says. */
import { cidToString, type Ending, readOutcome, sendAndFollow, view, views } from '@stellartrain/contracts-client'
import type { StellarTrain } from './client.ts'
import type { ChallengeContext } from './context.ts'
import type { Draft, DraftStore } from './drafts.ts'

export type Submitted = {
  challenge: number
  solver: string
  attempt: number
  /** Its place in the challenge's order. */
  number: number
  cid: string
  hash: string
  ledger: number
  /** Unix seconds. */
  closedAt: number
}

/** The draft of this file for an attempt that the chain already has, or that is signed and may still be applied. */
export async function findEarlier(
  client: StellarTrain,
  context: ChallengeContext,
  wanted: { network: string; contract: string; solver: string; payloadSha256: string },
  drafts: DraftStore,
  signal: AbortSignal | undefined,
): Promise<Draft | undefined> {
  const { solver, payloadSha256 } = wanted
  const { attempts } = await view(client.chain, views.attempts({ challenge: context.id, solver }), { signal })
  for (const attempt of [attempts + 1, attempts]) {
    if (attempt === 0) continue
    const draft = await drafts.read({ ...wanted, challenge: context.id, attempt })
    if (draft?.payloadSha256 === payloadSha256 && (attempt <= attempts || draft.stage === 'signed')) return draft
  }
  return undefined
}

/**
 * Brings a draft that may have reached the network to its known end. Undefined: it never will, go on with it;
 * `taken`: its attempt was used for another file.
 */
export async function finish(
  client: StellarTrain,
  draft: Draft,
  drafts: DraftStore,
  signal: AbortSignal | undefined,
): Promise<Submitted | 'taken' | undefined> {
  const { chain } = client
  let ending: Ending | undefined
  if (draft.envelope) {
    const outcome = await readOutcome(chain, draft.envelope.hash, { signal })
    ending = outcome.status === 'unknown' ? await sendAndFollow(chain, draft.envelope, { signal }) : outcome
  }
  const { challenge, solver, attempt } = draft
  const { attempts } = await view(chain, views.attempts({ challenge, solver }), { signal })
  if (attempts < attempt) return undefined
  const stored = await view(chain, views.submission({ challenge, solver, attempt }), { signal })
  if (cidToString(stored.cid) !== draft.cid) return 'taken'
  const place =
    ending?.status === 'succeeded'
      ? ending
      : { hash: draft.hash ?? '', ledger: draft.ledger ?? 0, closedAt: Number(stored.time) }
  return record(drafts, draft, stored.number, place)
}

/** Notes in the draft that it is done. */
export async function record(
  drafts: DraftStore,
  draft: Draft,
  number: number,
  { hash, ledger, closedAt }: { hash: string; ledger: number; closedAt: number },
): Promise<Submitted> {
  const { envelope: _, ...rest } = draft
  await drafts.write({ ...rest, stage: 'submitted', number, hash, ledger, updatedAt: new Date().toISOString() })
  const { challenge, solver, attempt, cid } = draft
  return { challenge, solver, attempt, number, cid, hash, ledger, closedAt }
}
