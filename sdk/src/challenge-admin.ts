/** What is done with a challenge after it is made, mostly by anybody: cancel, top up, settle, release, withdraw, close, open the truth. */

import {
  asSigner,
  cancelChallenge as cancelCall,
  cidFromString,
  cidToString,
  closeChallenge as closeCall,
  type InvokeOptions,
  invoke,
  releasePayment as releaseCall,
  reveal as revealCall,
  type SignerLike,
  topUp as topUpCall,
  withdrawFees as withdrawCall,
} from '@stellartrain/contracts-client'
import { toHex } from '@stellartrain/contracts-client/hex'
import { computeCid } from '@stellartrain/ipfs-content/import'
import { networkId } from '@stellartrain/ipfs-content/network'
import { encodeOpening } from '@stellartrain/ipfs-content/opening'
import { verifyTruth } from '@stellartrain/ipfs-content/seal'
import type { StellarTrain } from './client.ts'
import { readContext } from './context.ts'
import type { SubmissionRef } from './history.ts'

export type Done = { amount: bigint; hash: string; ledger: number }

/** Sends everything back to the maker, while not all oracles have accepted. */
export async function cancelChallenge(
  client: StellarTrain,
  challenge: number,
  signer: SignerLike,
  options: InvokeOptions = {},
) {
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
