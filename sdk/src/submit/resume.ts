/** Going on with a submission that was begun before: what the draft says, held against what the chain says. */
import { cidToString, type Ending, readOutcome, sendAndFollow, view, views } from '@stellartrain/contracts-client'
import type { Draft, DraftStore } from '../drafts/drafts.ts'
import { type HandedOut, type HandOutOptions, handOut, readTakers } from '../oracles/handout.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

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
  challenge: number,
  wanted: { network: string; contract: string; solver: string; payloadSha256: string },
  drafts: DraftStore,
  signal: AbortSignal | undefined,
): Promise<Draft | undefined> {
  const { solver, payloadSha256 } = wanted
  const { attempts } = await view(client.chain, views.attempts({ challenge, solver }), { signal })
  for (const attempt of [attempts + 1, attempts]) {
    if (attempt === 0) continue
    const draft = await drafts.read({ ...wanted, challenge, attempt })
    if (draft?.payloadSha256 === payloadSha256 && (attempt <= attempts || draft.stage === 'signed')) return draft
  }
  return undefined
}

/**
 * Brings a draft that may have reached the network to its known end on the ledger. Undefined: it never will, go on with it;
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

/** Notes in the draft that its submission stands in the ledger. */
export async function record(
  drafts: DraftStore,
  draft: Draft,
  number: number,
  { hash, ledger, closedAt }: { hash: string; ledger: number; closedAt: number },
): Promise<Submitted> {
  const { envelope: _, ...rest } = draft
  // Another process may have handed the file out meanwhile: its word is later than the draft that was read here.
  const kept = await drafts.read(draft)
  const given = [draft, kept].some((one) => one?.stage === 'handed_out' && one.cid === draft.cid)
  const stage = given ? 'handed_out' : 'submitted'
  await drafts.write({ ...rest, stage, number, hash, ledger, closedAt, updatedAt: new Date().toISOString() })
  const { challenge, solver, attempt, cid } = draft
  return { challenge, solver, attempt, number, cid, hash, ledger, closedAt }
}

export type GiveOptions = Pick<HandOutOptions, 'signal' | 'onTaken' | 'onWaiting'>

/**
 * Hands out the file of a submission that stands in the ledger, if that was not done yet.
 * @throws UserError `not_handed_out` (retryable), or `not_found` where the sealed file is gone
 */
export async function giveOut(
  client: StellarTrain,
  submitted: Submitted,
  drafts: DraftStore,
  options: GiveOptions = {},
): Promise<HandedOut | undefined> {
  const { signal, onTaken, onWaiting } = options
  const { passphrase: network, contract } = client.config
  const key = { network, contract, ...submitted }
  const draft = await drafts.read(key)
  if (draft?.stage === 'handed_out') return undefined
  const sealed = await drafts.files.read(key)
  // Another process may have handed it out since: it says so before it drops the file.
  if (!sealed && (await drafts.read(key))?.stage === 'handed_out') return undefined
  if (!sealed)
    throw new UserError(
      'not_found',
      `The sealed file of submission ${submitted.number} is not kept here: only someone who has it can hand it out.`,
    )
  const { terms } = await view(client.chain, views.challenge({ challenge: submitted.challenge }), { signal })
  const takers = await readTakers(client, terms.oracles, { signal })
  const given = await handOut(client, { cid: submitted.cid, sealed }, takers, { signal, onTaken, onWaiting })
  if (draft)
    await drafts.write({ ...draft, stage: 'handed_out', took: given.took, updatedAt: new Date().toISOString() })
  await drafts.files.drop(key)
  return given
}

export type Resumed = { submitted: Submitted; handedOut: HandedOut }

/** Whose drafts, where not everybody's. */
type Whose = { solver?: string | undefined }

/**
 * Follows what was signed here, on this contract, to its end on the ledger. Needs no signer, and waits for no service but the RPC.
 * @returns what is in the ledger and was not handed out yet
 * @throws ChainFailure
 */
export async function followDrafts(
  client: StellarTrain,
  drafts: DraftStore,
  { signal, solver }: AbortOptions & Whose = {},
): Promise<Submitted[]> {
  const { passphrase, contract } = client.config
  const found: Submitted[] = []
  for (const draft of await drafts.list()) {
    const here = draft.network === passphrase && draft.contract === contract
    if (!here || draft.stage === 'sealed' || draft.stage === 'handed_out') continue
    if (solver !== undefined && draft.solver !== solver) continue
    const submitted = await finish(client, draft, drafts, signal)
    if (submitted === 'taken') await forget(drafts, draft)
    else if (submitted) found.push(submitted)
  }
  return found
}

/** Hands these out, as far as somebody takes them; what nobody takes now is left for the next time. @returns what was handed out now */
export async function handOutAll(
  client: StellarTrain,
  drafts: DraftStore,
  all: readonly Submitted[],
  options: GiveOptions = {},
): Promise<Resumed[]> {
  const resumed: Resumed[] = []
  for (const submitted of all) {
    try {
      const handedOut = await giveOut(client, submitted, drafts, options)
      if (handedOut) resumed.push({ submitted, handedOut })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }
  return resumed
}

/**
 * Goes on with everything that was begun here on this contract and may stand in the ledger: follows what was signed, hands out what
 * stands. Needs no signer. What cannot be handed out now is left for the next time.
 * @returns what was handed out now
 * @throws ChainFailure
 */
export const resumeDrafts = async (
  client: StellarTrain,
  drafts: DraftStore,
  { solver, ...options }: GiveOptions & Whose = {},
): Promise<Resumed[]> =>
  handOutAll(client, drafts, await followDrafts(client, drafts, { signal: options.signal, solver }), options)

export async function forget(drafts: DraftStore, draft: Draft): Promise<void> {
  await drafts.files.drop(draft)
  await drafts.originals?.drop(draft)
  await drafts.remove(draft)
}
