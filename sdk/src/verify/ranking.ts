/** A ranking's part of a verification: private scores, the order that follows from them, and what each place brings. Pure. */
import {
  Direction,
  type Ranked,
  Ranking,
  type RankingRow,
  scoreToDecimal,
  type Terms,
  toDecimal,
  Verdict,
} from '@stellartrain/contracts-client'
import { type RankedRow, rankSolvers } from '@stellartrain/oracle-grade'
import { type Check, compare, open } from './check.ts'
import type { Evidence } from './evidence.ts'

/** A submission of the challenge, from storage. Scores in units of 1e-7, the public one rounded to the step. */
export type Entrant = { number: number; solver: string; attempt: number; verdict: Verdict; score: bigint; hash: string }

export type RankingEvidence = {
  /** Every submission; undefined where the RPC no longer has the events that name them. */
  entrants: readonly Entrant[] | undefined
  /** Private scores recomputed from opened payloads whose content hash is the one on the chain; null: no value. */
  privates: ReadonlyMap<number, bigint | null>
  /** Nobody ranked in time: the running table counts. */
  lapsed: boolean
  /** What the oracles' report left out, and why. */
  leftOut: ReadonlyMap<number, string>
  /** What the contract says that this submission won. */
  prize: bigint
}

const PRIZE_PAID = 4

export function checkRanking(evidence: Evidence, ranking: RankingEvidence): Check[] {
  const { challenge, state } = evidence
  const { payout } = challenge.terms
  if (payout.tag !== 'Ranked') return []
  if (ranking.lapsed) {
    const note = 'Nobody ranked in time, so the private rows decide nothing.'
    return [
      open('ranking_quorum', 'not_applicable', note),
      open('private_score', 'not_applicable', note),
      checkTable(evidence, ranking, payout.values[0]),
      checkPrize(evidence, ranking, payout.values[0]),
    ]
  }
  if (state.ranking !== Ranking.Posted) {
    const note = 'The oracles rank after the deadline, when every submission is final.'
    return (['ranking_quorum', 'private_score', 'ranking', 'prize'] as const).map((id) => open(id, 'not_final', note))
  }
  return [
    checkPosted(evidence),
    checkPrivateScore(evidence, ranking),
    checkOrder(evidence, ranking, payout.values[0]),
    checkPrize(evidence, ranking, payout.values[0]),
  ]
}

const rules = ({ direction, threshold, step }: Terms, { prizes }: Ranked) => ({
  direction: direction === Direction.Maximize ? ('maximize' as const) : ('minimize' as const),
  threshold,
  step,
  places: prizes.length,
})

const list = (rows: readonly { number: number; score: bigint }[]): string =>
  rows.map(({ number, score }) => `${number}: ${scoreToDecimal(score)}`).join(', ') || 'nobody'

/** The running table follows from storage alone. */
function checkTable(evidence: Evidence, { entrants }: RankingEvidence, ranked: Ranked): Check {
  if (entrants === undefined) return gone('ranking', evidence)
  const scored = entrants.filter(({ verdict }) => verdict === Verdict.Scored)
  const expected = rankSolvers(scored, rules(evidence.challenge.terms, ranked))
  return compare('ranking', list(expected), list(evidence.places), 'The running table on the public rows counts.')
}

function gone(id: 'ranking' | 'ranking_quorum', { history }: Evidence): Check {
  return open(id, 'events_gone', `The RPC keeps events only from ledger ${history.from} on.`)
}

/** A quorum of the oracles posted these very rows. */
function checkPosted(evidence: Evidence): Check {
  const { history, challenge, places } = evidence
  const rows = (all: readonly Pick<RankingRow, 'solver' | 'attempt' | 'score'>[]) =>
    all.map(({ solver, attempt, score }) => `${solver}/${attempt}/${score}`).join()
  const { oracles, quorum } = challenge.terms
  const equal = new Set<string>()
  for (const event of history.events) {
    if (event.type === 'ranking_posted' && oracles.includes(event.oracle) && rows(event.rows) === rows(places))
      equal.add(event.oracle)
  }
  if (equal.size < quorum && !history.complete) return gone('ranking_quorum', evidence)
  const got = equal.size >= quorum ? `at least ${quorum}` : String(equal.size)
  return compare('ranking_quorum', `at least ${quorum}`, got, [...equal].join(', '))
}

