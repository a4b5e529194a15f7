/**
 * A challenge whose events are not all to be had, put right by the contract's own entries: what they say replaces what events came to,
 * and what only the lost events said is named as unknown.
 */
import { challengeOf, submissionOf, verdictOf } from '@stellartrain/contracts-client'
import { cidToString } from '@stellartrain/contracts-client/cid'
import {
  batchPay,
  billOf,
  EMPTY_BOARD,
  NO_RANKINGS,
  prizeDue,
  prizesOf,
  type Terms as RuleTerms,
  type Submission,
  verdictFee,
} from '@stellartrain/contracts-client/rules'
import { termsOf } from '../decode/terms.ts'
import type { StoredChallenge, StoredSubmission } from '../verify/stored.ts'
import { emptyChallenge } from './challenge-created.ts'
import { type ChallengeRow, JUDGE, NOBODY_KNOWN, type SubmissionRow, type VoteRecord } from './model.ts'
import { submissionKey, type World } from './world.ts'

export type Recovered = {
  /** Columns that no entry tells. */
  unknown: string[]
  unknownSubmissions: number
}

/** @param world what the challenge's events add up to as far as they do; changed in place */
export function recover(world: World, stored: StoredChallenge): Recovered {
  const known = world.challenges.get(stored.id)
  const row = known ?? bare(stored)
  if (!known) world.addChallenge(row)
  world.changedChallenges.add(row)
  world.changedPlaces.add(row)
  const { state, earnings } = stored
  row.facts = challengeOf(stored.challenge.terms, state, stored.board, stored.rankings.rows)
  row.unsettled = state.unsettled
  row.endedAt = Number(state.ended)
  row.key = state.key ? hex(state.key) : ''
  const { purse } = state
  row.purse = {
    ...{ escrow: purse.escrow, reserved: purse.reserved, prizes: purse.prizes, budget: purse.budget },
    ...{ heldFees: purse.held_fees, rankingFees: purse.ranking_fees, deposits: purse.deposits },
    ...{ carried: purse.carried, owed: purse.owed },
  }
  row.seats.forEach((seat, place) => {
    seat.keyVersion = state.accepted[place] ?? 0
    seat.tally = { ...state.tallies[place]! }
    seat.feesEarned = seat.feesWithdrawn + (purse.fees[place] ?? 0n)
  })
  const { placed } = row.facts.rankings
  row.rankingFixed = placed === 'oracles' ? null : placed
  row.folded = foldedAs(row, state.folded)
  row.opened = stored.revealed.has(row.maker)
  row.unopened = state.unopened
  row.epochs = earnings.epochs
  row.earned = earnings.total
  row.claimed = earnings.claimed

  const found = stored.submissions.filter(isThere)
  for (const one of found) putSubmission(world, row, one)
  const rows = found.map(({ submission }) => world.submissions.get(submissionKey(row.id, submission.number))!)
  row.solvers = new Set(rows.map(({ facts }) => facts.solver)).size
  row.best = rows.reduce<bigint | null>((best, { facts: { status } }) => {
    if (status.status !== 'scored') return best
    return best === null || isBetter(row.terms, status.score, best) ? status.score : best
  }, null)
  row.paid = rows.reduce((sum, it) => sum + sentFor(row, it.facts).own, 0n) + row.claimed
  putRest(world, row, stored)
  return { unknown: unknownOf(row, known !== undefined), unknownSubmissions: state.submitted - found.length }
}

type Found = StoredSubmission & { submission: NonNullable<StoredSubmission['submission']> }

const isThere = (one: StoredSubmission): one is Found => one.submission !== undefined

function bare({ id, challenge, rankings: _, state }: StoredChallenge): ChallengeRow {
  const terms = termsOf(challenge.terms)
  const promised = terms.payout.rule === 'bounty' ? terms.payout.reward * BigInt(terms.payout.winners) : 0n
  const prize =
    promised + prizesOf(terms).reduce((sum, one) => sum + one, 0n) * (terms.payout.rule === 'ranked' ? 1n : 0n)
  const at = { id: '', ledger: 0, closedAt: Number(challenge.created), txHash: '' }
  return {
    ...emptyChallenge({ challenge: id, maker: challenge.maker, terms, prize, feeBudget: verdictFee(terms) }, at),
    cancelledAt: 0,
    facts: { ...EMPTY_FACTS, cancelled: state.cancelled },
  }
}

const EMPTY_FACTS = {
  ...{ cancelled: false, accepted: false, ended: false },
  ...{ submitted: 0, concluded: 0, decided: 0, kept: 0, scored: 0, head: 0 },
  ...{ board: EMPTY_BOARD, rankings: NO_RANKINGS },
}

/** What is undecided when a challenge comes to count in the records stays so, or becomes unsettled. */
function foldedAs({ facts, unsettled, folded: known }: ChallengeRow, folded: boolean): ChallengeRow['folded'] {
  if (!folded) return null
  const undecided = facts.ended ? 0 : facts.submitted - facts.concluded
  return known ?? (undecided === 0 && unsettled === 0 ? 'decided' : 'undecided')
}

