/** What an oracle did and left undone, in words. Pure. */
import { formatCount } from './format.ts'

type Conduct = { votes: number; unavailable: number; disagreed: number; missing: number }

/** `12 votes, 1 against a verdict, 2 missing`: `missing` is what no quorum decided and lacks its vote. */
export function conductWords({ votes, unavailable, disagreed, missing }: Conduct): string {
  return [
    formatCount(votes, 'vote'),
    unavailable > 0 ? `${unavailable} of them “unavailable”` : '',
    `${disagreed} against a verdict`,
    `${missing} missing`,
  ]
    .filter(Boolean)
    .join(', ')
}
