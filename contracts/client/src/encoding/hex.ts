/** Bytes as hexadecimal text. */
import { hex } from '@scure/base'

/** By what the platform has: an indexer writes some hashes of every event that ever was. */
export function toHex(bytes: Uint8Array): string {
  if (typeof Buffer === 'undefined') return hex.encode(bytes)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** @throws RangeError unless `text` is `length` bytes of hexadecimal. */
export function fromHex(text: string, length = text.length / 2): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-fA-F]{2})*$/.test(text) || text.length !== length * 2) {
    throw new RangeError(`expected ${length} bytes of hexadecimal`)
  }
  return new Uint8Array(hex.decode(text))
}
