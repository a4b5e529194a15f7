/** A small typed client of the indexer's public API: reads only, no key. */

import { backoff, sleep } from '@stellartrain/contracts-client/wait'
import type * as Api from '@stellartrain/indexer-api'
import type { paths } from '@stellartrain/indexer-api'
import { withoutSlash } from '@stellartrain/ipfs-content/endpoint'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import createClient from 'openapi-fetch'
import { ApiError } from './api-error.ts'
import type { SystemConfig } from './config.ts'
import type { AbortOptions } from './options.ts'

export type * from '@stellartrain/indexer-api'
export { ApiError } from './api-error.ts'

/** The parameters that a path takes after its `?`. */
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Parameters } } }
  ? Partial<Parameters>
  : never

/** What openapi-fetch gives for a request: the body of a success, or that of a problem. */
type Answer<T> = { data?: T; error?: unknown; response: Response }

export type ApiClient = ReturnType<typeof createApi>

/** @throws ApiError from each method */
export function createApi(
  config: Pick<SystemConfig, 'apiUrl'>,
  { fetch: get = fetch, timeoutMs = 15_000 }: { fetch?: typeof fetch; timeoutMs?: number } = {},
) {
  const base = withoutSlash(config.apiUrl)
  const api = createClient<paths>({ baseUrl: base, fetch: (request) => get(request) })

  // Some lists are given as CSV or as events where those are asked for, hence the text.
  async function read<T>(
    { signal }: AbortOptions = {},
    ask: (signal: AbortSignal) => Promise<Answer<T | string>>,
  ): Promise<T> {
    const limit = AbortSignal.timeout(timeoutMs)
    let answer: Answer<T | string>
    try {
      answer = await ask(signal ? AbortSignal.any([signal, limit]) : limit)
    } catch (cause) {
      signal?.throwIfAborted()
      throw new ApiError(0, `The API at ${base} does not answer.`, { cause })
    }
    if (answer.response.ok) return answer.data as T
    const { status } = answer.response
    throw new ApiError(status, detailOf(answer.error) ?? `The API answered with ${status}.`)
  }

  return {
    base,
    challenges: (query: Query<'/v1/challenges'> = {}, options?: AbortOptions): Promise<Api.ChallengePage> =>
      read(options, (signal) => api.GET('/v1/challenges', { params: { query }, signal })),
    challenge: (id: number, options?: AbortOptions): Promise<Api.Challenge> =>
      read(options, (signal) => api.GET('/v1/challenges/{id}', { params: { path: { id } }, signal })),
    submissions: (
      id: number,
      query: Query<'/v1/challenges/{id}/submissions'> = {},
      options?: AbortOptions,
    ): Promise<Api.SubmissionPage> =>
      read(options, (signal) =>
        api.GET('/v1/challenges/{id}/submissions', { params: { path: { id }, query }, signal }),
      ),
    submission: (id: number, number: number, options?: AbortOptions): Promise<Api.SubmissionDetail> =>
      read(options, (signal) =>
        api.GET('/v1/challenges/{id}/submissions/{number}', { params: { path: { id, number } }, signal }),
      ),
    leaderboard: (
      id: number,
      query: Query<'/v1/challenges/{id}/leaderboard'> = {},
      options?: AbortOptions,
    ): Promise<Api.LeaderboardPage> =>
      read(options, (signal) =>
        api.GET('/v1/challenges/{id}/leaderboard', { params: { path: { id }, query }, signal }),
      ),
    epochs: (
      id: number,
      query: Query<'/v1/challenges/{id}/epochs'> = {},
      options?: AbortOptions,
    ): Promise<Api.EpochPage> =>
      read(options, (signal) => api.GET('/v1/challenges/{id}/epochs', { params: { path: { id }, query }, signal })),
    account: (address: string, options?: AbortOptions): Promise<Api.Account> =>
      read(options, (signal) => api.GET('/v1/accounts/{address}', { params: { path: { address } }, signal })),
    accountSubmissions: (
      address: string,
      query: Query<'/v1/accounts/{address}/submissions'> = {},
      options?: AbortOptions,
    ): Promise<Api.SubmissionPage> =>
      read(options, (signal) =>
        api.GET('/v1/accounts/{address}/submissions', { params: { path: { address }, query }, signal }),
      ),
    oracles: (query: Query<'/v1/oracles'> = {}, options?: AbortOptions): Promise<Api.OraclePage> =>
      read(options, (signal) => api.GET('/v1/oracles', { params: { query }, signal })),
    oracle: (address: string, options?: AbortOptions): Promise<Api.OracleDetail> =>
      read(options, (signal) => api.GET('/v1/oracles/{address}', { params: { path: { address } }, signal })),
    events: (query: Query<'/v1/events'> = {}, options?: AbortOptions): Promise<Api.EventPage> =>
      read(options, (signal) => api.GET('/v1/events', { params: { query }, signal })),
    transaction: (hash: string, options?: AbortOptions): Promise<Api.Transaction> =>
      read(options, (signal) => api.GET('/v1/transactions/{hash}', { params: { path: { hash } }, signal })),
    totals: (options?: AbortOptions): Promise<Api.Totals> =>
      read(options, (signal) => api.GET('/v1/totals', { signal })),
    status: (options?: AbortOptions): Promise<Api.Status> => read(options, (signal) => api.GET('/status', { signal })),
    /** Events as they come, over server-sent events; resumes by itself after a break. Ends only with the signal. */
    live: (query: { challenge?: number; cursor?: string } = {}, options: AbortOptions = {}) =>
      live(base, query, options, get),
  }
}

/** The sentence of a problem answer (RFC 9457); proxies in between answer with anything. */
function detailOf(body: unknown): string | undefined {
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined
  return typeof detail === 'string' ? detail : undefined
}

async function* live(
  base: string,
  query: { challenge?: number; cursor?: string },
  { signal }: AbortOptions,
  get: typeof fetch,
): AsyncGenerator<Api.ChainEvent> {
  let last = query.cursor
  for (let failures = 0; ; ) {
    try {
      const response = await get(
        `${base}/v1/events${query.challenge === undefined ? '' : `?challenge=${query.challenge}`}`,
        {
          headers: { accept: 'text/event-stream', ...(last ? { 'last-event-id': last } : {}) },
          ...(signal ? { signal } : {}),
        },
      )
      if (!response.ok || !response.body) throw new Error(`the API answered with ${response.status}`)
      failures = 0
      for await (const data of serverSentData(response.body)) {
        const event = JSON.parse(data) as Api.ChainEvent
        last = event.id
        yield event
      }
    } catch {
      signal?.throwIfAborted()
      failures++
    }
    await sleep(backoff(failures, 250, 10_000), signal)
  }
}

/** The data of each message. By a reader: not every browser can iterate a stream. */
async function* serverSentData(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: 4_000_000 }))
    .getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value.data
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
