/** A challenge at an earlier ledger, replayed from its events, is what an index that ended there would say of it now. */
import { afterEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../../testing/api.ts'
import { randomHistory } from '../../testing/history.ts'
import type { Challenge, LeaderboardPage } from '../types.ts'

const open: TestApi[] = []
afterEach(async () => {
  for (const api of open.splice(0)) await api.close()
})

const CHALLENGES = 8

test.each([0.4, 0.95])('with %d of a random history told', async (part) => {
  const chain = randomHistory({ challenges: CHALLENGES, submissions: 20, seed: 21 })
  const { ledger, closedAt } = chain.events[Math.floor((chain.events.length - 1) * part)]!.place
  const [whole, ended] = [await createTestApi(chain), await createTestApi(chain, ledger)]
  open.push(whole, ended)
  // The past is judged by the clock of its last ledger.
  ended.clock = closedAt * 1_000
  const then = async <T>(path: string) => (await whole.request(`${path}?at_ledger=${ledger}`)).json() as Promise<T>
  let compared = 0
  for (let id = 1; id <= CHALLENGES; id++) {
    const path = `/v1/challenges/${id}`
    const now = await ended.request(path)
    expect((await whole.request(`${path}?at_ledger=${ledger}`)).status, path).toBe(now.status)
    if (now.status !== 200) continue
    compared++
    const told = (await now.json()) as Challenge
    expect({ ...(await then<Challenge>(path)), atLedger: null, _meta: null }, path).toEqual({ ...told, _meta: null })
    const board = await ended.get<LeaderboardPage>(`${path}/leaderboard`)
    expect((await then<LeaderboardPage>(`${path}/leaderboard`)).data, path).toEqual(board.data)
  }
  expect(compared).toBeGreaterThanOrEqual(Math.floor(CHALLENGES * part))
})
