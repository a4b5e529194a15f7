/** The key that submissions of one challenge are sealed to, made by its first oracle and derived, so that it need not be stored. */

import { concat } from '../encoding/bytes.ts'
import type { ChallengePlace } from '../encoding/network.ts'
import { challengeBytes } from '../encoding/preimage.ts'
import { type AgeKey, ageKeyFromSecret, secretFromIdentity } from './age.ts'

const VERSION = 1

/**
 * The challenge key of the oracle that accepts first: HKDF-SHA256 with no salt, input key = the 32 private bytes of the key version
 * that it accepts with, info = 0x01 ‖ network (32 bytes) ‖ XDR of the contract's ScVal address (40 bytes) ‖ challenge (`u32`,
 * big-endian), 32 bytes out: the X25519 private half. `key` of the result is the public half, as the contract stores it.
 * @param identity `AGE-SECRET-KEY-1…` of the oracle's key version
 * @throws ContentError `bad_key`, `bad_address`, `bad_binding`
 */
export async function deriveChallengeKey(identity: string, place: ChallengePlace): Promise<AgeKey> {
  const material = await crypto.subtle.importKey('raw', secretFromIdentity(identity), 'HKDF', false, ['deriveBits'])
  const info = concat([Uint8Array.of(VERSION), challengeBytes(place)])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info }
  return ageKeyFromSecret(new Uint8Array(await crypto.subtle.deriveBits(how, material, 256)))
}
