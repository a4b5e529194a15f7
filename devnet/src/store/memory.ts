/** A chain in memory: records packed into chunks, so that many small ones cost no more than their bytes. */
import type { Place, Store } from './store.ts'

const CHUNK_BYTES = 1024 * 1024

export class MemoryStore implements Store {
  readonly #chunks = new Map<number, Buffer>()
  #oldest = 1
  #newest = 0
  /** Bytes taken in the newest chunk. */
  #used = 0

  async open(): Promise<undefined> {}

  async begin(record: Uint8Array): Promise<Place> {
    return this.append(1, record)
  }

  append(_sequence: number, record: Uint8Array): Place {
    let chunk = this.#chunks.get(this.#newest)
    if (!chunk || this.#used + record.length > chunk.length) {
      chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, record.length))
      this.#chunks.set(++this.#newest, chunk)
      this.#used = 0
    }
    const place = { file: this.#newest, offset: this.#used, length: record.length }
    chunk.set(record, place.offset)
    this.#used += place.length
    return place
  }

  read({ file, offset, length }: Place): Buffer {
    const chunk = this.#chunks.get(file)
    if (!chunk) throw new RangeError(`chunk ${file} has been forgotten`)
    return chunk.subarray(offset, offset + length)
  }

  forget({ file }: Place): void {
    for (; this.#oldest < file; this.#oldest++) this.#chunks.delete(this.#oldest)
  }

  rewind({ file, offset, length }: Place): void {
    for (; this.#newest > file; this.#newest--) this.#chunks.delete(this.#newest)
    this.#used = offset + length
  }

  async close(): Promise<void> {}
}
