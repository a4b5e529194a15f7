/** A challenge as the API shows it in lists and on its page. */
import {
  addGain,
  end,
  NO_TALLY,
  nextPhaseAt,
  phase,
  quorum,
  redue,
  verdictFee,
  votesEnd,
} from '@stellartrain/contracts-client/rules'
import { boardOf } from '../../project/lists.ts'
import type { ChallengeRow, OracleSeat } from '../../project/model.ts'
import type { ChallengeSql, Shown } from '../read/challenges.ts'
import type { ChallengeOracle, ChallengeSummary, Completeness, ManifestInfo, Payout } from '../types.ts'
import { type Known, knownOf, numberOrNull, textOrNull, unknownColumns } from './known.ts'
import { amount, asset, hashOrNull, score, time, timeOrNull } from './values.ts'

/** @param now the clock of the answer, unix seconds */
export function challengeSummary({ row, challenge }: Shown, now: number): ChallengeSummary {
  const { terms, facts, purse } = challenge
  const dued = redue(terms, facts, now).challenge
  const next = nextPhaseAt(terms, facts, now)
  const { placed } = dued.rankings
  const known = knownOf(row)
  return {
    id: challenge.id,
    completeness: completenessOf(row),
    maker: challenge.maker,
    phase: phase(terms, facts, now),
    nextPhaseAt: next === undefined ? null : time(next),
    asset: asset(row),
    payout: payoutView(challenge),
    prize: known('prize', amount(challenge.prize)),
    added: known('added', amount(challenge.added)),
    left: amount(purse.escrow),
    reserved: amount(purse.reserved),
    paid: known('paid', amount(challenge.paid)),
    deposit: amount(terms.deposit),
    threshold: score(terms.threshold),
    direction: terms.direction,
    step: score(terms.step),
    opens: time(terms.opens),
    acceptBy: time(terms.acceptBy),
    deadline: time(terms.deadline),
    votesEnd: time(votesEnd(terms)),
    gradeBy: time(terms.gradeBy),
    end: time(end(terms)),
    judge: terms.judge && { address: terms.judge.address, judgeBy: time(terms.judge.by) },
    gate: terms.gate,
    patienceSeconds: terms.patience,
    attempts: terms.attempts,
    attemptsPerDay: terms.attemptsPerDay,
    uniqueContent: terms.uniqueContent,
    truth: hashOrNull(terms.truth),
    opensTruth: terms.opensTruth,
    oracles: challenge.seats.map((seat) => challengeOracle(seat, known)),
    quorum: quorum(terms),
    oracleFee: amount(terms.oracleFee),
    verdictFee: amount(verdictFee(terms)),
    key: hashOrNull(challenge.key),
    manifest: terms.manifest,
    info: manifestInfo(row),
    submissions: facts.submitted,
    concluded: facts.concluded,
    decided: facts.decided,
    scored: facts.scored,
    unsettled: challenge.unsettled,
    head: facts.head,
    kept: facts.kept,
    due: terms.payout.rule === 'ranked' ? dued.rankings.places.length : dued.board.due,
    solvers: known('solvers', challenge.solvers),
    best: challenge.best === null ? null : known('best', score(challenge.best)),
    winners: placed === 'oracles' || placed === 'judge' ? dued.rankings.places.length : boardOf(dued).length,
    ranking: terms.payout.rule === 'ranked' ? (placed ?? 'open') : null,
    earnings: earningsOf(challenge),
    folded: challenge.folded !== null,
    endedAt: timeOrNull(facts.cancelled ? challenge.cancelledAt : challenge.endedAt),
    createdAt: time(challenge.createdAt),
    createdLedger: numberOrNull(challenge.createdLedger),
    createdTx: textOrNull(challenge.createdTx),
  }
}

function completenessOf(row: ChallengeSql): Completeness | null {
  if (row.incomplete === null) return null
  return {
    state: row.incomplete,
    reason: row.incomplete_reason ?? '',
    since: row.incomplete_since ?? 0,
    asOf: row.recovered_as_of,
    // Columns, named as the fields are.
    unknown: unknownColumns(row).map((name) => name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())),
    unknownSubmissions: Number(row.unknown_submissions ?? 0),
  }
}

function payoutView({ terms: { payout } }: ChallengeRow): Payout {
  switch (payout.rule) {
    case 'ranked':
      return { rule: 'ranked', prizes: payout.prizes.map(amount) }
    case 'per_unit':
      return { rule: 'per_unit', rate: amount(payout.rate), maxUnits: payout.maxUnits }
    case 'earnings':
      return { rule: 'earnings' }
    case 'bounty':
      return { rule: 'bounty', reward: amount(payout.reward), winners: payout.winners }
  }
}

function earningsOf({ terms, epochs, earned, claimed }: ChallengeRow): ChallengeSummary['earnings'] {
  return terms.payout.rule === 'earnings' ? { epochs, total: amount(earned), claimed: amount(claimed) } : null
}

function challengeOracle(seat: OracleSeat, known: Known): ChallengeOracle {
  const accepted = seat.keyVersion > 0
  const record = addGain(seat.tally, seat.folded ?? NO_TALLY)
  return {
    address: seat.address,
    accepted,
    keyVersion: accepted ? seat.keyVersion : null,
    acceptedAt: timeOrNull(seat.acceptedAt),
    acceptTx: textOrNull(seat.acceptTx),
    votes: known('folded_votes', record.votes),
    unavailable: known('folded_unavailable', record.unavailable),
    agreed: known('folded_agreed', record.agreed),
    disagreed: known('folded_disagreed', record.disagreed),
    missing: known('folded_missing', record.missing),
    open: seat.tally.open,
    feesEarned: known('fees_earned', amount(seat.feesEarned)),
    feesWithdrawn: known('fees_withdrawn', amount(seat.feesWithdrawn)),
  }
}

function manifestInfo(row: ChallengeSql): ManifestInfo | null {
  if (row.title === null) return null
  return {
    title: row.title,
    summary: row.summary ?? '',
    tags: row.tags ?? [],
    kind: row.kind ?? '',
    license: row.license ?? '',
    metric: row.metric ?? '',
    baseline: row.baseline ?? 0,
  }
}
