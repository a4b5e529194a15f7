/** The container inside every sealed file: a JSON line, the payload, and padding that hides its exact length (docs/formats.md, 3). */
import * as z from 'zod/mini'
import { text, utf8 } from '../encoding/bytes.ts'
import { ContentError } from '../errors.ts'
import { address, contract, count, hex32, positive, textOf } from '../json/fields.ts'
import { sealedLeaseSchema } from '../labeling/lease.ts'

const HEADER_MAX_BYTES = 4096
const SMALLEST = 4096
const LF = 0x0a

const place = { network: hex32, contract }

export const truthHeader = z.strictObject({
  format: z.literal('stellartrain/truth'),
  version: z.literal(1),
  ...place,
  maker: address,
  salt: hex32,
  bytes: count,
})

/** Of items that only leaseholders see. */
export const itemsHeader = z.strictObject({
  format: z.literal('stellartrain/items'),
  version: z.literal(1),
  ...place,
  maker: address,
  bytes: count,
})

/** Of a file sealed to the challenge key. */
export const submissionFileHeader = z.strictObject({
  format: z.literal('stellartrain/submission'),
  version: z.literal(2),
  ...place,
  challenge: positive,
  solver: address,
  mediaType: textOf(100),
  bytes: count,
  nonce: hex32,
  // Where batches of labels need one; its items are the ids of the payload.
  lease: z.optional(sealedLeaseSchema),
})

/** Padmé: keeps the leading bits of a length, so that few lengths occur and little is wasted. */
export function pad(length: number): number {
  const exponent = Math.floor(Math.log2(length))
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1)
  return Math.ceil(length / step) * step
}

/** The largest sealed file that a payload of at most `maxBytes` bytes can need, age header included. */
export function maxSealedBytes(maxBytes: number): number {
  const container = pad(Math.max(SMALLEST, maxBytes) + HEADER_MAX_BYTES + 1)
  return 8192 + container + 16 * Math.ceil(container / 65_536)
}

export function pack(header: object, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = utf8(`${JSON.stringify({ ...header, bytes: payload.length })}\n`)
  const length = head.length + payload.length
  const out = new Uint8Array(pad(Math.max(SMALLEST, length)))
  out.set(head)
  out.set(payload, head.length)
  return out
}

/**
 * The payload is a view into `bytes`. No message names what was found: it is plaintext.
 * @throws ContentError `bad_container`
 */
export function unpack<S extends typeof truthHeader | typeof itemsHeader | typeof submissionFileHeader>(
  bytes: Uint8Array<ArrayBuffer>,
  schema: S,
): { header: z.output<S>; payload: Uint8Array<ArrayBuffer> } {
  const end = bytes.subarray(0, HEADER_MAX_BYTES + 1).indexOf(LF)
  if (end < 0) throw bad('no header line')
  const parsed = schema.safeParse(parseJson(bytes.subarray(0, end)))
  if (!parsed.success) throw bad(`header field ${parsed.error.issues[0]?.path.join('.') || '(the object itself)'}`)
  const start = end + 1
  const length = start + parsed.data.bytes
  if (bytes.length !== pad(Math.max(SMALLEST, length))) throw bad('length')
  for (let at = length; at < bytes.length; at++) if (bytes[at] !== 0) throw bad('padding')
  return { header: parsed.data as z.output<S>, payload: bytes.subarray(start, length) }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    // The cause is dropped on purpose: a JSON error quotes the text, which may hold the salt.
    throw bad('header is not JSON')
  }
}

function bad(where: string): ContentError {
  return new ContentError('bad_container', `The sealed file opened, but it is not laid out as expected: ${where}.`)
}
