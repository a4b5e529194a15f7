/**
 * Headers of an answer before there is one. Hono keeps them in a `Headers`, which checks each of them, sorts them and is read again on
 * the way out; for a small page that costs as much as its rows. Here they are a plain object: `answerWith` sends it as it is, and
 * `requests` adds it to every other answer.
 */
import type { Context } from 'hono'

const KEPT = 'headersToCome'
const SENT = 'sentWithHeaders'

type Plain = Record<string, string>
type Kept = { get(key: string): unknown; set(key: string, value: unknown): void }

/** Names in small letters. What is added after the answer is made is lost. */
export function headersOf(c: Context): Plain {
  const kept = c as unknown as Kept
  const known = kept.get(KEPT) as Plain | undefined
  if (known) return known
  const made: Plain = {}
  kept.set(KEPT, made)
  return made
}

/** An answer with exactly the headers that were kept, and these. */
export function answerWith(c: Context, status: number, body: string | null, headers: Plain = {}): Response {
  const response = new Response(body, { status, headers: { ...headersOf(c), ...headers } })
  ;(c as unknown as Kept).set(SENT, response)
  return response
}

/** Adds the headers that were kept to an answer that was made without them. */
export function addHeaders(c: Context): void {
  if ((c as unknown as Kept).get(SENT) === c.res) return
  for (const [name, value] of Object.entries(headersOf(c))) {
    try {
      c.res.headers.set(name, value)
    } catch {
      // Of an answer that came from elsewhere they are fixed: this copies it.
      c.header(name, value)
    }
  }
}
