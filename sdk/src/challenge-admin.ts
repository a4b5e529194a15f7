/** What is done with a challenge after it is made, mostly by anyone: cancel, top up, settle, release, withdraw, close, extend, open the truth. */

import {
  asSigner,
  cancelChallenge as cancelCall,
  cidFromString,
  cidToString,
  closeChallenge as closeCall,
  extendLifetimes as extendCall,
  type InvokeOptions,
  invoke,
  releasePayment as releaseCall,
  reveal as revealCall,
  type SignerLike,
  settle as settleCall,
  topUp as topUpCall,
  view,
  views,
  withdrawFees as withdrawCall,
} from '@stellartrain/contracts-client'
import { toHex } from '@stellartrain/contracts-client/hex'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { networkId } from '@stellartrain/ipfs-content/network'
import { encodeOpening } from '@stellartrain/ipfs-content/opening'
import { verifyTruth } from '@stellartrain/ipfs-content/seal'
import type { StellarTrain } from './client.ts'
import { readContext, readFacts } from './context.ts'
import { locate, readHistory, type SubmissionRef } from './history.ts'
import type { AbortOptions } from './options.ts'
import { UserError } from './problems.ts'

export type Done = { amount: bigint; hash: string; ledger: number }

/**
 * Sends everything back to the maker, while not all oracles have accepted.
 * @throws UserError `not_yours` while only the maker may; ContractError, ChainFailure
 */
export async function cancelChallenge(
  client: StellarTrain,
  challenge: number,
  signerLike: SignerLike,
  options: InvokeOptions = {},
) {
  const signer = asSigner(signerLike)
  const { challenge: frozen, clock, phase } = await readFacts(client, challenge, { signal: options.signal })
  const until = frozen.terms.accept_by
  if (phase === 'awaiting_oracles' && signer.address !== frozen.maker && BigInt(clock.closedAt) < until)
    throw new UserError(
      'not_yours',
      `Only the maker ${frozen.maker} can cancel challenge ${challenge} before ${new Date(Number(until) * 1_000).toISOString()}.`,
    )
  return done(await invoke(client.chain, cancelCall({ challenge }), signer, options))
}

/**
 * Adds to the prize, where units or earnings are paid, and to the fee budget, until the deadline; anyone may. Base units.
 * @throws ContractError `EscrowNotTakenHere` where the whole prize is locked from the start
 */
