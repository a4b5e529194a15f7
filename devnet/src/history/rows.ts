/** A list of rows of equal size in one buffer: many small things cost their bytes, and nothing for the collector to visit. */

const FIRST_ROWS = 1024

export class Rows {
  readonly size: number
  #bytes: Buffer
  #length = 0

  /** `size`: bytes of a row. */
  constructor(size: number) {
    this.size = size
    this.#bytes = Buffer.alloc(FIRST_ROWS * size)
  }

  get length(): number {
    return this.#length
  }

  /** The buffer that holds them now; row `n` starts at `n * size`. Not to be kept over a `push`. */
  get bytes(): Buffer {
    return this.#bytes
  }

  /** Adds a row; where it starts. Its bytes are whatever was there before. */
  push(): number {
    const at = this.#length++ * this.size
    if (at === this.#bytes.length) {
      const grown = Buffer.alloc(2 * at)
      this.#bytes.copy(grown)
      this.#bytes = grown
    }
    return at
  }

  dropFirst(count: number): void {
    this.#bytes.copyWithin(0, count * this.size, this.#length * this.size)
    this.#length -= count
  }

  /** Keeps the first rows only. */
  truncate(length: number): void {
    this.#length = length
  }
}
