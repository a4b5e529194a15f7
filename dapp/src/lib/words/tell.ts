/** A submission's story as the sdk tells it, with amounts, scores and times as these pages write them. */
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
import {
  factsFromApi,
  isReported,
  type Story,
  type StoryAsset,
  type StoryFacts,
  tell,
  type Words,
} from '@stellartrain/sdk/story'
import type { Asset, Challenge, ChallengeSummary, Submission } from '../read/types.ts'
import { formatAmount, formatDay, shorten } from './format.ts'

export type { Story }

/** A token that could not be read yet goes by its contract's address, and is counted in its base units. */
const unit = ({ code, decimals }: StoryAsset) => ({ contract: code, code: code.length > 12 ? null : code, decimals })

export const WORDS: Words = {
  money: (amount, asset) => formatAmount(amount, unit({ ...asset, trustline: false })),
  score: (units) => scoreToDecimal(units).replace('-', '\u2212'),
  time: (seconds) => formatDay(seconds * 1_000),
}

/** What the oracles' reports say of a rejection, as far as they could be read. */
export type Told = Pick<StoryFacts, 'copyOf' | 'says'>

/** `now` in milliseconds, by the network's clock. */
export const storyOf = (
  challenge: ChallengeSummary | Challenge,
  submission: Submission,
  now: number,
  told?: Told | null,
): Story => tell({ ...factsFromApi(challenge, submission, Math.floor(now / 1_000)), ...told }, WORDS)

/** The reports of those who rejected it, where they say more of the reason than the index does; else empty. */
export const reportsToRead = ({ reason, votes }: Pick<Submission, 'reason' | 'votes'>): string[] =>
  isReported(reason?.name)
    ? votes.flatMap(({ verdict, report }) => (verdict === 'rejected' && report !== null ? [report] : []))
    : []

/** Whole addresses belong in proofs, not in sentences. */
export const withShortNames = (text: string): string =>
  text.replace(/\b[GC][A-Z2-7]{55}\b/g, (address) => shorten(address))

export const storyAsset = ({ code, contract, decimals, issuer, native }: Asset): StoryAsset => ({
  code: code ?? contract,
  decimals: decimals ?? 7,
  trustline: issuer !== null && !native,
})
