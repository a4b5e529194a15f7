/** A ranking's part of a verification: the score on the private rows, and the order that follows from all of them. Pure. */

import { type RankingRow, scoreToDecimal, Verdict } from '@stellartrain/contracts-client'
import {
  enterTable,
  meets,
  type Place,
  prizesOf,
  quorum,
  type RankedBy,
  ranking as rankingOf,
  type ScoredAttempt,
} from '@stellartrain/contracts-client/rules'
import { capital, partOf } from '../system/counted.ts'
import { type Check, compare, failed, type Outlook, open, type WhyOpen } from './check.ts'
import type { Evidence } from './evidence.ts'

/** A submission of the challenge, from storage. Scores in units of 1e-7, the public one rounded to the step. */
export type Entrant = {
  number: number
  solver: string
  attempt: number
  verdict: Verdict
  score: bigint
  hash: string
  /** Of the sealed file. */
  cid: string
}

/** Why an entrant's score could not be recomputed. */
export type Unseen = { note: string; outlook: Outlook }

/** What the report of the ranking left out, and why; not known where the report could not be fetched. */
export type LeftOut = { known: boolean; numbers: ReadonlyMap<number, string> }

export type RankingEvidence = {
  /** Every submission, as far as it is known. */
  entrants: readonly Entrant[]
  /** What is missing to know them all. */
  gap: string | undefined
  /**
   * Recomputed from the payloads of the sealed files, on the rows that decide: the private ones, or
   * where the running table counts the public ones. Null: no value.
   */
  scores: ReadonlyMap<number, bigint | null>
  unseen: ReadonlyMap<number, Unseen>
  leftOut: LeftOut
  /** By whose ranking the prizes go; null while that is open. */
  placed: RankedBy | null
}

export function checkRanking(evidence: Evidence, ranking: RankingEvidence): Check[] {
  if (evidence.facts.terms.payout.rule !== 'ranked') return []
  const all = ['ranking_quorum', 'private_score', 'ranking'] as const
  switch (ranking.placed) {
    case null: {
      const note = 'The oracles rank after the deadline, when every submission is final.'
      return all.map((id) => open(id, 'not_final', note))
    }
    case 'judge': {
      const note = `The judge ${evidence.facts.terms.judge?.address} ranked, for no quorum of oracles did: nothing recomputes that.`
      return all.map((id) => open(id, 'judged', note))
    }
    case 'running_table': {
      const note = 'No one posted a ranking in time, so the private rows decide nothing.'
      return [
        open('ranking_quorum', 'not_applicable', note),
        open('private_score', 'not_applicable', note),
        checkOrder(evidence, ranking),
      ]
    }
    case 'oracles':
      return [checkPosted(evidence), checkPrivateScore(evidence, ranking), checkOrder(evidence, ranking)]
  }
}

const list = (rows: readonly { number: number; score: bigint }[]): string =>
  rows.map(({ number, score }) => `${number}: ${scoreToDecimal(score)}`).join(', ') || 'none'

/** A quorum of the oracles posted these very rows. */
function checkPosted(evidence: Evidence): Check {
  const { history, facts, places } = evidence
  const rows = (all: readonly Pick<RankingRow, 'solver' | 'attempt' | 'score'>[]) =>
    all.map(({ solver, attempt, score }) => `${solver}/${attempt}/${score}`).join()
  const { oracles } = facts.terms
  const needed = quorum(facts.terms)
  const equal = new Set<string>()
  for (const event of history.events) {
    if (event.type === 'ranking_posted' && oracles.includes(event.by) && rows(event.rows) === rows(places))
      equal.add(event.by)
  }
  if (equal.size < needed && !history.complete) {
    const note = `The RPC keeps events only from ledger ${history.from} on.`
    return open('ranking_quorum', 'events_gone', note)
  }
  const got = equal.size >= needed ? `at least ${needed}` : String(equal.size)
  return compare('ranking_quorum', `at least ${needed}`, got, [...equal].join(', '))
}

/** On the board with this score, or rightly without a place. */
function checkPrivateScore(evidence: Evidence, { scores, leftOut }: RankingEvidence): Check {
  const { shown, ref, places, facts, opened } = evidence
  if (shown.verdict !== Verdict.Scored)
    return open('private_score', 'not_applicable', 'Only a scored submission takes part in the ranking.')
  const computed = scores.get(shown.number)
  const why = leftOut.numbers.get(shown.number)
  if (why !== undefined && !(why === 'no_score' && computed !== undefined)) {
    const note = `The oracles left it out of the ranking (${why}): that they could not grade it again is their word.`
    return open('private_score', 'left_out', note)
  }
  if ('missing' in opened) return open('private_score', opened.missing, opened.note, opened.outlook)
  const { submission } = opened
  if ('missing' in submission) return open('private_score', submission.missing, submission.note, submission.outlook)
  const place = places.find(({ number }) => number === shown.number)
  const text = computed === undefined || computed === null ? 'none' : scoreToDecimal(computed)
  if (place) return compare('private_score', scoreToDecimal(place.score), text)
  // Without a place: it must not have deserved one beside those that are posted.
  const own = { number: shown.number, solver: ref.solver, public: shown.score }
  const posted = places.map(({ number, solver, score }) => ({ number, solver, public: score, private: score }))
  const rows =
    typeof computed === 'bigint'
      ? [...posted.filter(({ solver }) => solver !== ref.solver), { ...own, private: computed }]
      : posted
  const better = places.some(({ solver }) => solver === ref.solver)
  const deserved = !better && rankingOf(facts.terms, rows).some(({ number }) => number === shown.number)
  return compare('private_score', deserved ? 'a place' : 'no place', 'no place', `${text} on the private rows`)
}

