/** What unpacking and decoding stop at. Thrown inside `formats` alone: whoever opens a file turns it into a problem. */

/** The bytes are not what their format says, or use what is not read. */
export class Damaged extends Error {}

/** They hold more than is allowed. */
export class TooLarge extends Error {}

/** Bytes that are filled from the front, up to a limit that is never exceeded, however large it is said to become. */
export class Output {
  bytes: Uint8Array
  length = 0
  readonly limit: number

  constructor(limit: number, expected: number) {
    this.limit = limit
    this.bytes = new Uint8Array(Math.min(limit, Math.max(1024, expected)))
  }

  /** Makes room for `count` more bytes. @throws TooLarge */
  need(count: number): void {
    const wanted = this.length + count
    if (wanted <= this.bytes.length) return
    if (wanted > this.limit) throw new TooLarge()
    const more = new Uint8Array(Math.min(this.limit, Math.max(wanted, this.bytes.length * 2)))
    more.set(this.bytes.subarray(0, this.length))
    this.bytes = more
  }

  append(from: Uint8Array, start: number, end: number): void {
    this.need(end - start)
    this.bytes.set(from.subarray(start, end), this.length)
    this.length += end - start
  }

  /** Repeats what stands `distance` bytes back; the two may overlap. @throws Damaged where `distance` reaches before `from` */
  repeat(distance: number, count: number, from = 0): void {
    if (distance < 1 || distance > this.length - from) throw new Damaged()
    this.need(count)
    const { bytes } = this
    const start = this.length
    if (distance >= count) bytes.copyWithin(start, start - distance, start - distance + count)
    else for (let i = start; i < start + count; i++) bytes[i] = bytes[i - distance]!
    this.length += count
  }

  done(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }
}
