/** A submission as the API shows it: what is written, what is true of it now, and what comes next. */
import {
  batchPay,
  earliest,
  isOver,
  maySettle,
  owed,
  phase,
  prizeToCome,
  reaches,
  release,
  reservation,
  type Standing,
  step,
  type Verdict,
  verdictFee,
} from '@stellartrain/contracts-client/rules'
import { flagsOf } from '../../project/lists.ts'
import { type ChallengeRow, JUDGE, type SubmissionRow, type VoteRecord } from '../../project/model.ts'
import { isVerdict, reasonIn } from '../../project/verdicts.ts'
import type { Asset, Ballot, Decision, NextStep, Submission, Vote } from '../types.ts'
import { numberOrNull, textOrNull } from './known.ts'
import { placesIn } from './standing.ts'
import { amount, hashOrNull, reason, score, time, timeOrNull } from './values.ts'

/** A submission with its challenge and its votes, in the order in which they were cast. */
export type ShownSubmission = {
  submission: SubmissionRow
  challenge: ChallengeRow
  votes: readonly VoteRecord[]
  asset: Asset
}

/** @param now the clock of the answer, unix seconds */
export function submissionView({ submission, challenge, votes, asset }: ShownSubmission, now: number): Submission {
  const { facts: it } = submission
  const { terms, facts } = challenge
  const open = it.status.status === 'pending'
  // What `release_payment` would make of it: written or not, that is how it stands.
  const after = maySettle(phase(terms, facts, now))
    ? release(terms, { challenge: facts, submission: it }, now)
    : { challenge: facts, submission: it }
  const stands = after.submission.status
  const place = placesIn(terms, after.challenge).find((row) => row.number === it.number)
  const prize = (place?.due ? place.prize : 0n) + batchPay(terms.payout, stands)
  return {
    challenge: challenge.id,
    number: it.number,
    solver: it.solver,
    attempt: submission.attempt,
    cid: submission.cid,
    commitment: hashOrNull(submission.commitment),
    units: it.units,
    acceptedUnits: stands.status === 'scored' ? stands.units : null,
    reserved: amount(open ? reservation(terms.payout, it.units) : 0n),
    asset,
    deposit: amount(terms.deposit),
    carried: amount(it.carried ? verdictFee(terms) : 0n),
    submittedAt: time(it.time),
    submitLedger: numberOrNull(submission.submitLedger),
    submitTx: textOrNull(submission.submitTx),
    status: it.status.status,
    standing: stands.status,
    ...saidOf(stands),
    meetsThreshold: reaches(stands, terms),
    decision: decisionView(challenge, submission, votes),
    votes: votes.filter(({ oracle }) => oracle !== JUDGE).map((vote) => voteView(challenge, vote)),
    // The contract keeps the votes only until it concludes: where the conclusion is not known, votes may be missing.
    votesWhole: open || submission.verdictTx !== '',
    ballot: ballotView(challenge, votes),
    heardAt: timeOrNull(it.votes.mth ?? 0),
    flags: flagsOf(it),
    next: nextStep(challenge, submission, now),
    queuePosition: queuePosition(challenge, submission, now),
    verdictAt: timeOrNull(submission.verdictAt),
    verdictLedger: numberOrNull(submission.verdictLedger),
    verdictTx: textOrNull(submission.verdictTx),
    report: textOrNull(submission.report),
    won: prize > 0n,
    place: place ? place.place + 1 : null,
    due: place?.due ?? false,
    waiting: place?.waiting ?? false,
    prize: amount(prize),
    prizeToCome: amount(prizeToCome(terms, facts, it.number, now)),
    owed: owedView(challenge, submission, now),
    payment:
      submission.paidAt === 0 && submission.paid === 0n
        ? null
        : {
            amount: amount(submission.paid),
            at: timeOrNull(submission.paidAt),
            tx: textOrNull(submission.paidTx),
          },
  }
}

function saidOf(standing: Standing) {
  const scored = standing.status === 'scored' ? standing : null
  return {
    reason: reason(reasonIn(standing)),
    score: scored && score(scored.score),
    contentHash: scored?.content ?? null,
  }
}

const verdictOf = (verdict: Verdict) => ({
  verdict: verdict.status,
  ...saidOf(verdict),
  units: verdict.status === 'scored' ? verdict.units : null,
})

/** What its votes, or its conclusion, say that nothing changes any more. */
function decisionView(
  { terms }: ChallengeRow,
  { facts, deciders, decidedAt, by, report }: SubmissionRow,
  votes: readonly VoteRecord[],
): Decision | null {
  const { status, byJudge } = facts
  const { decision } = facts.votes
  const judged = decision ? decision.by === 'judge' : byJudge
  const verdict = decision?.verdict ?? (isVerdict(status) ? status : null)
  if (!verdict) return null
  const oracles = terms.oracles.filter((_, place) => deciders & (1 << place))
  return {
    ...verdictOf(verdict),
    by: judged ? 'judge' : 'oracles',
    oracles: judged ? [] : deciders === 0 ? null : oracles,
    report: textOrNull(by === 'open' ? (reportOf(verdict, judged, deciders, votes) ?? '') : report),
    at: timeOrNull(decidedAt),
  }
}

/** Of the first of the deciding votes that says just this. */
function reportOf(verdict: Verdict, judged: boolean, deciders: number, votes: readonly VoteRecord[]) {
  const says = (vote: VoteRecord) => reasonIn(vote.verdict) === reasonIn(verdict)
  if (judged) return votes.find(({ oracle }) => oracle === JUDGE)?.report
  return votes.find((vote) => !vote.late && deciders & (1 << vote.oracle) && says(vote))?.report
}

function voteView({ terms }: ChallengeRow, vote: VoteRecord): Vote {
  return {
    oracle: terms.oracles[vote.oracle] ?? '',
    ...verdictOf(vote.verdict),
    late: vote.late,
    improved: vote.tx === '' ? null : vote.improved,
    report: textOrNull(vote.report),
    at: timeOrNull(vote.at),
    tx: textOrNull(vote.tx),
  }
}

function ballotView({ terms }: ChallengeRow, votes: readonly VoteRecord[]): Ballot | null {
  const vote = votes.find(({ oracle }) => oracle === JUDGE)
  if (!vote || !terms.judge) return null
  const { verdict, report, at, tx } = vote
  const { address } = terms.judge
  return { judge: address, ...verdictOf(verdict), report: textOrNull(report), at: timeOrNull(at), tx: textOrNull(tx) }
}

function nextStep({ terms, facts }: ChallengeRow, { facts: it }: SubmissionRow, now: number): NextStep | null {
  if (it.status.status !== 'pending' || !maySettle(phase(terms, facts, now))) return null
  const found = step(terms, facts, it, now)
  const { at, does } = earliest(terms, facts, it, now)
  return { does, at: time(at), why: found.does === 'nothing' ? found.why : null }
}

function queuePosition({ terms, facts }: ChallengeRow, { facts: it }: SubmissionRow, now: number): number | null {
  const queued = terms.payout.rule === 'bounty' && !facts.ended && !isOver(terms, now)
  return queued && it.status.status === 'pending' && !it.passed ? it.number - facts.head : null
}

function owedView({ terms, facts }: ChallengeRow, { facts: it }: SubmissionRow, now: number): Submission['owed'] {
  const { prize, carry, deposit, pay, total } = owed(terms, facts, it, now)
  return {
    prize: amount(prize),
    carry: amount(carry),
    deposit: amount(deposit),
    pay: amount(pay),
    total: amount(total),
  }
}
