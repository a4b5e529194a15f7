/** A small typed client of the indexer's public API: reads only, no key. */
import type * as Api from '@stellartrain/indexer-service/api'
import type { SystemConfig } from './config.ts'
import { UserError } from './problems.ts'

export type * from '@stellartrain/indexer-service/api'

export type ApiOptions = { signal?: AbortSignal | undefined }
type Query = Record<string, string | number | undefined>

export type ApiClient = ReturnType<typeof createApi>

/** @throws UserError `api_unreachable` (retryable) or `api_refused`, from each method; `not_found` where nothing is there. */
export function createApi(
  config: Pick<SystemConfig, 'apiUrl'>,
  { fetch: get = fetch, timeoutMs = 15_000 }: { fetch?: typeof fetch; timeoutMs?: number } = {},
) {
  const base = config.apiUrl.replace(/\/+$/, '')

  async function read<T>(path: string, query: Query, { signal }: ApiOptions = {}): Promise<T> {
    const limit = AbortSignal.timeout(timeoutMs)
    const url = `${base}${path}${queryString(query)}`
    let response: Response
    let body: unknown
    try {
      response = await get(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit })
      body = await response.json()
    } catch (cause) {
      signal?.throwIfAborted()
      throw new UserError('api_unreachable', `The API at ${base} does not answer.`, { retryable: true, cause })
    }
    if (response.ok) return body as T
    const problem = body as Partial<Api.Problem>
    const retryable = response.status >= 500 || response.status === 429
    throw new UserError(
      response.status === 404 ? 'not_found' : 'api_refused',
      problem.detail ?? `The API answered with ${response.status}.`,
      { retryable },
    )
  }

  return {
    base,
    challenges: (query: Partial<Api.ChallengeQuery> = {}, options?: ApiOptions) =>
      read<Api.ChallengePage>('/v1/challenges', query as Query, options),
    challenge: (id: number, options?: ApiOptions) => read<Api.Challenge>(`/v1/challenges/${id}`, {}, options),
    submissions: (
      id: number,
      query: { cursor?: string; limit?: number; order?: 'newest' | 'oldest'; solver?: string } = {},
      options?: ApiOptions,
    ) => read<Api.SubmissionPage>(`/v1/challenges/${id}/submissions`, query, options),
    submission: (id: number, number: number, options?: ApiOptions) =>
      read<Api.SubmissionDetail>(`/v1/challenges/${id}/submissions/${number}`, {}, options),
    leaderboard: (id: number, query: { cursor?: string; limit?: number } = {}, options?: ApiOptions) =>
      read<Api.LeaderboardPage>(`/v1/challenges/${id}/leaderboard`, query, options),
    account: (address: string, options?: ApiOptions) => read<Api.Account>(`/v1/accounts/${address}`, {}, options),
    accountSubmissions: (address: string, query: { cursor?: string; limit?: number } = {}, options?: ApiOptions) =>
      read<Api.SubmissionPage>(`/v1/accounts/${address}/submissions`, query, options),
    oracles: (query: { cursor?: string; limit?: number } = {}, options?: ApiOptions) =>
      read<Api.OraclePage>('/v1/oracles', query, options),
    oracle: (address: string, options?: ApiOptions) => read<Api.OracleDetail>(`/v1/oracles/${address}`, {}, options),
    events: (
      query: {
        cursor?: string
        limit?: number
        challenge?: number
        type?: Api.EventType
        order?: 'oldest' | 'newest'
      } = {},
      options?: ApiOptions,
    ) => read<Api.EventPage>('/v1/events', query, options),
    transaction: (hash: string, options?: ApiOptions) => read<Api.Transaction>(`/v1/transactions/${hash}`, {}, options),
    totals: (options?: ApiOptions) => read<Api.Totals>('/v1/totals', {}, options),
    status: (options?: ApiOptions) => read<Api.Status>('/status', {}, options),
    /** Events as they come, over server-sent events; resumes by itself after a break. Ends only with the signal. */
    live: (query: { challenge?: number; cursor?: string } = {}, options: ApiOptions = {}) =>
      live(base, query, options, get),
  }
}

function queryString(query: Query): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined)
  if (pairs.length === 0) return ''
  const search = new URLSearchParams()
  for (const [name, value] of pairs) search.set(name, String(value))
  return `?${search}`
}

async function* live(
  base: string,
  query: { challenge?: number; cursor?: string },
  { signal }: ApiOptions,
  get: typeof fetch,
): AsyncGenerator<Api.ChainEvent> {
  let last = query.cursor
  for (let failures = 0; ; ) {
    try {
      const response = await get(`${base}/v1/events${queryString({ challenge: query.challenge })}`, {
        headers: { accept: 'text/event-stream', ...(last ? { 'last-event-id': last } : {}) },
        ...(signal ? { signal } : {}),
      })
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
    await new Promise((resolve) => setTimeout(resolve, Math.min(10_000, 250 * 2 ** failures)))
    signal?.throwIfAborted()
  }
}

/** The `data:` of each message; comments (heartbeats) are passed over. */
async function* serverSentData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let buffer = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      buffer += decoder.decode(value, { stream: true }).replaceAll('\r\n', '\n')
      if (buffer.length > 4_000_000) throw new Error('a message of the API is too large')
      for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
        const message = buffer.slice(0, end)
        buffer = buffer.slice(end + 2)
        const data = message
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5).trimStart())
        if (data.length > 0) yield data.join('\n')
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
