/** The shares of a challenge key: the private half, sealed to every oracle of the challenge and kept on-chain (docs/formats.md, Shares). */

import { concat, sameBytes } from '../encoding/bytes.ts'
import type { ChallengePlace } from '../encoding/network.ts'
import { bytes32, challengeBytes } from '../encoding/preimage.ts'
import { ContentError } from '../errors.ts'
import { type AgeKey, ageDecrypt, ageEncrypt, ageKeyFromSecret, recipientFromKey, secretFromIdentity } from './age.ts'

/** The contract refuses more. Five oracles need 701. */
export const SHARES_MAX_BYTES = 1024

const VERSION = 1
/** Where each field ends: version, network, contract, challenge, private half. */
const [NETWORK, CONTRACT, CHALLENGE, END] = [33, 73, 77, 109] as const

/**
 * Seals the private half to the registered keys (32 bytes each) of all oracles of the challenge.
 * @param options.identity `AGE-SECRET-KEY-1…` of the challenge key, as `deriveChallengeKey` gives it
 * @throws ContentError `bad_key`, `bad_address`, `bad_binding`; `too_large` for more oracles than a challenge can have
 */
export async function sealShares(options: {
  identity: string
  place: ChallengePlace
  oracleKeys: readonly Uint8Array[]
}): Promise<Uint8Array<ArrayBuffer>> {
  const { identity, place, oracleKeys } = options
  const plain = concat([head(place), secretFromIdentity(identity)])
  const shares = await ageEncrypt(plain, oracleKeys.map(recipientFromKey))
  if (shares.length > SHARES_MAX_BYTES) {
    throw new ContentError(
      'too_large',
      `The shares have ${shares.length} bytes, the contract takes ${SHARES_MAX_BYTES}.`,
    )
  }
  return shares
}

/**
 * Opens the shares as an oracle must before it accepts: inside are this network, contract and challenge, and a private half whose
 * public half is the challenge's key, byte for byte.
 * @param options.identity `AGE-SECRET-KEY-1…` of this oracle's own key version
 * @param options.expected where the shares were found, and the challenge's public key (32 bytes)
 * @throws ContentError `too_large`, `not_sealed`, `not_a_recipient`, `bad_container`, `other_network`, `other_contract`,
 * `other_challenge`, `other_key`: an oracle does not accept on any of them
 */
export async function openShares(options: {
  shares: Uint8Array
  identity: string
  expected: ChallengePlace & { key: Uint8Array }
}): Promise<AgeKey> {
  const { shares, identity, expected } = options
  bytes32(expected.key, 'challenge key')
  const wanted = head(expected)
  if (shares.length > SHARES_MAX_BYTES) {
    throw new ContentError('too_large', `The shares are larger than ${SHARES_MAX_BYTES} bytes.`)
  }
  const plain = await ageDecrypt(shares, [identity])
  if (plain.length !== END || plain[0] !== VERSION) {
    throw new ContentError('bad_container', 'The shares opened, but they are not laid out as expected.')
  }
  const same = (from: number, to: number) => sameBytes(plain.subarray(from, to), wanted.subarray(from, to))
  if (!same(1, NETWORK)) throw mismatch('other_network', 'network')
  if (!same(NETWORK, CONTRACT)) throw mismatch('other_contract', 'contract')
  if (!same(CONTRACT, CHALLENGE)) throw mismatch('other_challenge', 'challenge')
  const key = await ageKeyFromSecret(plain.subarray(CHALLENGE))
  if (!sameBytes(key.key, expected.key)) {
    throw new ContentError('other_key', 'The shares hold the private half of another key than the challenge names.')
  }
  return key
}

function head(place: ChallengePlace): Uint8Array<ArrayBuffer> {
  return concat([Uint8Array.of(VERSION), challengeBytes(place)])
}

function mismatch(code: 'other_network' | 'other_contract' | 'other_challenge', what: string): ContentError {
  return new ContentError(code, `The shares were sealed for another ${what}.`)
}
