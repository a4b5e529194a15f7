/** Writes CSV text, for files that the engine makes itself. */

export const csvLine = (values: readonly (string | number)[]): string =>
  values.length === 1 ? csvCell(values[0]!) : values.map(csvCell).join(',')

export const csvCell = (value: string | number): string =>
  typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value)

/** Collects a long text as UTF-8: pieces that are ASCII are copied by hand, for a file has millions of them. */
export class TextWriter {
  #bytes = new Uint8Array(65_536)
  #length = 0

  put(text: string): void {
    const most = this.#length + 3 * text.length
    if (most > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(most, 2 * this.#bytes.length))
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    const from = this.#length
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) {
        this.#length = from + new TextEncoder().encodeInto(text, this.#bytes.subarray(from)).written
        return
      }
      this.#bytes[from + i] = code
    }
    this.#length += text.length
  }

  get length(): number {
    return this.#length
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
