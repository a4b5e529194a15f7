/** SHA-256 where no other is injected: synchronous and streaming in every browser, where the platform's own is neither. */
import { sha256 } from '@noble/hashes/sha2.js'

/** Takes bytes piece by piece; `digest` ends it. `node:crypto`'s `createHash('sha256')` fits. */
export interface Hasher {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

export type CreateHash = () => Hasher

export const createSha256: CreateHash = () => sha256.create()
