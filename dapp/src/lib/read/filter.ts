/** The list's filter, read from the address: a filtered list can be linked and survives a reload. */
import { PHASES } from '@stellartrain/contracts-client/rules'
import { patterns } from '../site/addresses.ts'
import type { ChallengeQuery } from './types.ts'

export const LIST_SIZE = 30
export const sorts = ['newest', 'deadline', 'prize'] as const

const one = <T extends string>(value: string | null, allowed: readonly T[]): T | undefined =>
  allowed.find((item) => item === value)

/** `unknown`: what the address asks for and the list does not have; the page says so instead of showing nothing. */
export type ListFilter = { filter: ChallengeQuery; unknown: string[] }

export function filterFromSearch(search: URLSearchParams): ListFilter {
  const unknown: string[] = []
  const known = <T>(key: string, value: T | undefined): T | undefined => {
    if (value === undefined && search.get(key)) unknown.push(key)
    return value
  }
  const phase = known('phase', one(search.get('phase'), PHASES))
  const sort = known('sort', one(search.get('sort'), sorts))
  const wanted = search.get('asset') ?? ''
  const asset = known('asset', patterns.account.test(wanted) ? wanted : undefined)
  const filter: ChallengeQuery = {
    limit: LIST_SIZE,
    ...(phase && { phase }),
    ...(sort && { sort }),
    ...(asset && { asset }),
  }
  for (const key of ['q', 'cursor'] as const) {
    const value = search.get(key)?.slice(0, 200)
    if (value) filter[key] = value
  }
  return { filter, unknown }
}
