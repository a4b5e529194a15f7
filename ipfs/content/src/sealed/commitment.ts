/** The two commitments that stand on-chain as 32 bytes: of a truth before anybody submits, of a submission when it is made. */
import { concat, sameBytes, sha256 } from '../encoding/bytes.ts'
import type { Place, SubmissionPlace, TruthPlace } from '../encoding/network.ts'
import { addressXdr, bytes32, networkBytes, u32 } from '../encoding/preimage.ts'
import { ContentError } from '../errors.ts'

const VERSION = 1

/** `salt` is the truth's 32 bytes; `formHash` is of its canonical form, as `createFormHasher` gives it. */
export type CommittedTruth = TruthPlace & { salt: Uint8Array; formHash: Uint8Array }
/** `nonce` is the 32 bytes inside the sealed file; `formHash` is of the content's canonical form. */
export type CommittedSubmission = SubmissionPlace & { nonce: Uint8Array; formHash: Uint8Array }

/** SHA-256(1 ‖ network ‖ contract ‖ maker ‖ salt ‖ form hash). @throws ContentError `bad_address`, `bad_binding` */
export async function commitTruth(of: CommittedTruth): Promise<Uint8Array<ArrayBuffer>> {
  return commit(of, [addressXdr(of.maker), bytes32(of.salt, 'salt of a truth')], of.formHash)
}

/** SHA-256(1 ‖ network ‖ contract ‖ challenge ‖ solver ‖ nonce ‖ form hash). @throws ContentError `bad_address`, `bad_binding` */
export async function commitSubmission(of: CommittedSubmission): Promise<Uint8Array<ArrayBuffer>> {
  return commit(of, [u32(of.challenge), addressXdr(of.solver), bytes32(of.nonce, 'nonce')], of.formHash)
}

/** Whether this is the truth that the terms committed to. @throws ContentError `commitment_mismatch` */
export async function checkTruthCommitment(commitment: Uint8Array, of: CommittedTruth): Promise<void> {
  if (sameBytes(commitment, await commitTruth(of))) return
  throw new ContentError('commitment_mismatch', 'The truth is not the one that the challenge committed to.')
}

/**
 * Whether this content is what its solver committed to. A commitment of zeros is none and fits everything.
 * @throws ContentError `commitment_mismatch`, a reason to reject
 */
export async function checkSubmissionCommitment(commitment: Uint8Array, of: CommittedSubmission): Promise<void> {
  if (bytes32(commitment, 'commitment').every((byte) => byte === 0)) return
  if (sameBytes(commitment, await commitSubmission(of))) return
  throw new ContentError('commitment_mismatch', 'The content is not what its solver committed to on-chain.')
}

function commit({ network, contract }: Place, inside: Uint8Array[], formHash: Uint8Array) {
  const place = [Uint8Array.of(VERSION), networkBytes(network), addressXdr(contract)]
  return sha256(concat([...place, ...inside, bytes32(formHash, 'hash of a canonical form')]))
}
