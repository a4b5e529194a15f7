/**
 * What the teller reads of one submission: neutral facts, in the plain values of the rules. Two adapters gather them, from the chain
 * (`from-chain.ts`) and from the API (`from-api.ts`); the same submission gives the same story by either, but for what only one knows.
 */
import type { Challenge, Submission, Terms } from '@stellartrain/contracts-client/rules'

export type StoryFacts = {
  terms: Terms
  challenge: Challenge
  submission: Submission
  /** Close time of the ledger that the facts are of, unix seconds. */
  now: number
  asset: StoryAsset
  /** What was wrong, where it stands `rejected`. */
  reason: { name: string; text: string } | null
  /** Where it was rejected as a copy: the number that had the content before; null where that is not known, as the API never does. */
  copyOf: number | null
  /** Where the maker's evaluator refused it: why, as the oracles' reports say; null where that is not known, as the API never does. */
  says: string | null
  /**
   * Open submissions that a place is kept for, by number; null where only their count is known. Places are kept for what the queue
   * of a bounty passed over.
   */
  kept: readonly number[] | null
  /** Whether the call that concluded it tried to pay, or put the payment on hold, and the money is still here. */
  undelivered: boolean
  /** The judge is the contract that grades, and computed its score on the ledger. */
  recounted: boolean
  seen: Seen
}

export type StoryAsset = {
  code: string
  decimals: number
  /** An account needs a trustline to receive it. */
  trustline: boolean
}

/** Where something happened: a transaction's hash, and when its ledger closed, unix seconds. */
export type Happening = { tx: string; at: number | null }

/** What the ledger has shown of it so far; null for what has not happened or is not known any more. */
export type Seen = {
  cid: string
  submitted: Happening | null
  /** Some oracle graded it, so it had the file; the ledger drops votes once it is concluded. */
  graded: boolean
  /** The call that wrote its verdict; `report` is the grade report of the last vote or the judge's reasons. */
  concluded: Happening | null
  report: string | null
  /** The last call that sent money for it. */
  paid: Happening | null
}
