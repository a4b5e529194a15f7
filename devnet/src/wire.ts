/** Length-prefixed blobs: how every message crosses between this side and the host. */

export type Field = Uint8Array | string | number | bigint | readonly Uint8Array[]

/** Writes a message: numbers as 8 bytes, text as UTF-8, a list as a message of its own. */
export function write(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts = fields.map(bytesOf)
  const message = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0))
  const view = new DataView(message.buffer)
  let at = 0
  for (const part of parts) {
    view.setUint32(at, part.length, true)
    message.set(part, at + 4)
    at += 4 + part.length
  }
  return message
}

function bytesOf(field: Field): Uint8Array {
  if (typeof field === 'string') return Buffer.from(field)
  if (field instanceof Uint8Array) return field
  if (typeof field !== 'number' && typeof field !== 'bigint') return write(field)
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(field))
  return bytes
}

/** Reads a message field by field, in the order in which it was written. */
export class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  bytes(): Buffer {
    const length = this.#bytes.readUInt32LE(this.#at)
    const start = this.#at + 4
    if (start + length > this.#bytes.length) throw new RangeError('the message ends early')
    this.#at = start + length
    return this.#bytes.subarray(start, this.#at)
  }

  /** A number of 8 bytes; none that the host writes is beyond 2^53. */
  number(): number {
    return Number(this.bytes().readBigUInt64LE())
  }

  text(): string {
    return this.bytes().toString()
  }

  base64(): string {
    return this.bytes().toString('base64')
  }

  list(): Buffer[] {
    const inner = new Reader(this.bytes())
    const values: Buffer[] = []
    while (!inner.done) values.push(inner.bytes())
    return values
  }
}
