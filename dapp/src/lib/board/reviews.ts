/** What the maker decided of disputed items, in this browser: its own opinion beside the votes, never in their place. */
import { csvText } from '../content/csv.ts'

export type Reviews = Readonly<Record<string, string>>

const nameOf = (contract: string, challenge: number): string => `labels-reviews-${contract}-${challenge}`

export function readReviews(storage: Storage, contract: string, challenge: number): Reviews {
  try {
    const kept: unknown = JSON.parse(storage.getItem(nameOf(contract, challenge)) ?? '{}')
    const entries = Object.entries(kept as object).filter(([, cell]) => typeof cell === 'string')
    return Object.fromEntries(entries)
  } catch {
    return {}
  }
}

export function keepReviews(storage: Storage, contract: string, challenge: number, reviews: Reviews): void {
  storage.setItem(nameOf(contract, challenge), JSON.stringify(reviews))
}

export const reviewsCsv = (reviews: Reviews): string => csvText([['id', 'reviewed'], ...Object.entries(reviews)])
