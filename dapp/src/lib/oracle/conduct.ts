/** What an oracle did and left undone, in words. Pure. */
import { formatCount } from '../words/format.ts'
import { NOT_KNOWN } from '../words/known.ts'

type Conduct = { votes: number | null; unavailable: number | null; disagreed: number | null; missing: number | null }

/** `12 votes, 1 against a verdict, 2 missing`: `missing` is what no quorum decided and lacks its vote. */
export function conductWords({ votes, unavailable, disagreed, missing }: Conduct): string {
  if (votes === null || unavailable === null || disagreed === null || missing === null) return `votes ${NOT_KNOWN}`
  return [
    formatCount(votes, 'vote'),
    unavailable > 0 ? `${unavailable} of them “unavailable”` : '',
    `${disagreed} against a verdict`,
    `${missing} missing`,
  ]
    .filter(Boolean)
    .join(', ')
}