export async function addMoney(
  client: StellarTrain,
  challenge: number,
  { prize, fees }: { prize: bigint; fees: bigint },
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<Done> {
  const signer = asSigner(signerLike)
  const call = topUpCall({ from: signer.address, challenge, escrow: prize, fees })
  const { hash, ledger } = await invoke(client.chain, call, signer, options)
  return { amount: prize + fees, hash, ledger }
}

/** Sends all that a submission is still owed; anyone may call. */
export async function releasePayment(
  client: StellarTrain,
  ref: SubmissionRef,
  signer: SignerLike,
  options: InvokeOptions = {},
) {
  return done(await invoke(client.chain, releaseCall(ref), signer, options))
}

/** Submissions that one call takes. */
const BATCH = 40

/**
 * Makes final, in order, the submissions that have their votes, and pays them; anyone may. Up to 40 at once.
 * @throws UserError `nothing_owed` where all are final; ContractError `NothingToSettle` while votes are missing; ChainFailure
 */
export async function settleSubmissions(
  client: StellarTrain,
  challenge: number,
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<{ from: number; to: number; hash: string; ledger: number }> {
  const { signal } = options
  const { state } = await readFacts(client, challenge, { signal })
  const next = state.finalized + 1
  if (next > state.submitted)
    throw new UserError('nothing_owed', `All ${state.submitted} submissions of challenge ${challenge} are final.`)
  const last = Math.min(state.submitted, state.finalized + BATCH)
  const submissions = await namedFrom(client, challenge, next, last, { signal })
  const call = settleCall({ challenge, submissions: submissions.map((one) => ({ ...one, hold: false })) })
  const { hash, ledger } = await invoke(client.chain, call, signer, options)
  const after = await view(client.chain, views.state({ challenge }), { signal })
  return { from: next, to: after.finalized, hash, ledger }
}

/**
 * Extends the lifetimes of a challenge and of all its submissions to the network's maximum; anyone may, for the rent.
 * @throws UserError `not_found` where the RPC no longer knows who submitted; ContractError, ChainFailure
 */
export async function extendLifetimes(
  client: StellarTrain,
  challenge: number,
  signer: SignerLike,
  options: InvokeOptions & { onBatch?: (hash: string, done: number, of: number) => void } = {},
): Promise<{ submissions: number; transactions: string[] }> {
  const { onBatch = () => {}, signal } = options
  const { state } = await readFacts(client, challenge, { signal })
  const all = await namedFrom(client, challenge, 1, state.submitted, { signal })
  const transactions: string[] = []
  for (let start = 0; start === 0 || start < all.length; start += BATCH) {
    const call = extendCall({ challenge, submissions: all.slice(start, start + BATCH) })
    const { hash } = await invoke(client.chain, call, signer, options)
    transactions.push(hash)
    onBatch(hash, Math.min(all.length, start + BATCH), all.length)
  }
  return { submissions: all.length, transactions }
}

/** Who made the submissions with these numbers. */
async function namedFrom(
  client: StellarTrain,
  challenge: number,
  first: number,
  last: number,
  { signal }: AbortOptions,
): Promise<{ solver: string; attempt: number }[]> {
  const history = await readHistory(client, challenge, { signal })
  const named: { solver: string; attempt: number }[] = []
  for (let number = first; number <= last; number++) {
    const { solver, attempt } = await locate(client, challenge, number, { signal, history })
    named.push({ solver, attempt })
  }
  return named
}

/** Sends an oracle what it earned in a challenge; anyone may call. */
export async function withdrawFees(
  client: StellarTrain,
  challenge: number,
  oracle: string,
  signer: SignerLike,
  options: InvokeOptions = {},
) {
  return done(await invoke(client.chain, withdrawCall({ challenge, oracle }), signer, options))
}

/** Sends the maker what the rules left; anyone may call, repeatedly. */
export async function closeChallenge(
  client: StellarTrain,
  challenge: number,
  signer: SignerLike,
  options: InvokeOptions = {},
) {
  return done(await invoke(client.chain, closeCall({ challenge }), signer, options))
}

/**
 * Opens the truth after the end, in the caller's own slot. A maker needs the truth file and the salt that preparing returned.
 * @throws ContentError `commitment_mismatch` before anything is uploaded
 */
export async function openTruth(
  client: StellarTrain,
  input: { challenge: number; truth: Uint8Array; salt: Uint8Array },
  signerLike: SignerLike,
  options: InvokeOptions = {},
): Promise<{ cid: string; hash: string; ledger: number }> {
  const { signal } = options
  const signer = asSigner(signerLike)
  const { manifest, id } = await readContext(client, input.challenge, { signal })
  const truth = new Uint8Array(input.truth)
  await verifyTruth(truth, input.salt, manifest.truth.commitment)
  const opening = encodeOpening({
    format: 'stellartrain/opening',
    version: 1,
    network: await networkId(client.config.passphrase),
    contract: client.config.contract,
    challenge: id,
    by: signer.address,
    truth: { cid: await computeCid(truth), bytes: truth.length, salt: toHex(input.salt) },
    submissions: [],
  })
  await client.sessions.upload(truth, signer, { signal })
  const cid = await client.sessions.upload(opening, signer, { signal })
  const call = revealCall({ revealer: signer.address, challenge: id, truth: cidFromString(cid) })
  const { hash, ledger } = await invoke(client.chain, call, signer, options)
  return { cid: cidToString(cidFromString(cid)), hash, ledger }
}

const done = (receipt: { returnValue: bigint; hash: string; ledger: number }): Done => ({
  amount: receipt.returnValue,
  hash: receipt.hash,
  ledger: receipt.ledger,
})
