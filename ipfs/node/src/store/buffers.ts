/**
 * Memory for blocks that are read to be sent, used again once they are: fresh memory for each would have V8 go through its whole heap
 * after every few of them, which took more time than reading and hashing.
 */

export type Buffers = {
  /** Bytes of some answer before; as long as a block of our profile. */
  take(): Uint8Array<ArrayBuffer>
  /** A part of what was taken that nobody reads any more; anything else is left alone. */
  giveBack(bytes: Uint8Array): void
}

/** @param size of each, bytes @param most that are kept while nobody needs them */
export function createBuffers(size: number, most: number): Buffers {
  const lent = new WeakMap<ArrayBufferLike, Uint8Array<ArrayBuffer>>()
  const free: Uint8Array<ArrayBuffer>[] = []
  return {
    take() {
      const one = free.pop() ?? new Uint8Array(size)
      lent.set(one.buffer, one)
      return one
    },
    giveBack({ buffer }) {
      const one = lent.get(buffer)
      if (one === undefined) return
      lent.delete(buffer)
      if (free.length < most) free.push(one)
    },
  }
}
