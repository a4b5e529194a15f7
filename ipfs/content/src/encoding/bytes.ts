/** Bytes, hex and SHA-256 the same way in browser and Node. */
import { hex } from '@scure/base'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Strict: throws a TypeError on invalid UTF-8, keeps a byte-order mark as a character. */
export function text(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export const toHex = (bytes: Uint8Array): string => hex.encode(bytes)

/** Expects an even number of hex digits, as the schemas check. */
export function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new TypeError('expected hex digits')
  return new Uint8Array(hex.decode(digits))
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** Node's own, without the way to another thread and back, which takes longer than hashing what is small. */
const nodeCrypto = (
  globalThis as { process?: { getBuiltinModule?: (name: 'node:crypto') => NodeCrypto | undefined } }
).process?.getBuiltinModule?.('node:crypto')
type NodeCrypto = { hash?: (algorithm: string, data: Uint8Array, encoding: 'buffer') => Uint8Array }
const SMALL_BYTES = 262_144

export async function sha256(...parts: Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = parts.length === 1 ? (parts[0] as Uint8Array<ArrayBuffer>) : concat(parts)
  if (nodeCrypto?.hash && whole.length <= SMALL_BYTES) return new Uint8Array(nodeCrypto.hash('sha256', whole, 'buffer'))
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}
