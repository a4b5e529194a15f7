/**
 * What a challenge's terms mean, in plain words: for the maker before signing, for solvers before they work. Pure, over the terms as
 * the rules have them.
 */

import { comparesContent, quorum, type Terms, verdictFee } from '@stellartrain/contracts-client/rules'
import { PLAIN, type Words } from '../story/words.ts'
import { counted } from '../system/counted.ts'

export type Asset = { code: string; decimals: number }

/** Base units. */
export type CopyCost = {
  /** Content that a lower number of another solver has earns nothing. */
  unique: boolean
  /** At most this much of the deposit pays the oracles; the rest comes back. */
  deposit: bigint
  /** One attempt, in any case. */
  attempts: 1
}

const least = (one: bigint, other: bigint) => (one < other ? one : other)

export const copyCost = (terms: Terms): CopyCost => ({
  unique: comparesContent(terms),
  deposit: comparesContent(terms) ? least(terms.deposit, verdictFee(terms)) : 0n,
  attempts: 1,
})

/** What a copy costs, before an attempt is spent. */
export function copyWords(terms: Terms, asset: Asset, words: Words = PLAIN): string {
  const { unique, deposit } = copyCost(terms)
  if (!unique) return 'Content that someone else submitted before earns like any other.'
  const lost = deposit > 0n ? ` and up to ${words.money(deposit, asset)} of the deposit` : ''
  return `Content that another solver submitted before is a copy, even an honest one: it earns nothing and costs an attempt${lost}.`
}

/** How many of n oracles have to fall silent until nothing is decided any more. */
export function silenceWords(terms: Terms): string {
  const n = terms.oracles.length
  const lost = n - quorum(terms) + 1
  const who = n === 1 ? 'If the only oracle falls silent' : `If ${lost} of these ${n} oracles fall silent`
  if (terms.payout.rule === 'earnings')
    return `${who}, no epoch of earnings is posted, and what is left goes back to the maker.`
  if (terms.payout.rule === 'ranked')
    return terms.judge
      ? `${who}, only the judge can rank; if it does not, the running table pays, as far as it was graded.`
      : `${who}, only a judge can rank; this challenge has none, so the running table pays, as far as it was graded.`
  return terms.judge
    ? `${who}, only the judge can award the prize.`
    : `${who}, only a judge could award the prize; this challenge has none, so what is left returns to the maker.`
}

/** Who decides, how many of them must agree. */
export function gradingWords(terms: Terms): string {
  const n = terms.oracles.length
  if (n === 1) return `Graded by one party, ${terms.oracles[0]}.`
  return `${quorum(terms)} of ${n} oracles must agree: ${terms.oracles.join(', ')}.`
}

/** `finished`: the judge has nothing to decide any more. */
export function judgeWords(terms: Terms, words: Words = PLAIN, finished = false): string {
  if (!terms.judge) return finished ? 'There was no judge.' : 'There is no judge.'
  const { address, by } = terms.judge
  const kind = address.startsWith('C') ? 'the contract' : 'the account'
  if (finished) return `What the oracles left undecided was for ${kind} ${address} to decide, before ${words.time(by)}.`
  return `What the oracles leave undecided, ${kind} ${address} decides as judge, from ${words.time(terms.gradeBy)} on and before ${words.time(by)}.`
}

export const gateWords = (gate: string | null): string =>
  gate === null ? 'Everyone may take part.' : `Admission by ${gate}: a contract that can close at any time.`

/** Who knows the truth can win under another name. */
export const insiderWords = 'The maker and the oracles know the truth; their own accounts cannot take part.'

/**
 * What probing costs, reading the labels from the scores of many submissions, beside what it could bring: of the `total` the fee budget
 * pays the first part, and who probes only `own`.
 */
export type ProbingPrice = { rows: number; fee: bigint; total: bigint; own: bigint; reward: bigint }

/** Only a bounty scores all rows at once, so its labels can be read one answer at a time. */
export function probingPrice(terms: Terms, rows: number, budget: bigint): ProbingPrice | null {
  if (terms.payout.rule !== 'bounty') return null
  const fee = verdictFee(terms)
  const total = BigInt(rows) * fee
  return { rows, fee, total, own: total - least(budget, total), reward: terms.payout.reward }
}

export function probingWords(
  terms: Terms,
  rows: number,
  budget: bigint,
  asset: Asset,
  words: Words = PLAIN,
): string | null {
  const price = probingPrice(terms, rows, budget)
  if (!price) return null
  const { total, own, fee, reward } = price
  const money = (amount: bigint) => words.money(amount, asset)
  if (fee === 0n)
    return `Every score reveals something about the truth. Grading is free here: ${counted(rows, 'submission')}${accounts(terms, rows)} ${rows === 1 ? 'is' : 'are'} enough to read the truth and win ${money(reward)}.`
  const paid = own < total && own > 0n ? ` The fee budget pays the first ${money(total - own)} of that.` : ''
  const risk = own < reward ? ` ${riskOf(price)}` : ''
  return `Every score reveals something about the truth: for ${counted(rows, 'row')} × ${money(fee)} per attempt, ${money(total)}, anyone can read the truth; the reward is ${money(reward)}.${paid}${risk}`
}

/** Where the truth is worth more than it costs to read it. */
function riskOf({ own, total }: ProbingPrice): string {
  if (own === 0n) return 'The fee budget pays all of that, so it costs whoever probes nothing.'
  return `${own < total ? 'The rest' : 'That'} costs less than the reward.`
}

/** Attempts are counted for an account, and anybody may have many. */
const accounts = ({ attempts }: Terms, rows: number): string =>
  rows > attempts ? `, from ${Math.ceil(rows / attempts)} accounts,` : ''

/** What a maker can do, before signing, where reading the labels costs less than the reward; empty where it does not. */
function probingAdvice(terms: Terms, rows: number, budget: bigint): string {
  const price = probingPrice(terms, rows, budget)
  if (!price || price.own >= price.reward) return ''
  return price.fee === 0n ? ' Offer the oracles a fee, or publish fewer rows.' : ' Raise the fee or publish fewer rows.'
}

type TermsReader = {
  asset: Asset
  gate: string | null
  rows: number
  budget: bigint
  /** A maker, who can still change the terms, is also told what to change. Default: maker. */
  reader?: 'maker' | 'solver'
  /** Nothing is decided in it any more, so what may come of silence and of probing is left out. */
  finished?: boolean
}

/** Everything that a maker and a solver should know of the rules beside money and dates, the most important first. */
export function termsInWords(
  terms: Terms,
  of: TermsReader,
  words: Words = PLAIN,
): { topic: 'grading' | 'silence' | 'judge' | 'admission' | 'copies' | 'probing' | 'insiders'; says: string }[] {
  const earnings = terms.payout.rule === 'earnings'
  const { finished = false } = of
  const probing = finished ? null : probingWords(terms, of.rows, of.budget, of.asset, words)
  const advice = of.reader === 'solver' ? '' : probingAdvice(terms, of.rows, of.budget)
  return [
    { topic: 'grading', says: gradingWords(terms) },
    ...(finished ? [] : [{ topic: 'silence' as const, says: silenceWords(terms) }]),
    ...(earnings
      ? []
      : ([
          { topic: 'judge', says: judgeWords(terms, words, finished) },
          { topic: 'admission', says: gateWords(of.gate) },
          { topic: 'copies', says: copyWords(terms, of.asset, words) },
          ...(probing ? [{ topic: 'probing' as const, says: `${probing}${advice}` }] : []),
          { topic: 'insiders', says: insiderWords },
        ] as const)),
  ]
}
