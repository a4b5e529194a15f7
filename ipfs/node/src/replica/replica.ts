/** A second home for everything that is pinned here: what it must be able to do, and what can go wrong with it. */

export type Replica = {
  /** For /status: what it is and where. */
  about: { kind: string; url: string }
  /** Whether it keeps this content, whole, for good. @throws ReplicaError */
  has: (cid: string, signal: AbortSignal) => Promise<boolean>
  /** Gives it a CAR archive and makes it keep the root; resolves once it says so. Repeating it is harmless. @throws ReplicaError */
  put: (cid: string, archive: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<void>
  /** Makes it keep the root no longer, unless somebody gave the pin a name of their own. Repeating it is harmless. @throws ReplicaError */
  drop: (cid: string, signal: AbortSignal) => Promise<void>
}

/** `unreachable`: it does not answer, nothing can be copied. `refused`: it does not take this content. `unreadable`: we cannot give it. */
export type ReplicaErrorCode = 'unreachable' | 'refused' | 'unreadable'

export class ReplicaError extends Error {
  override readonly name = 'ReplicaError'
  readonly code: ReplicaErrorCode

  constructor(code: ReplicaErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.code = code
  }
}
