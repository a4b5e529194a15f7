/** The story in one line: for a transaction, a row of a leaderboard, and a total over many submissions. */

import type { StoryAsset } from './facts.ts'
import type { Story } from './tell.ts'
import { ended, PLAIN, type Words } from './words.ts'

type Named = {
  /** How the solver is called, e.g. a shortened address. */ who: string /** The challenge's name. */
  title: string
}

/** What a transaction that sent money for a submission did: `GCKK… was paid 10 XLM for submission 3 of “Coffee grades”: …` */
export function paidSentence(story: Story, asset: StoryAsset, { who, title }: Named, words: Words = PLAIN): string {
  const { earned, sent } = story.amounts
  const name = `submission ${story.number} of “${title}”`
  if (earned > 0n) return `${who} was paid ${words.money(earned, asset)} for ${name}: ${ended(story.why)}`
  return `${who} got ${words.money(sent, asset)} of its own money back for ${name}. Nothing won: ${ended(story.why)}`
}

/** What a transaction that concluded a submission did. */
export function verdictSentence(story: Story, { who, title }: Named): string {
  return `Submission ${story.number} of “${title}” by ${who}. ${story.label}: ${ended(story.why)}`
}

/** The cell of a leaderboard: `won 50 USDC`, `would bring 20 USDC now`, `waits for 50 USDC`, `–`. */
export function prizeWords({ amounts, place }: Story, asset: StoryAsset, words: Words = PLAIN): string {
  const won = amounts.prize + amounts.pay
  if (won > 0n) return `${words.money(won, asset)}${amounts.owed.prize + amounts.owed.pay > 0n ? ', due' : ', paid'}`
  if (amounts.toCome === 0n) return '–'
  const money = words.money(amounts.toCome, asset)
  return place?.on === 'board' ? `waits for ${money}` : `would bring ${money} now`
}

/** Base units of one asset. */
export type StoryTotals = {
  submissions: number
  /** Prizes and pay: sent, and due but not sent. */
  earned: bigint
  due: bigint
  /** Of the solvers' own money: what waits to be sent back, and what paid for grading. */
  waits: bigint
  fees: bigint
  /** What running tables and waiting places would bring now. */
  toCome: bigint
}

/** Sums over stories of challenges in one asset. */
export function totalOf(stories: readonly Story[]): StoryTotals {
  const none = { submissions: 0, earned: 0n, due: 0n, waits: 0n, fees: 0n, toCome: 0n }
  return stories.reduce((sum: StoryTotals, { amounts: { earned, owed, fee, toCome } }) => {
    return {
      submissions: sum.submissions + 1,
      earned: sum.earned + earned,
      due: sum.due + owed.prize + owed.pay,
      waits: sum.waits + owed.carry + owed.deposit,
      fees: sum.fees + fee,
      toCome: sum.toCome + toCome,
    }
  }, none)
}
