/**
 * Reads a contract value (ScVal) from its XDR bytes into plain JavaScript: numbers up to 32 bits as `number`, wider ones
 * as `bigint`, bytes as Uint8Array, maps with symbol keys as objects. A decoder of its own because an indexer decodes
 * every event that ever was, and because a page that only reads needs nothing else of the Stellar SDK.
 */
import { accountAddress, contractAddress } from './strkey.ts'

export type Plain = null | boolean | number | bigint | string | Uint8Array | Plain[] | { [key: string]: Plain }

/** Nesting deeper than this is no value of ours. */
const MAX_DEPTH = 32

/** @throws RangeError or TypeError when the bytes are no ScVal that contracts of ours use. */
export function readScVal(input: Uint8Array | string): Plain {
  const bytes = typeof input === 'string' ? fromBase64(input) : input
  const reader = new Reader(bytes)
  const value = reader.value(0)
  if (reader.at !== bytes.length) throw new RangeError('bytes after the end of a contract value')
  return value
}

const text = new TextDecoder()

/** Names of fields and events, which are ASCII and short: a decoder of UTF-8 takes longer to be called than to be done without. */
function symbolOf(bytes: Uint8Array): string {
  let name = ''
  for (const byte of bytes) {
    if (byte > 127) return text.decode(bytes)
    name += CHARACTERS[byte]!
  }
  return name
}

const CHARACTERS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

class Reader {
  at = 0
  private readonly bytes: Uint8Array
  private readonly view: DataView

  constructor(bytes: Uint8Array) {
    // Parts of a Buffer would be Buffers, which take longer to make.
    this.bytes = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  value(depth: number): Plain {
    if (depth > MAX_DEPTH) throw new RangeError('a contract value is nested too deeply')
    const type = this.u32()
    switch (type) {
      case 0:
        return this.u32() !== 0
      case 1:
        return null
      case 3:
        return this.u32()
      case 4:
        return this.i32()
      case 5:
      case 7:
      case 8:
        return this.u64()
      case 6:
        return this.i64()
      case 9:
        return (this.u64() << 64n) | this.u64()
      case 10:
        return (this.i64() << 64n) | this.u64()
      case 13:
        return this.opaque().slice()
      case 14:
        return text.decode(this.opaque())
      case 15:
        return symbolOf(this.opaque())
      case 16:
        return this.u32() === 0 ? null : this.vec(depth)
      case 17:
        return this.u32() === 0 ? null : this.map(depth)
      case 18:
        return this.address()
      default:
        throw new TypeError(`a contract value of kind ${type} is not used by our contracts`)
    }
  }

  private vec(depth: number): Plain[] {
    const length = this.count(4)
    const items: Plain[] = []
    for (let index = 0; index < length; index++) items.push(this.value(depth + 1))
    return items
  }

  private map(depth: number): { [key: string]: Plain } {
    const length = this.count(8)
    const entries: { [key: string]: Plain } = {}
    for (let index = 0; index < length; index++) {
      const key = this.value(depth + 1)
      if (typeof key !== 'string')
        throw new TypeError('a map with keys that are not symbols is not used by our contracts')
      entries[key] = this.value(depth + 1)
    }
    return entries
  }

  private address(): string {
    const kind = this.u32()
    if (kind === 1) return contractAddress(this.take(32))
    if (kind !== 0) throw new TypeError(`an address of kind ${kind} is not used by our contracts`)
    this.u32() // Kind of public key; Ed25519 is the only one there is.
    return accountAddress(this.take(32))
  }

  private u32(): number {
    const value = this.view.getUint32(this.at)
    this.at += 4
    return value
  }

  private i32(): number {
    const value = this.view.getInt32(this.at)
    this.at += 4
    return value
  }

  private u64(): bigint {
    const value = this.view.getBigUint64(this.at)
    this.at += 8
    return value
  }

  private i64(): bigint {
    const value = this.view.getBigInt64(this.at)
    this.at += 8
    return value
  }

  /** A length that the remaining bytes can hold, so that a false one allocates nothing. */
  private count(smallest: number): number {
    const length = this.u32()
    if (length * smallest > this.bytes.length - this.at) throw new RangeError('a contract value is cut off')
    return length
  }

  private opaque(): Uint8Array {
    const length = this.count(1)
    const bytes = this.take(length)
    this.at += (4 - (length % 4)) % 4
    return bytes
  }

  private take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError('a contract value is cut off')
    const bytes = this.bytes.subarray(this.at, this.at + length)
    this.at += length
    return bytes
  }
}

/** Base64 by what the platform has: Buffer is the fastest on Node, fromBase64 in newer browsers, atob everywhere. */
export function fromBase64(base64: string): Uint8Array {
  const native = Uint8Array as { fromBase64?: (text: string) => Uint8Array }
  if (typeof Buffer !== 'undefined') return Buffer.from(base64, 'base64')
  if (native.fromBase64) return native.fromBase64(base64)
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
