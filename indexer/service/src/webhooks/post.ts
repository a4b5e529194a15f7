/** One attempt to deliver: no redirect is followed, the answer's body is not read, and only addresses that were looked at are called. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { readRetryAfter } from '@stellartrain/contracts-client'
import { publicLookup } from '@stellartrain/service'
import { problemOfUrl } from './url.ts'

export type Attempt = {
  /** null: no answer came. */
  status: number | null
  /** null: it was taken. */
  error: string | null
  milliseconds: number
  /** Seconds that the receiver asks to be left alone; 0: it does not. */
  retryAfter: number
}

export type PostOptions = { allowPrivate: boolean; timeoutMs: number; signal: AbortSignal }

/** Never rejects. */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowPrivate, timeoutMs, signal }: PostOptions,
): Promise<Attempt> {
  const begin = performance.now()
  const done = (status: number | null, error: string | null, retryAfter = 0): Attempt => ({
    ...{ status, error, retryAfter },
    milliseconds: Math.round(performance.now() - begin),
  })
  const wrong = problemOfUrl(url, allowPrivate)
  if (wrong) return done(null, `The URL ${wrong}.`)
  const target = new URL(url)
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const sent = request(target, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'stellartrain-webhooks/1',
      },
      lookup: publicLookup(allowPrivate ? { allowed: () => true, hosts: true } : {}),
      agent: false,
      maxHeaderSize: 16_384,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    sent.on('response', (answer) => {
      const status = answer.statusCode ?? 0
      // What it says beside is nothing to us, and may be endless.
      answer.destroy()
      const taken = status >= 200 && status < 300
      resolve(done(status, taken ? null : `It answered with ${status}.`, waitOf(answer.headers['retry-after'])))
    })
    sent.on('error', (error) => {
      const slow = error.name === 'TimeoutError' || (error.cause as Error | undefined)?.name === 'TimeoutError'
      resolve(done(null, slow ? `It did not answer in ${timeoutMs / 1000} s.` : error.message.slice(0, 300)))
    })
    sent.end(body)
  })
}

/** Seconds that `Retry-After` asks for, however many; 0: it asks for nothing. */
const waitOf = (after?: string): number =>
  (readRetryAfter(after ?? null, undefined, Number.POSITIVE_INFINITY) ?? 0) / 1_000
