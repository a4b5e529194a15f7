/** Numbers found by hashes: hashes come in at one end, and leave at either. */
import { Rows } from './rows.ts'

const HASH = 32
/** A hash and its number. */
const ROW = HASH + 8
const EMPTY = -1

export class HashIndex {
  readonly #rows = new Rows(ROW)
  /** Row numbers, at a place that the hash's first bytes give, or the next free one after it. */
  #slots = new Int32Array(4096).fill(EMPTY)

  get length(): number {
    return this.#rows.length
  }

  /** Adds a hash, of 64 hexadecimal digits, behind the others; of equal ones the newest is found. */
  add(hash: string, value: number): void {
    const row = this.#rows.length
    const at = this.#rows.push()
    this.#rows.bytes.write(hash, at, HASH, 'hex')
    this.#rows.bytes.writeDoubleLE(value, at + HASH)
    if (2 * this.#rows.length > this.#slots.length) this.#rebuild()
    else this.#place(row)
  }

  get(hash: string): number | undefined {
    if (hash.length !== 2 * HASH) return undefined
    const wanted = Buffer.from(hash, 'hex')
    if (wanted.length !== HASH) return undefined
    const row = this.#slots[this.#find(wanted, 0)]!
    return row === EMPTY ? undefined : this.#rows.bytes.readDoubleLE(row * ROW + HASH)
  }

  dropFirst(count: number): void {
    if (count === 0) return
    this.#rows.dropFirst(count)
    this.#rebuild()
  }

  dropLast(count: number): void {
    if (count === 0) return
    this.#rows.truncate(this.#rows.length - count)
    this.#rebuild()
  }

  /** The slot that holds this hash, or the free one where it would be. */
  #find(bytes: Buffer, offset: number): number {
    const mask = this.#slots.length - 1
    for (let slot = bytes.readUInt32LE(offset) & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot]!
      if (row === EMPTY) return slot
      const start = row * ROW
      if (this.#rows.bytes.compare(bytes, offset, offset + HASH, start, start + HASH) === 0) return slot
    }
  }

  #place(row: number): void {
    this.#slots[this.#find(this.#rows.bytes, row * ROW)] = row
  }

  /** Room for as many again as there are. */
  #rebuild(): void {
    let slots = 4096
    while (slots < 4 * this.#rows.length) slots *= 2
    if (slots === this.#slots.length) this.#slots.fill(EMPTY)
    else this.#slots = new Int32Array(slots).fill(EMPTY)
    for (let row = 0; row < this.#rows.length; row++) this.#place(row)
  }
}
