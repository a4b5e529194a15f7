/** The list's filter, read from the address: a filtered list can be linked and survives a reload. */
import { patterns } from './addresses.ts'
import type { ChallengeFilter } from './api.ts'

export const LIST_SIZE = 30
export const states = ['open', 'upcoming', 'awaiting_oracles', 'grading', 'ended', 'expired', 'cancelled'] as const
export const sorts = ['newest', 'deadline', 'prize'] as const

const one = <T extends string>(value: string | null, allowed: readonly T[]): T | undefined =>
  allowed.find((item) => item === value)

/** `unknown`: what the address asks for and the list does not have; the page says so instead of showing nothing. */
export type ListFilter = { filter: ChallengeFilter; unknown: string[] }

export function filterFromSearch(search: URLSearchParams): ListFilter {
  const filter: ChallengeFilter = { limit: LIST_SIZE }
  const unknown: string[] = []
  const choose = <T extends string>(key: 'state' | 'sort' | 'asset', value: T | undefined) => {
    if (value) filter[key] = value
    else if (search.get(key)) unknown.push(key)
  }
  choose('state', one(search.get('state'), states))
  choose('sort', one(search.get('sort'), sorts))
  const asset = search.get('asset') ?? ''
  choose('asset', patterns.account.test(asset) ? asset : undefined)
  for (const key of ['q', 'cursor'] as const) {
    const value = search.get(key)?.slice(0, 200)
    if (value) filter[key] = value
  }
  return { filter, unknown }
}
