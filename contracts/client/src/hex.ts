/** Bytes as hexadecimal text. */
import { hex } from '@scure/base'

export const toHex = (bytes: Uint8Array): string => hex.encode(bytes)

/** @throws RangeError unless `text` is `length` bytes of hexadecimal. */
export function fromHex(text: string, length = text.length / 2): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-fA-F]{2})*$/.test(text) || text.length !== length * 2) {
    throw new RangeError(`expected ${length} bytes of hexadecimal`)
  }
  return new Uint8Array(hex.decode(text))
}
