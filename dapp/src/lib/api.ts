/** Reads from the API: one cached query per resource; the pages never fetch by themselves. */
import { query } from '@solidjs/router'
import { createSignal } from 'solid-js'
import { ApiError } from './api-error.ts'
import { config } from './config.ts'
import type * as t from './types.ts'

/** Whether the last read failed: pages then keep showing what they had, and say so. */
const [unreachable, setUnreachable] = createSignal(false)
/** When the index last answered anything, milliseconds; 0 before. A hanging index fails nothing, it only grows old. */
const [answeredAt, setAnsweredAt] = createSignal(0)

export { answeredAt, unreachable }

const KEPT = 200
const kept = new Map<string, unknown>()

/** GET a JSON answer. While the index is away, what it said before is still shown. @throws ApiError */
export async function get<T>(path: string, { keep = true }: { keep?: boolean } = {}): Promise<T> {
  try {
    const answer = await fetchJson<T>(path)
    setUnreachable(false)
    setAnsweredAt(Date.now())
    kept.delete(path)
    if (keep) kept.set(path, answer)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string)
    return answer
  } catch (error) {
    if (!(error instanceof ApiError && error.retryable)) throw error
    setUnreachable(true)
    if (kept.has(path)) return kept.get(path) as T
    throw error
  }
}

/** Problem details become an `ApiError` with their own sentence. */
async function fetchJson<T>(path: string): Promise<T> {
  let response: Response
  try {
    response = await fetch(config().apiUrl + path, { signal: AbortSignal.timeout(15_000) })
  } catch {
    throw new ApiError(
      0,
      'unreachable',
      'The index cannot be reached. Your work and your money are on the ledger and are not affected.',
    )
  }
  const body = (await response.json().catch(() => null)) as { detail?: string; title?: string; code?: string } | null
  if (!response.ok || body === null) {
    throw new ApiError(
      response.status,
      body?.code ?? 'unexpected',
      body?.detail ?? body?.title ?? 'The index gave an unexpected answer.',
    )
  }
  return body as T
}

const search = (params: Record<string, string | number | undefined>): string => {
  const filled = Object.entries(params).filter(([, value]) => value !== undefined && value !== '')
  return filled.length ? `?${new URLSearchParams(filled.map(([key, value]) => [key, String(value)]))}` : ''
}

export type ChallengeFilter = {
  state?: string
  asset?: string
  q?: string
  sort?: string
  maker?: string
  cursor?: string
  limit?: number
}

/** Reads every page of a list, up to a bound that no page of ours needs to pass. */
async function all<T>(path: string, bound = 1000): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | null = null
  do {
    const page: t.Page<T> = await get(`${path}${search({ limit: 200, cursor: cursor ?? undefined })}`)
    rows.push(...page.data)
    cursor = page.next
  } while (cursor && rows.length < bound)
  return rows
}

export const getChallenges = query(
  (filter: ChallengeFilter) => get<t.Page<t.ChallengeSummary>>(`/v1/challenges${search(filter)}`),
  'challenges',
)
export const getChallenge = query((id: string) => get<t.Challenge>(`/v1/challenges/${id}`), 'challenge')
export const getSubmissions = query(
  (id: string) => all<t.Submission>(`/v1/challenges/${id}/submissions`),
  'submissions',
)
export const getSubmission = query(
  (id: string, number: string) => get<t.Submission>(`/v1/challenges/${id}/submissions/${number}`),
  'submission',
)
export const getLeaderboard = query(
  (id: string) => all<t.LeaderboardRow>(`/v1/challenges/${id}/leaderboard`),
  'leaderboard',
)
export const getActivity = query(
  (id: string, cursor?: string) =>
    get<t.Page<t.ChainEvent>>(`/v1/events${search({ challenge: id, order: 'newest', limit: 100, cursor })}`),
  'activity',
)
export const getAccount = query((address: string) => get<t.Account>(`/v1/accounts/${address}`), 'account')
export const getOracles = query(() => all<t.Oracle>('/v1/oracles'), 'oracles')
export const getTransaction = query((hash: string) => get<t.Transaction>(`/v1/transactions/${hash}`), 'transaction')
export const getTotals = query(() => get<t.Totals>('/v1/totals'), 'totals')
/** How far the index has read, from the smallest list it has. */
export const readMeta = async (): Promise<t.Meta> =>
  (await get<t.Page<unknown>>('/v1/challenges?limit=1', { keep: false }))._meta

const LISTED_TRIES = 30

/** Waits until the index knows a challenge that the ledger has; gives up quietly, for the page itself tries again, too. */
export async function untilListed(id: number): Promise<void> {
  for (let tries = 0; tries < LISTED_TRIES; tries++) {
    try {
      await get(`/v1/challenges/${id}`)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}
