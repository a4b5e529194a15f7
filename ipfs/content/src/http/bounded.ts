/** Answers of servers that are trusted with nothing: read no further than what was asked for can be. */
import { concat, text } from '../encoding/bytes.ts'
import { ContentError } from '../errors.ts'

/** Null for an answer of more than `maxBytes`, the rest of which is not read. */
export async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  const parts: Uint8Array[] = []
  for (let total = 0; ; ) {
    const { done, value } = await reader.read()
    if (done) return concat(parts)
    total += value.length
    if (total > maxBytes) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
}

/** @throws ContentError `too_large`; SyntaxError for what is no JSON */
export async function readBoundedJson(response: Response, maxBytes: number): Promise<unknown> {
  const bytes = await readBounded(response, maxBytes)
  if (!bytes) throw new ContentError('too_large', `The answer has more than ${maxBytes} bytes.`)
  return JSON.parse(text(bytes))
}