/** On the board with this score, or rightly without a place. */
function checkPrivateScore(evidence: Evidence, { privates, leftOut }: RankingEvidence): Check {
  const { shown, ref, places, challenge, opened } = evidence
  if (shown.verdict !== Verdict.Scored)
    return open('private_score', 'not_applicable', 'Only a scored submission takes part in the ranking.')
  const why = leftOut.get(shown.number)
  if (why !== undefined) {
    const note = `The oracles left it out of the ranking (${why}): that they could not grade it again is their word.`
    return open('private_score', 'content_unavailable', note)
  }
  if ('missing' in opened) return open('private_score', opened.missing, opened.note)
  if ('missing' in opened.submission) return open('private_score', opened.submission.missing, opened.submission.note)
  const computed = privates.get(shown.number)
  const place = places.find(({ number }) => number === shown.number)
  const text = computed === undefined || computed === null ? 'none' : scoreToDecimal(computed)
  if (place) return compare('private_score', scoreToDecimal(place.score), text)
  const { payout } = challenge.terms
  if (payout.tag !== 'Ranked') return open('private_score', 'not_applicable', 'There is no ranking.')
  const own = { number: shown.number, solver: ref.solver, attempt: ref.attempt }
  const rows: RankedRow[] = typeof computed === 'bigint' ? [...places, { ...own, score: computed }] : places
  const deserved = rankSolvers(rows, rules(challenge.terms, payout.values[0])).some(
    ({ number }) => number === shown.number,
  )
  return compare('private_score', deserved ? 'a place' : 'no place', 'no place', `${text} on the private rows`)
}

/** The order among all that is open; what is not open counts as the oracles posted it, or not at all. */
function checkOrder(evidence: Evidence, { entrants, privates, leftOut }: RankingEvidence, ranked: Ranked): Check {
  const { opened, places, challenge } = evidence
  if ('missing' in opened) return open('ranking', opened.missing, opened.note)
  if (entrants === undefined) return gone('ranking', evidence)
  const scored = entrants.filter(({ verdict }) => verdict === Verdict.Scored)
  const counted = scored.filter(({ number }) => !leftOut.has(number))
  const rows = counted.flatMap((entrant): RankedRow[] => {
    const score = privates.has(entrant.number)
      ? privates.get(entrant.number)
      : places.find(({ number }) => number === entrant.number)?.score
    return typeof score === 'bigint' ? [{ ...entrant, score }] : []
  })
  const known = scored.filter(({ number }) => privates.has(number)).length
  const without = leftOut.size === 0 ? '' : `; left out by the oracles: ${leftOut.size}`
  const from = ` (recomputed from ${known} of ${scored.length} scored submissions, as many as are open${without})`
  const expected = rankSolvers(rows, rules(challenge.terms, ranked))
  return compare('ranking', list(expected) + from, list(places) + from)
}

/** What the rules give for the place, and what the contract paid or owes. */
function checkPrize(evidence: Evidence, ranking: RankingEvidence, { prizes }: Ranked): Check {
  const { places, shown, state, token, history, ref } = evidence
  const place = places.findIndex(({ number }) => number === shown.number)
  const whole = place < 0 ? 0n : (prizes[place] ?? 0n)
  const graded = BigInt(state.finalized - state.unsettled)
  const expected = ranking.lapsed && state.submitted > 0 ? (whole * graded) / BigInt(state.submitted) : whole
  const sent = history.events.reduce(
    (sum, event) =>
      event.type === 'payment_released' && event.solver === ref.solver && event.attempt === ref.attempt
        ? sum + event.prize
        : sum,
    0n,
  )
  const paid = (shown.flags & PRIZE_PAID) !== 0 && history.complete
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  const note = place < 0 ? 'no place' : `place ${place + 1} of ${places.length}`
  return compare('prize', money(expected), money(paid ? sent : ranking.prize), note)
}
