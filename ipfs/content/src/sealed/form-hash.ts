/** The hash of a canonical form by its chunks, so that a form can be checked a part at a time (docs/formats.md, Commitments). */
import { sha256 } from '@noble/hashes/sha2.js'

export const FORM_CHUNK_BYTES = 65_536

/** Takes bytes piece by piece; `digest` ends it. What `node:crypto`'s `createHash('sha256')` gives fits. */
export type Hasher = { update(bytes: Uint8Array): unknown; digest(): Uint8Array }

/**
 * SHA-256 of the SHA-256 hashes of the form's chunks of 64 KiB, all but the last full; of nothing, for a form of no bytes.
 * Synchronous and in constant memory, so that a writer of canonical forms can write into it.
 * @param createHash another SHA-256, where there is a faster one
 */
export function createFormHasher(createHash: () => Hasher = () => sha256.create()): Hasher {
  const whole = createHash()
  let chunk = createHash()
  let filled = 0
  const endChunk = () => {
    whole.update(chunk.digest())
    chunk = createHash()
    filled = 0
  }
  return {
    update(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const part = bytes.subarray(at, at + FORM_CHUNK_BYTES - filled)
        chunk.update(part)
        filled += part.length
        at += part.length
        if (filled === FORM_CHUNK_BYTES) endChunk()
      }
    },
    digest() {
      if (filled > 0) endChunk()
      return new Uint8Array(whole.digest())
    },
  }
}

/** The same for a form in memory. */
export function formHash(form: Uint8Array): Uint8Array {
  const hasher = createFormHasher()
  hasher.update(form)
  return hasher.digest()
}
