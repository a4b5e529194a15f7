/** Walks the fields of a protobuf message, one after the other, without keeping them. */
import { refuse } from './refusal.ts'

const bad = (what: string): never => refuse('malformed', what)

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export class Message {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #end: number
  /** Fields that may stand once did. */
  readonly #seen = new Set<number>()
  #at: number
  #wire = 0
  field = 0

  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = from
    this.#end = end
  }

  /** Moves to the next field, whose value has to be read or skipped before the one behind it. */
  next(): boolean {
    if (this.#at === this.#end) return false
    const tag = this.#varint()
    if (tag > 0xffff_ffffn) bad('a field has a number that none can have')
    this.field = Number(tag >> 3n)
    this.#wire = Number(tag & 7n)
    if (this.field === 0 || ![0, 1, 2, 5].includes(this.#wire)) bad('a field is of no kind that there is')
    return true
  }

  /** Other readers join a message that occurs twice, or take the last: no two of them should see another file. */
  once(): this {
    if (this.#seen.has(this.field)) bad(`field ${this.field} occurs twice`)
    this.#seen.add(this.field)
    return this
  }

  skip(): void {
    if (this.#wire === 0) this.#varint()
    else if (this.#wire === 2) this.#take(this.#length())
    else this.#take(this.#wire === 1 ? 8 : 4)
  }

  bytes(): Uint8Array {
    this.#expect(2)
    const length = this.#length()
    const from = this.#take(length)
    return this.#bytes.subarray(from, from + length)
  }

  message(): Message {
    this.#expect(2)
    const length = this.#length()
    const from = this.#take(length)
    return new Message(this.#bytes, from, from + length)
  }

  text(): string {
    const bytes = this.bytes()
    if (bytes.length > MOST_NAME) refuse('too_large', `a name has ${bytes.length} bytes, at most ${MOST_NAME} are read`)
    try {
      return decoder.decode(bytes)
    } catch {
      return bad('a name is not UTF-8')
    }
  }

  /** Signed, of 64 bits; beyond 2^53 it is rounded, which no size that is read here comes near. */
  int(): number {
    this.#expect(0)
    return Number(BigInt.asIntN(64, this.#varint()))
  }

  float(): number {
    this.#expect(5)
    return this.#view.getFloat32(this.#take(4), true)
  }

  /** Of a repeated field of integers, which may be packed. */
  ints(each: (value: number) => void): void {
    if (this.#wire === 0) {
      each(this.int())
      return
    }
    const packed = this.message()
    while (packed.#at < packed.#end) each(Number(BigInt.asIntN(64, packed.#varint())))
  }

  /** How many elements of so many bytes a repeated field, which may be packed, adds. */
  fixed(bytes: 4 | 8): number {
    if (this.#wire !== 2) {
      this.#expect(bytes === 4 ? 5 : 1)
      this.#take(bytes)
      return 1
    }
    const { length } = this.bytes()
    if (length % bytes !== 0) bad('packed numbers are cut off')
    return length / bytes
  }

  #expect(wire: number): void {
    if (this.#wire !== wire) bad(`field ${this.field} has the wrong kind of value`)
  }

  #take(length: number): number {
    const from = this.#at
    if (length > this.#end - from) bad('it is cut off')
    this.#at += length
    return from
  }

  #length(): number {
    const length = this.#varint()
    return length > 0x7fff_ffffn ? bad('a length is larger than any file') : Number(length)
  }

  #varint(): bigint {
    let [low, high] = [0, 0]
    for (let i = 0; i < 10; i++) {
      const byte = this.#bytes[this.#take(1)]!
      const bits = byte & 0x7f
      // 28 bits below, and the rest above them.
      if (i < 4) low |= bits << (7 * i)
      else high += bits * 2 ** (7 * (i - 4))
      if (byte < 0x80) return high === 0 ? BigInt(low) : BigInt.asUintN(64, (BigInt(high) << 28n) | BigInt(low))
    }
    return bad('a number has more than ten bytes')
  }
}

/** Names of values, operators and attributes. Texts that are data have no such limit. */
const MOST_NAME = 1024
