/** Reads from the API: one cached query per resource; the pages never fetch by themselves. */
import { query } from '@solidjs/router'
import { type ApiClient, ApiError, createApi } from '@stellartrain/sdk/api'
import { createSignal } from 'solid-js'
import { heardLedger } from '../reactive/clock.ts'
import { config } from '../site/config.ts'
import type * as t from './types.ts'

/** Whether the last read failed: pages then keep showing what they had, and say so. */
const [unreachable, setUnreachable] = createSignal(false)
/** When the index last answered anything, milliseconds; 0 before. A hanging index fails nothing, it only grows old. */
const [answeredAt, setAnsweredAt] = createSignal(0)

export { answeredAt, unreachable }

const KEPT = 200
const kept = new Map<string, unknown>()

/** Asks the API. While the index is away, what it said before is still shown. `key` names the question. @throws ApiError */
async function read<T>(
  key: string,
  ask: (api: ApiClient) => Promise<T>,
  { keep = true }: { keep?: boolean } = {},
): Promise<T> {
  try {
    const answer = await ask(createApi(config()))
    setUnreachable(false)
    setAnsweredAt(Date.now())
    heardLedger((answer as { _meta?: t.Meta } | undefined)?._meta?.ledgerClosedAt)
    kept.delete(key)
    if (keep) kept.set(key, answer)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string)
    return answer
  } catch (error) {
    if (!(error instanceof ApiError && error.retryable)) throw error
    setUnreachable(true)
    if (kept.has(key)) return kept.get(key) as T
    throw error
  }
}

export type SubmissionOf = { challenge: t.Challenge; submission: t.SubmissionDetail }

type Paging = { limit: number; cursor?: string }

/** Reads every page of a list, up to a bound that no page of ours needs to pass. */
async function all<T>(key: string, ask: (api: ApiClient, paging: Paging) => Promise<t.Page<T>>, bound = 1000) {
  const rows: T[] = []
  let cursor: string | null = null
  do {
    const paging: Paging = { limit: 200, ...(cursor && { cursor }) }
    const page: t.Page<T> = await read(`${key} ${cursor ?? ''}`, (api) => ask(api, paging))
    rows.push(...page.data)
    cursor = page.next
  } while (cursor && rows.length < bound)
  return rows
}

export const getChallenges = query(
  (filter: t.ChallengeQuery) => read(`challenges ${JSON.stringify(filter)}`, (api) => api.challenges(filter)),
  'challenges',
)
export const getChallenge = query(
  (id: string) => read(`challenge ${id}`, (api) => api.challenge(Number(id))),
  'challenge',
)
export const getSubmissions = query(
  (id: string) => all<t.Submission>(`submissions ${id}`, (api, paging) => api.submissions(Number(id), paging)),
  'submissions',
)
export const getSubmission = query(
  (id: string, number: string) =>
    read(`submission ${id} ${number}`, (api) => api.submission(Number(id), Number(number))),
  'submission',
)
/**
 * A submission with its challenge as they were at one moment: what is told of both must not be of two, or a verdict that lands in
 * between makes a winner seem to have nothing. A challenge that moves without an end is shown as it was read last.
 */
export const getSubmissionOf = query(async (id: string, number: string): Promise<SubmissionOf> => {
  const readOne = () => read(`challenge ${id}`, (api) => api.challenge(Number(id)))
  const ask = () => read(`submission ${id} ${number}`, (api) => api.submission(Number(id), Number(number)))
  let challenge = await readOne()
  for (let tried = 1; ; tried++) {
    const submission = await ask()
    if (tried === 3 || submission._meta.ledger === challenge._meta.ledger) return { challenge, submission }
    const again = await readOne()
    if (again.events !== null && again.events === challenge.events) return { challenge: again, submission }
    challenge = again
  }
}, 'submission of')
export const getLeaderboard = query(
  (id: string) => all<t.LeaderboardRow>(`leaderboard ${id}`, (api, paging) => api.leaderboard(Number(id), paging)),
  'leaderboard',
)
/** The newest first. @param most so many epochs are read, and no more */
export const getEpochs = query(
  (id: string, most: number) => all<t.Epoch>(`epochs ${id}`, (api, paging) => api.epochs(Number(id), paging), most),
  'epochs',
)
export const getActivity = query(
  (id: string, cursor?: string) =>
    read(`activity ${id} ${cursor ?? ''}`, (api) =>
      api.events({ challenge: Number(id), order: 'newest', limit: 100, ...(cursor && { cursor }) }),
    ),
  'activity',
)
export const getAccount = query(
  (address: string) => read(`account ${address}`, (api) => api.account(address)),
  'account',
)
export const getOracles = query(() => all<t.Oracle>('oracles', (api, paging) => api.oracles(paging)), 'oracles')
export const getOracle = query((address: string) => read(`oracle ${address}`, (api) => api.oracle(address)), 'oracle')
export const getTransaction = query(
  (hash: string) => read(`transaction ${hash}`, (api) => api.transaction(hash)),
  'transaction',
)
export const getTotals = query(() => read('totals', (api) => api.totals()), 'totals')
/** How far the index has read, from the smallest list it has. */
export const readMeta = async (): Promise<t.Meta> =>
  (await read('meta', (api) => api.challenges({ limit: 1 }), { keep: false }))._meta

const LISTED_TRIES = 30

/** Waits until the index knows a challenge that the ledger has; gives up quietly, for the page itself tries again, too. */
export async function untilListed(id: number): Promise<void> {
  for (let tries = 0; tries < LISTED_TRIES; tries++) {
    try {
      await read(`challenge ${id}`, (api) => api.challenge(id))
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}
