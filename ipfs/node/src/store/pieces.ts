/**
 * A stream cut into pieces of a block's size, in memory that is used again: fresh memory for every block would have V8 go through its whole
 * heap after every few of them, which took more time than hashing.
 */

export type Pieces = {
  /** The last piece may be shorter. */
  cut(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>
  /** A piece that nobody reads any more, as it was yielded; anything else is left alone. */
  giveBack(piece: Uint8Array): void
}

/** @param size of a piece, bytes */
export function createPieces(size: number): Pieces {
  const lent = new Set<Uint8Array>()
  const free: Uint8Array<ArrayBuffer>[] = []
  return {
    async *cut(source) {
      let piece: Uint8Array<ArrayBuffer> | undefined
      let filled = 0
      for await (const bytes of source) {
        for (let at = 0; at < bytes.length; ) {
          piece ??= free.pop() ?? new Uint8Array(size)
          const part = bytes.subarray(at, at + size - filled)
          piece.set(part, filled)
          filled += part.length
          at += part.length
          if (filled < size) continue
          lent.add(piece)
          yield piece
          piece = undefined
          filled = 0
        }
      }
      if (piece && filled > 0) yield piece.subarray(0, filled)
    },
    giveBack(piece) {
      if (lent.delete(piece)) free.push(piece as Uint8Array<ArrayBuffer>)
    },
  }
}
