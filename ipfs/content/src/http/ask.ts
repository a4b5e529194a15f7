/**
 * One question to a service that is trusted with nothing: an answer is waited for so long and no longer, no cookies go with it, and nobody is
 * followed to another address, for that could lie inside this machine's own network.
 */
import { readBoundedJson } from './bounded.ts'

export type Question = {
  method?: 'POST' | 'PUT' | undefined
  /** A text is JSON. */
  body?: string | Uint8Array<ArrayBuffer> | undefined
  headers?: Readonly<Record<string, string>> | undefined
  /** Of a session, as `Bearer`. */
  token?: string | undefined
  /** How long the answer and all of its body are waited for. */
  silentMs: number
  signal?: AbortSignal | undefined
  /** The platform's unless another is given. */
  fetch?: typeof fetch | undefined
}

/** @throws what `signal` was aborted with; else an error of fetch for silence and for a service that sends elsewhere */
export function ask(
  url: string,
  { method, body, headers, token, silentMs, signal, fetch: get = fetch }: Question,
): Promise<Response> {
  const limit = AbortSignal.timeout(silentMs)
  return get(url, {
    ...(method && { method }),
    ...(body !== undefined && { body }),
    headers: {
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...{ redirect: 'error', credentials: 'omit', signal: signal ? AbortSignal.any([signal, limit]) : limit },
  })
}

/** Whether it is what `ask`, or reading its answer, throws where time was up. */
export const isTooLate = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

/**
 * The JSON that it answers with, checked by nothing; undefined where it is silent, refuses, or sends more than `maxBytes` or what is no JSON.
 * @throws what `signal` was aborted with
 */
export async function askJson(
  url: string,
  { maxBytes, ...question }: Question & { maxBytes: number },
): Promise<unknown> {
  try {
    const answer = await ask(url, question)
    if (answer.ok) return await readBoundedJson(answer, maxBytes)
    await answer.body?.cancel()
  } catch {
    question.signal?.throwIfAborted()
  }
  return undefined
}

/** Tells it something; whatever it answers is not read. Nothing is thrown: who is silent was told all the same. */
export async function tell(url: string, question: Question & { body: string }): Promise<void> {
  try {
    await (await ask(url, { method: 'PUT', ...question })).body?.cancel()
  } catch {
    // It asks for what it misses.
  }
}
