/** A challenge as `status --json` prints it: the API's names and forms for all that the chain and the manifest say. */
import {
  cidToString,
  type Payout,
  type Place,
  promisedPrize,
  scoreToNumber,
  toHex,
} from '@stellartrain/contracts-client'
import {
  type Challenge,
  type Closing,
  type Conduct,
  end,
  fold,
  nextPhaseAt,
  quorum,
  redue,
  verdictFee,
  votesEnd,
} from '@stellartrain/contracts-client/rules'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import type { ChallengeFacts } from '../challenge/context.ts'
import type { Challenge as ApiChallenge } from '../system/api.ts'
import { time } from './show.ts'

/** What an API's challenge has, and the chain alone can say. */
export type ChallengeJson = Pick<
  ApiChallenge,
  | 'id'
  | 'maker'
  | 'phase'
  | 'nextPhaseAt'
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
  | 'votesEnd'
  | 'gradeBy'
  | 'end'
  | 'patienceSeconds'
  | 'attempts'
  | 'attemptsPerDay'
  | 'judge'
  | 'gate'
  | 'uniqueContent'
  | 'truth'
  | 'opensTruth'
  | 'quorum'
  | 'oracleFee'
  | 'verdictFee'
  | 'key'
  | 'manifest'
  | 'submissions'
  | 'concluded'
  | 'decided'
  | 'scored'
  | 'unsettled'
  | 'head'
  | 'kept'
  | 'due'
  | 'winners'
  | 'ranking'
  | 'closing'
  | 'createdAt'
> & {
  /** Null where the rule lets the maker choose it: the chain keeps only what is left. */
  prize: string | null
  /** Null while the manifest cannot be fetched. */
  info: { title: string; summary: string; metric: string } | null
  oracles: Pick<ApiChallenge['oracles'][number], 'address' | 'accepted' | 'keyVersion'>[]
  board: Omit<ApiChallenge['board'][number], 'paid'>[]
}

export type ChallengeView = {
  facts: ChallengeFacts
  manifest: Manifest | undefined
  board: readonly Place[]
  counters: Challenge
  conduct: Conduct
  closing: Closing | undefined
}

export function challengeJson({ facts, manifest, board, counters, conduct, closing }: ChallengeView): ChallengeJson {
  const { id, challenge, state, terms, token, phase, clock } = facts
  const { terms: frozen, maker, created } = challenge
  const now = clock.closedAt
  const score = (units: bigint) => ({ units: String(units), value: scoreToNumber(units) })
  const prize = promisedPrize(frozen.payout)
  const next = nextPhaseAt(terms, counters, now)
  const dued = redue(terms, counters, now).challenge
  const { rankings } = dued
  return {
    id,
    maker,
    phase,
    nextPhaseAt: next === undefined ? null : time(next),
    asset: {
      contract: token.contract,
      code: token.code,
      issuer: token.issuer,
      native: token.asset?.isNative() ?? false,
      decimals: token.decimals,
    },
    payout: payoutJson(frozen.payout),
    prize: prize === undefined ? null : String(prize),
    left: String(state.purse.escrow),
    reserved: String(state.purse.reserved),
    deposit: String(terms.deposit),
    threshold: score(terms.threshold),
    direction: terms.direction,
    step: score(terms.step),
    opens: time(terms.opens),
    acceptBy: time(terms.acceptBy),
    deadline: time(terms.deadline),
    votesEnd: time(votesEnd(terms)),
    gradeBy: time(terms.gradeBy),
    end: time(end(terms)),
    patienceSeconds: terms.patience,
    attempts: terms.attempts,
    attemptsPerDay: terms.attemptsPerDay,
    judge: terms.judge && { address: terms.judge.address, judgeBy: time(terms.judge.by) },
    gate: frozen.gate,
    uniqueContent: terms.uniqueContent,
    truth: frozen.truth.some((byte) => byte !== 0) ? toHex(frozen.truth) : null,
    opensTruth: terms.opensTruth,
    oracles: terms.oracles.map((address, index) => {
      const version = state.accepted[index] ?? 0
      return { address, accepted: version > 0, keyVersion: version > 0 ? version : null }
    }),
    quorum: quorum(terms),
    oracleFee: String(terms.oracleFee),
    verdictFee: String(verdictFee(terms)),
    key: state.key ? toHex(state.key) : null,
    manifest: cidToString(frozen.manifest),
    info: manifest ? { title: manifest.title, summary: manifest.summary, metric: manifest.metric.id } : null,
    submissions: state.submitted,
    concluded: state.concluded,
    decided: state.decided,
    scored: state.scored,
    unsettled: state.unsettled,
    head: state.head,
    kept: state.kept,
    due: board.filter(({ due }) => due).length,
    winners: board.length,
    ranking: terms.payout.rule === 'ranked' ? (rankings.placed ?? 'open') : null,
    board: board.map((place, index) => ({
      ...{ place: index + 1, solver: place.solver, number: place.number, attempt: place.attempt },
      ...{ score: score(place.score), prize: String(place.prize) },
      ...{ due: place.due, waiting: terms.payout.rule === 'bounty' && !place.due },
    })),
    closing: closing
      ? {
          ...{ prize: String(closing.prize), budget: String(closing.budget), total: String(closing.total) },
          ...{ keptPrize: String(closing.keptPrize), keptBudget: String(closing.keptBudget) },
          folds: fold(terms, dued, conduct, now) !== undefined,
        }
      : null,
    createdAt: time(created),
  }
}

function payoutJson(payout: Payout): ApiChallenge['payout'] {
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