function putSubmission(world: World, challenge: ChallengeRow, { solver, attempt, submission }: Found): void {
  const facts = submissionOf({ oracles: [...challenge.terms.oracles] }, solver, submission)
  const known = world.submissions.get(submissionKey(challenge.id, facts.number))
  const row: SubmissionRow = known ?? {
    ...{ challenge: challenge.id, attempt, cid: cidToString(submission.cid), commitment: hex(submission.commitment) },
    ...{ submitLedger: 0, submitTx: '', facts, voted: 0, deciders: 0, decidedAt: 0, by: 'open' },
    ...{ verdictAt: 0, verdictLedger: 0, verdictTx: '', report: '', paid: 0n, paidAt: 0, paidTx: '' },
  }
  if (known) world.submissionChanges.change(known)
  else world.addSubmission(row)
  const before = row.facts.status.status
  const now = facts.status.status
  row.voted = submission.voted
  row.facts = facts
  if (now === 'pending') putVotes(world, challenge, row, submission.votes)
  else if (before === 'pending' || !known) {
    row.by = facts.byJudge ? 'judge' : now === 'unsettled' || now === 'void' ? 'nobody' : NOBODY_KNOWN
    row.deciders = 0
    row.decidedAt = 0
  }
  const { own, back } = sentFor(challenge, facts)
  if (own + back === row.paid) return
  row.paid = own + back
  // The payment that made the difference is lost, and it was the last one.
  row.paidAt = 0
  row.paidTx = ''
}

/** What was sent for it so far: of the challenge's money, and of the solver's own. */
function sentFor({ terms, facts }: ChallengeRow, it: Submission): { own: bigint; back: bigint } {
  const prize = it.prizePaid ? prizeDue(terms, facts, { ...it, prizePaid: false }) : 0n
  if (it.status.status === 'pending' || it.held) return { own: prize, back: 0n }
  const { backCarry, backDeposit } = billOf(terms, it)
  return { own: prize + batchPay(terms.payout, it.status), back: backCarry + backDeposit }
}

/** The votes in the order of the contract; one whose event is lost stands right behind the one before it. */
function putVotes(
  world: World,
  { id }: ChallengeRow,
  { facts }: SubmissionRow,
  votes: Found['submission']['votes'],
): void {
  const mine = world.votesOn(id, facts.number)
  let before = '0'
  for (const { by } of votes) {
    const oracle = by === JUDGE ? JUDGE : by
    const verdict = oracle === JUDGE ? ballotOf(votes, oracle) : facts.votes.cast[oracle]
    const event = mine.find((vote) => vote.oracle === oracle)
    if (event && verdict && same(event.verdict, verdict)) {
      before = event.eventId
      continue
    }
    if (!verdict) continue
    before = `${before}~`
    world.putVote({
      ...{ challenge: id, number: facts.number, oracle, eventId: before, verdict },
      ...{ late: false, improved: false, report: '', at: 0, ledger: 0, tx: '' },
    })
  }
}

function ballotOf(votes: Found['submission']['votes'], by: number): VoteRecord['verdict'] | undefined {
  const ballot = votes.find((vote) => vote.by === by)
  return ballot && verdictOf(ballot)
}

const same = (one: VoteRecord['verdict'], other: VoteRecord['verdict']) =>
  Object.values(one).join('/') === Object.values(other).join('/')

/** Entries of their own: shares, opened truths, epochs. When they were written no entry tells but an epoch's. */
function putRest(world: World, { id }: ChallengeRow, stored: StoredChallenge): void {
  const none = { at: 0, tx: '' }
  const has = (row: { challenge: number }) => row.challenge === id
  if (stored.shares && !world.newShares.some(has))
    world.newShares.push({ challenge: id, shares: hex(stored.shares), ...none })
  for (const [by, cid] of stored.revealed) {
    if (!world.newReveals.some((reveal) => has(reveal) && reveal.by === by))
      world.newReveals.push({ challenge: id, by, cid: cidToString(cid), ...none })
  }
  const votes = world.epochVotes.get(id) ?? []
  stored.epochs.forEach(({ posted }, index) => {
    const epoch = index + 1
    if (!posted || votes.some((vote) => vote.epoch === epoch && vote.quorum)) return
    world.putEpochVote({
      ...{ challenge: id, epoch, oracle: SOMEBODY, root: hex(posted.root), total: posted.total, report: '' },
      ...{ quorum: true, fees: 0n, eventId: `0~${epoch}`, at: Number(posted.time), ledger: 0, tx: '' },
    })
  })
}

/** Stands for an oracle's place where nobody knows whose vote it was. */
const SOMEBODY = 254

/** What came in and went back to the maker leaves no trace in the contract. Only two rules let anyone add to the prize. */
export const untraced = ({ terms: { payout } }: ChallengeRow): string[] => [
  ...(isOpenPrize(payout) ? ['added'] : []),
  ...['fees_added', 'refunded', 'events'],
]

const isOpenPrize = ({ rule }: RuleTerms['payout']): boolean => rule === 'per_unit' || rule === 'earnings'

function unknownOf(row: ChallengeRow, begun: boolean): string[] {
  return [
    ...untraced(row),
    ...['fees_earned', 'fees_withdrawn'],
    ...(begun ? [] : ['created_ledger', 'created_tx']),
    ...(!begun && isOpenPrize(row.terms.payout) ? ['prize'] : []),
    ...(row.seats.some(({ keyVersion, acceptedAt }) => keyVersion > 0 && acceptedAt === 0)
      ? ['accepted_at', 'accept_tx']
      : []),
    ...(row.facts.cancelled && row.cancelledAt === 0 ? ['cancelled_at'] : []),
    // A lost call of close may have moved more there.
    ...(row.folded !== null
      ? ['folded_votes', 'folded_unavailable', 'folded_agreed', 'folded_disagreed', 'folded_missing']
      : []),
  ]
}

const isBetter = ({ direction }: Pick<RuleTerms, 'direction'>, score: bigint, than: bigint): boolean =>
  direction === 'maximize' ? score > than : score < than

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
