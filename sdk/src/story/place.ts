/** Where a concluded submission stands: on a bounty's board, in the running table, in the ranking; and why that brings what it brings. */
import {
  claims,
  end,
  isDue,
  isOver,
  meets,
  type Place,
  placeOf,
  prizesOf,
  type RankedBy,
  redue,
  waits,
} from '@stellartrain/contracts-client/rules'
import { counted } from '../system/counted.ts'
import type { StoryFacts } from './facts.ts'
import { numbered, placeWords, type Words } from './words.ts'

export type StoryPlace = {
  /** From 1. */
  rank: number
  /** `board`: winners of a bounty. `running_table`: by the public rows, so far. `ranking`: by what decides the prizes. */
  on: 'board' | 'running_table' | 'ranking'
  /** By which it has its place: on the private rows in a ranking of the oracles or the judge. Units of 1e-7. */
  score: bigint
  /** Whose ranking decides the prizes; null where none does. */
  by: RankedBy | null
  /** Its prize is set aside, sent or not. */
  due: boolean
}

/** Its place now; null without one. */
export function placeNow({ terms, challenge, submission, now }: StoryFacts): StoryPlace | null {
  const { number, status } = submission
  const { board, rankings } = redue(terms, challenge, now).challenge
  if (terms.payout.rule === 'bounty') {
    const at = board.rows.findIndex((row) => row.number === number)
    if (at < 0) return null
    const score = status.status === 'scored' ? status.score : 0n
    return { rank: at + 1, on: 'board', score, by: null, due: isDue(board, number) }
  }
  if (terms.payout.rule !== 'ranked') return null
  const { placed } = rankings
  const rows = placed ? rankings.places : rankings.table
  const at = rows.findIndex((row) => row.number === number)
  if (at < 0) return null
  return {
    rank: at + 1,
    on: placed ? 'ranking' : 'running_table',
    score: (rows[at] as Place).score,
    by: placed,
    due: placed !== null && prizesOf(terms)[at] !== undefined,
  }
}

/** Why a scored submission won, waits or wins nothing; without a full stop. */
export function whyOfPlace(facts: StoryFacts, score: bigint, words: Words): string {
  const { rule } = facts.terms.payout
  return rule === 'bounty' ? onBoard(facts, score, words) : inRanking(facts, score, words)
}

/** `0.953 ≥ 0.9`, `0.75 is below the threshold 0.8` */
export function comparison({ terms }: Pick<StoryFacts, 'terms'>, score: bigint, { score: show }: Words): string {
  const up = terms.direction === 'maximize'
  const limit = show(terms.threshold)
  if (meets(score, terms)) return `${show(score)} ${up ? '≥' : '≤'} ${limit}`
  return `${show(score)} is ${up ? 'below' : 'above'} the threshold ${limit}`
}

function onBoard(facts: StoryFacts, score: bigint, words: Words): string {
  const { terms, submission } = facts
  const { payout } = terms
  const compared = comparison(facts, score, words)
  if (payout.rule !== 'bounty' || !meets(score, terms)) return compared
  const { board } = redue(terms, facts.challenge, facts.now).challenge
  const { winners } = payout
  if (isDue(board, submission.number))
    return winners === 1
      ? `${compared}, and it is the first to reach it`
      : `${compared}, one of at most ${winners} winners`
  if (waits(board, submission.number)) return `${compared}, and it waits: ${whatItWaitsFor(facts)}`
  const own = board.rows[placeOf(board, submission.solver)]
  if (own) return `${compared}, but the solver has its place with #${own.number}`
  const places = winners === 1 ? 'the only place' : `all ${winners} places`
  return `${compared}, but ${places} went to lower numbers`
}

/** What a row that waits on the board waits for. */
export function whatItWaitsFor({ terms, challenge, kept, now }: StoryFacts): string {
  if (isOver(terms, now) && !challenge.ended)
    return `${counted(claims(terms, challenge, now), 'decided submission')} must be concluded first`
  const who = kept?.length === challenge.kept ? numbered(kept) : counted(challenge.kept, 'submission')
  return `${challenge.kept === 1 ? 'a place is' : 'places are'} kept for ${who} that the oracles have not agreed on`
}

/** When what it waits for is decided at the latest, unix seconds. */
export const waitsUntil = ({ terms, now }: StoryFacts): number => Math.max(now, end(terms))

const BY: Readonly<Record<RankedBy, string>> = {
  oracles: 'on the private rows',
  judge: 'by the judge’s ranking',
  running_table: 'on the public rows: no one posted a ranking in time, so the running table decides',
}

function inRanking(facts: StoryFacts, score: bigint, words: Words): string {
  const { terms, challenge, submission, now } = facts
  const { rankings } = redue(terms, challenge, now).challenge
  const place = placeNow(facts)
  const { placed } = rankings
  if (place && placed) return `${placeWords(place.rank)} with ${words.score(place.score)} ${BY[placed]}`
  if (place) return `${placeWords(place.rank)} in the running table with ${words.score(place.score)} on the public rows`
  if (!meets(score, terms) && !placed) return `${comparison(facts, score, words)} on the public rows`
  const rows = placed ? rankings.places : rankings.table
  const own = rows.findIndex((row) => row.solver === submission.solver)
  const where = placed ? 'ranking' : 'running table'
  if (own >= 0) return `the solver’s ${placeWords(own + 1)} in the ${where} is that of #${rows[own]?.number}`
  if (!placed) return `no place in the running table with ${words.score(score)} on the public rows`
  return placed === 'running_table'
    ? `no place in the running table, which decides because no one posted a ranking in time`
    : `no place in the ${placed === 'judge' ? 'judge’s ranking' : 'ranking on the private rows'}`
}