/**
 * The order among all entrants. An entrant that could not be recomputed counts as the oracles ranked it: if even then the
 * order is another one, it is wrong; if it is the same, nothing is proven, and the check stays open.
 */
function checkOrder(evidence: Evidence, ranking: RankingEvidence): Check {
  const { opened, places, facts } = evidence
  const { entrants, gap, scores, leftOut } = ranking
  if ('missing' in opened) return open('ranking', opened.missing, opened.note, opened.outlook)
  const scored = entrants.filter(({ verdict }) => verdict === Verdict.Scored)
  const excused = scored.filter((entrant) => isExcused(entrant, ranking))
  const counted = scored.filter((entrant) => !excused.includes(entrant))
  const posted = new Map(places.map((place) => [place.number, place.score]))
  const unknown = places.filter(({ number }) => !entrants.some((entrant) => entrant.number === number))
  const rows = counted.map((entrant) => ({
    entrant,
    score: scores.has(entrant.number) ? (scores.get(entrant.number) ?? null) : posted.get(entrant.number),
  }))
  const strangers = unknown.map(({ number, solver, score }) => ({ number, solver, public: score, private: score }))
  const expected = list(ranking.placed === 'oracles' ? ranked(facts.terms, rows, strangers) : table(facts.terms, rows))
  const got = list(places)
  const known = `Recomputed from ${partOf(scored.filter(({ number }) => scores.has(number)).length, scored.length, 'scored submission')}.`
  if (expected !== got && leftOut.known) return failed('ranking', expected, got, known)
  const noReport = 'The report of the ranking, which names the entrants that were left out, could not be fetched.'
  const lacking = [gap, notOpen(scored, ranking), theirWord(excused), expected === got ? undefined : noReport]
  const note = lacking.filter((one) => one !== undefined).join(' ')
  if (note !== '') return open('ranking', whyOpen(ranking, excused), note, outlookOf(ranking, excused))
  return compare('ranking', expected, got, known)
}

type Recomputed = {
  entrant: Entrant /** Undefined: not seen and without a place; null: no value. */
  score: bigint | null | undefined
}
type RankedTerms = Evidence['facts']['terms']

/** By the private rows. What was not seen and has no place still uses up one of its solver's two attempts. */
function ranked(terms: RankedTerms, rows: readonly Recomputed[], strangers: readonly ScoredAttempt[]): Place[] {
  const worst = terms.direction === 'maximize' ? -(2n ** 63n) : 2n ** 63n - 1n
  const attempts = rows.flatMap(({ entrant, score }): ScoredAttempt[] =>
    score === null
      ? []
      : [{ number: entrant.number, solver: entrant.solver, public: entrant.score, private: score ?? worst }],
  )
  return rankingOf(terms, [...attempts, ...strangers])
}

/** By the public rows. */
function table(terms: RankedTerms, rows: readonly Recomputed[]): Place[] {
  const most = prizesOf(terms).length
  return rows.reduce<Place[]>((places, { entrant, score }) => {
    const known = score === undefined ? entrant.score : score
    if (known === null || !meets(known, terms)) return places
    return enterTable(places, { number: entrant.number, solver: entrant.solver, score: known }, most, terms.direction)
  }, [])
}

/** Left out by the oracles, unless our own computation contradicts the reason that they gave. */
function isExcused({ number }: Entrant, { scores, leftOut }: RankingEvidence): boolean {
  const why = leftOut.numbers.get(number)
  return why !== undefined && !(why === 'no_score' && scores.has(number))
}

function notOpen(scored: readonly Entrant[], { unseen }: RankingEvidence): string | undefined {
  const closed = scored.flatMap(({ number }) => unseen.get(number) ?? [])
  if (closed.length === 0) return undefined
  const who = numbers(scored.filter(({ number }) => unseen.has(number)).map(({ number }) => number))
  const reasons = [...new Set(closed.map(({ note }) => note))].map((note) => {
    const times = closed.filter((one) => one.note === note).length
    return times === closed.length ? note : `${times} of them: ${note}`
  })
  return `${capital(partOf(closed.length, scored.length, 'entrant', { verb: ['is', 'are'] }))} not open (${who}). ${reasons.join(' ')}`
}

function theirWord(excused: readonly Entrant[]): string | undefined {
  if (excused.length === 0) return undefined
  const who = numbers(excused.map(({ number }) => number))
  const them = excused.length === 1 ? 'it' : 'them'
  return `The oracles left out ${who}: that they could not grade ${them} again is their word.`
}

function whyOpen({ gap, unseen }: RankingEvidence, excused: readonly Entrant[]): WhyOpen {
  if (gap !== undefined) return 'events_gone'
  if (unseen.size > 0) return 'entrants_not_opened'
  return excused.length > 0 ? 'left_out' : 'content_unavailable'
}

/** What is gone for good decides; otherwise what is still to come. */
function outlookOf({ gap, unseen }: RankingEvidence, excused: readonly Entrant[]): Outlook {
  const outlooks = new Set([...unseen.values()].map(({ outlook }) => outlook))
  if (gap !== undefined || excused.length > 0 || outlooks.has('never')) return 'never'
  return outlooks.has('later') ? 'later' : 'retry'
}

/** `submissions 1, 2, 5 and 9 more` */
function numbers(all: readonly number[]): string {
  const rest = all.length > 12 ? ` and ${all.length - 12} more` : ''
  return `${all.length === 1 ? 'submission' : 'submissions'} ${all.slice(0, 12).join(', ')}${rest}`
}
