/** The list's filter, read from the address: a filtered list can be linked and survives a reload. */
import type { ChallengeFilter } from './api.ts'

export const LIST_SIZE = 30
export const states = ['open', 'upcoming', 'awaiting_oracles', 'grading', 'ended', 'expired', 'cancelled'] as const
export const sorts = ['newest', 'deadline', 'prize'] as const

const one = <T extends string>(value: string | null, allowed: readonly T[]): T | undefined =>
  allowed.find((item) => item === value)

export function filterFromSearch(search: URLSearchParams): ChallengeFilter {
  const filter: ChallengeFilter = { limit: LIST_SIZE }
  const state = one(search.get('state'), states)
  const sort = one(search.get('sort'), sorts)
  if (state) filter.state = state
  if (sort) filter.sort = sort
  for (const key of ['asset', 'q', 'cursor'] as const) {
    const value = search.get(key)?.slice(0, 200)
    if (value) filter[key] = value
  }
  return filter
}
