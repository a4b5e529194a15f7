/** A challenge as `status --json` prints it: the API's names and forms for all that the chain and the manifest say. */
import {
  cidToString,
  Direction,
  type Payout,
  type Place,
  promisedPrize,
  Ranking,
  scoreToNumber,
} from '@stellartrain/contracts-client'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { Challenge } from '../api.ts'
import type { ChallengeFacts } from '../context.ts'
import { time } from './show.ts'

/** What an API's challenge has, and the chain alone can say. */
export type ChallengeJson = Pick<
  Challenge,
  | 'id'
  | 'maker'
  | 'state'
  | 'asset'
  | 'payout'
  | 'left'
  | 'reserved'
  | 'deposit'
  | 'threshold'
  | 'direction'
  | 'step'
  | 'opens'
  | 'acceptBy'
  | 'deadline'
  | 'gradeBy'
  | 'patienceSeconds'
  | 'attempts'
  | 'attemptsPerDay'
  | 'quorum'
  | 'oracleFee'
  | 'silenceShareBps'
  | 'opensTruth'
  | 'manifest'
  | 'submissions'
  | 'finalized'
  | 'winners'
  | 'ranking'
  | 'createdAt'
> & {
  /** Null where the rule lets the maker choose it: the chain keeps only what is left. */
  prize: string | null
  /** Null while the manifest cannot be fetched. */
  info: { title: string; summary: string; metric: string } | null
  oracles: { address: string; accepted: boolean; keyVersion: number | null }[]
  board: Omit<Challenge['board'][number], 'paid'>[]
}

export function challengeJson(
  { id, challenge, state, token, phase, clock }: ChallengeFacts,
  manifest: Manifest | undefined,
  board: readonly Place[],
): ChallengeJson {
  const { terms, maker, created } = challenge
  const score = (units: bigint) => ({ units: String(units), value: scoreToNumber(units) })
  const prize = promisedPrize(terms.payout)
  return {
    id,
    maker,
    state: phase,
    asset: {
      contract: token.contract,
      code: token.code,
      issuer: token.issuer,
      native: token.asset?.isNative() ?? false,
      decimals: token.decimals,
    },
    payout: payoutJson(terms.payout),
    prize: prize === undefined ? null : String(prize),
    left: String(state.escrow),
    reserved: String(state.reserved),
    deposit: String(terms.deposit),
    threshold: score(terms.threshold),
    direction: terms.direction === Direction.Maximize ? 'maximize' : 'minimize',
    step: score(terms.step),
    opens: time(terms.opens),
    acceptBy: time(terms.accept_by),
    deadline: time(terms.deadline),
    gradeBy: time(terms.grade_by),
    patienceSeconds: Number(terms.patience),
    attempts: terms.attempts,
    attemptsPerDay: terms.attempts_per_day,
    oracles: terms.oracles.map((address, index) => {
      const version = state.accepted[index] ?? 0
      return { address, accepted: version > 0, keyVersion: version > 0 ? version : null }
    }),
    quorum: terms.quorum,
    oracleFee: String(terms.oracle_fee),
    silenceShareBps: terms.silence_share,
    opensTruth: terms.opens_truth,
    manifest: cidToString(terms.manifest),
    info: manifest ? { title: manifest.title, summary: manifest.summary, metric: manifest.metric.id } : null,
    submissions: state.submitted,
    finalized: state.finalized,
    winners: state.winners,
    ranking:
      terms.payout.tag === 'Ranked' ? rankingJson(state.ranking, BigInt(clock.closedAt) >= terms.grade_by) : null,
    board: board.map((place, index) => ({
      ...{ place: index + 1, solver: place.solver, number: place.number, attempt: place.attempt },
      ...{ score: score(place.score), prize: String(place.prize) },
    })),
    createdAt: time(created),
  }
}

function payoutJson(payout: Payout): Challenge['payout'] {
  switch (payout.tag) {
    case 'Bounty':
      return { rule: 'bounty', reward: String(payout.values[0].reward), winners: payout.values[0].winners }
    case 'Ranked':
      return { rule: 'ranked', prizes: payout.values[0].prizes.map(String) }
    case 'PerUnit':
      return { rule: 'per_unit', rate: String(payout.values[0].rate), maxUnits: payout.values[0].max_units }
    case 'Earnings':
      return { rule: 'earnings' }
  }
}

function rankingJson(ranking: Ranking, late: boolean): Challenge['ranking'] {
  if (ranking === Ranking.Posted) return 'posted'
  return ranking === Ranking.Table || late ? 'table' : 'open'
}
