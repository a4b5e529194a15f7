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
  purseOf,
  releasePayment as releaseCall,
  reveal as revealCall,
  type SignerLike,
  settle as settleCall,
  topUp as topUpCall,
  withdrawFees as withdrawCall,
} from '@stellartrain/contracts-client'
import { toHex } from '@stellartrain/contracts-client/hex'
import { type Closing, closing, mayCancel, mayClose, maySettle } from '@stellartrain/contracts-client/rules'
import { toDecimal } from '@stellartrain/contracts-client/units'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { networkId } from '@stellartrain/ipfs-content/network'
import { encodeOpening } from '@stellartrain/ipfs-content/opening'
import { checkTruthCommitment } from '@stellartrain/ipfs-content/seal'
import type { StellarTrain } from '../system/client.ts'
import { capital, counted, partOf } from '../system/counted.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { type ChallengeFacts, readContext, readFacts } from './context.ts'
import { readDue, readRulesFacts } from './due.ts'
import { truthFormHash } from './forms.ts'
import type { SubmissionRef } from './history.ts'
import { namedFrom } from './numbers.ts'

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
  const { challenge: frozen, phase, terms } = await readFacts(client, challenge, { signal: options.signal })
  if (phase === 'accepting' && !mayCancel(phase, signer.address === frozen.maker))
    throw new UserError(
      'not_yours',
      `Only the maker ${frozen.maker} can cancel challenge ${challenge} before ${isoTime(terms.acceptBy)}.`,
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

export type Settled = { /** Concluded or passed over by this call. */ numbers: number[]; hash: string; ledger: number }

/**
 * Concludes and pays what has its verdict, and passes over what the queue has waited for long enough; anyone may. Up to 40 at once,
 * the lowest numbers first.
 * @throws UserError `nothing_owed` where all are final, `nothing_to_settle` while votes are missing; ContractError, ChainFailure
 */
export async function settleSubmissions(
  client: StellarTrain,
  challenge: number,
  signer: SignerLike,
  options: InvokeOptions = {},
): Promise<Settled> {
  const { signal } = options
  const facts = await readFacts(client, challenge, { signal })
  const { state } = facts
  if (!maySettle(facts.phase))
    throw new UserError('not_open', `Challenge ${challenge} has not opened, so there is nothing to settle.`)
  if (state.concluded === state.submitted)
    throw new UserError(
      'nothing_owed',
      state.submitted === 0
        ? `Challenge ${challenge} has no submissions.`
        : `${capital(partOf(state.submitted, state.submitted, 'submission'))} of challenge ${challenge} ${state.submitted === 1 ? 'is' : 'are'} final.`,
    )
  const due = await readDue(client, facts, BATCH, { signal })
  if (due.length === 0)
    throw new UserError(
      'nothing_to_settle',
      `None of the ${counted(state.submitted - state.concluded, 'open submission')} of challenge ${challenge} can be settled now: their votes are missing, or an earlier one comes first.`,
    )
  const submissions = due.map(({ solver, attempt }) => ({ solver, attempt, hold: false }))
  const { hash, ledger } = await invoke(client.chain, settleCall({ challenge, submissions }), signer, options)
  return { numbers: due.map(({ number }) => number), hash, ledger }
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

/**
 * What `close` would send the maker now, and what stays because somebody can still win it.
 * @throws UserError `not_open` before it may be called, `nothing_to_close` where nothing would be sent; as `closeChallenge` refuses
 */
export async function readClosing(
  client: StellarTrain,
  challenge: number,
  { signal }: AbortOptions = {},
): Promise<Closing> {
  const facts = await readFacts(client, challenge, { signal })
  const now = facts.clock.closedAt
  const sent = closing(facts.terms, await readRulesFacts(client, facts, { signal }), purseOf(facts.state), now)
  if (!sent) throw new UserError('not_open', refusesClose(facts) ?? `Challenge ${challenge} cannot be closed yet.`)
  if (sent.total === 0n) {
    const kept = sent.keptPrize + sent.keptBudget
    const { decimals, code } = facts.token
    const why =
      kept === 0n
        ? `challenge ${challenge} holds nothing that is the maker's`
        : `${toDecimal(kept, decimals)} ${code} stays for what can still be won, or is owed`
    throw new UserError('nothing_to_close', `Close would send nothing: ${why}.`)
  }
  return sent
}

/** Why `close` is refused now, with the time from which it is not; undefined where it is taken. */
function refusesClose({ id, terms, phase }: Pick<ChallengeFacts, 'id' | 'terms' | 'phase'>): string | undefined {
  if (mayClose(phase)) return undefined
  if (phase === 'cancelled') return `Challenge ${id} was cancelled: everything went back to the maker.`
  if (phase === 'lapsed')
    return `Challenge ${id} never started, because not all oracles accepted in time: cancel sends everything back to the maker.`
  const from = isoTime(terms.deadline)
  const sooner = terms.payout.rule === 'bounty' ? ', or as soon as the bounty has its last winner' : ''
  const cancel = phase === 'accepting' ? ' Until every oracle has accepted, the maker can cancel instead.' : ''
  return `Challenge ${id} cannot be closed yet. It can be closed from its deadline on, ${from}${sooner}.${cancel}`
}

/**
 * Sends the maker what nobody can win any more; anyone may call, repeatedly.
 * @throws UserError `not_open` before it may be called; ContractError, ChainFailure
 */
export async function closeChallenge(
  client: StellarTrain,
  challenge: number,
  signer: SignerLike,
  options: InvokeOptions = {},
) {
  const refused = refusesClose(await readFacts(client, challenge, { signal: options.signal }))
  if (refused) throw new UserError('not_open', refused)
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
  const { manifest, id, challenge: frozen } = await readContext(client, input.challenge, { signal })
  const truth = new Uint8Array(input.truth)
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract }
  const formHash = await truthFormHash(manifest, truth)
  await checkTruthCommitment(frozen.terms.truth, { ...place, maker: frozen.maker, salt: input.salt, formHash })
  const opening = encodeOpening({
    format: 'stellartrain/opening',
    version: 1,
    ...place,
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
