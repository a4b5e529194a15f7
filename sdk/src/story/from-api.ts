/** The facts of a submission as the API has them, of a challenge's page or of a list. */
import type {
  Challenge,
  Decision,
  Payout,
  Phase,
  Place,
  RankedBy,
  Rankings,
  Row,
  Standing,
  StatusName,
  Submission,
  Terms,
  Verdict,
  Votes,
} from '@stellartrain/contracts-client/rules'
import type { StoryFacts } from './facts.ts'

type Score = { units: string }

/** What is read of an API's challenge; that of a list lacks the boards. */
export type ApiChallenge = {
  phase: Phase
  asset: { contract: string; code: string | null; issuer: string | null; native: boolean; decimals: number | null }
  payout:
    | { rule: 'bounty'; reward: string; winners: number }
    | { rule: 'ranked'; prizes: readonly string[] }
    | { rule: 'per_unit'; rate: string; maxUnits: number }
    | { rule: 'earnings' }
  oracles: readonly { address: string; accepted: boolean }[]
  oracleFee: string
  deposit: string
  threshold: Score
  direction: 'maximize' | 'minimize'
  step: Score
  opens: string
  acceptBy: string
  deadline: string
  patienceSeconds: number
  gradeBy: string
  judge: { address: string; judgeBy: string } | null
  attempts: number
  attemptsPerDay: number
  uniqueContent: boolean
  opensTruth: boolean
  endedAt: string | null
  submissions: number
  concluded: number
  decided: number
  kept: number
  scored: number
  head: number
  /** Rows on the board, and how many of the first have their prize set aside. */
  winners: number
  due: number
  ranking: 'open' | RankedBy | null
  board?: readonly ApiPlace[]
  keptPlaces?: readonly { number: number }[]
  rankings?: readonly { judge: boolean; rows: readonly { solver: string; attempt: number; score: Score }[] }[]
}

export type ApiPlace = { solver: string; number: number; score: Score | null }

type ApiVerdict = {
  verdict: 'scored' | 'rejected' | 'unavailable'
  reason: { code: number } | null
  score: Score | null
  contentHash: string | null
  units: number | null
}

/** What is read of an API's submission. */
export type ApiSubmission = {
  number: number
  solver: string
  attempt: number
  cid: string
  units: number
  acceptedUnits: number | null
  submittedAt: string
  /** null: not known. */
  submitTx: string | null
  status: StatusName
  reason: { code: number; name: string | null; text: string } | null
  score: Score | null
  contentHash: string | null
  decision: (ApiVerdict & { by: 'oracles' | 'judge'; oracles: readonly string[] | null }) | null
  votes: readonly (ApiVerdict & { oracle: string })[]
  heardAt: string | null
  flags: { carried: boolean; passed: boolean; kept: boolean; held: boolean; prizePaid: boolean; byJudge: boolean }
  verdictAt: string | null
  verdictTx: string | null
  report: string | null
  /** Its place on the board or in the ranking, from 1. */
  place: number | null
  payment: { at: string | null; tx: string | null } | null
  /** What the judge that grades computed; a list does not have it. */
  recount?: { result: object | null } | null
}

const seconds = (time: string): number => Math.floor(Date.parse(time) / 1_000)

/** `now` is the clock of the answer (`_meta.ledgerClosedAt`) or a later one, unix seconds. */
export function factsFromApi(challenge: ApiChallenge, it: ApiSubmission, now: number): StoryFacts {
  const { asset } = challenge
  const terms = apiTerms(challenge)
  const at = (tx: string | null, time: string | null) => (tx ? { tx, at: time ? seconds(time) : null } : null)
  return {
    terms,
    challenge: apiFacts(challenge, it),
    submission: submissionOf(terms, it),
    now,
    asset: {
      code: asset.code ?? asset.contract,
      decimals: asset.decimals ?? 7,
      trustline: asset.issuer !== null && !asset.native,
    },
    reason: it.reason && { name: it.reason.name ?? '', text: it.reason.text },
    copyOf: null,
    says: null,
    kept: challenge.keptPlaces?.map(({ number }) => number) ?? null,
    undelivered: it.flags.held,
    recounted: it.recount?.result != null,
    seen: {
      cid: it.cid,
      submitted: at(it.submitTx, it.submittedAt),
      graded: it.votes.some(({ verdict }) => verdict !== 'unavailable'),
      concluded: at(it.verdictTx, it.verdictAt),
      report: it.report,
      paid: it.payment && at(it.payment.tx, it.payment.at),
    },
  }
}

/** The terms of an API's challenge, as the rules take them. */
export function apiTerms(of: ApiChallenge): Terms {
  return {
    payout: payoutOf(of.payout),
    oracles: of.oracles.map(({ address }) => address),
    oracleFee: BigInt(of.oracleFee),
    deposit: BigInt(of.deposit),
    threshold: BigInt(of.threshold.units),
    direction: of.direction,
    step: BigInt(of.step.units),
    opens: seconds(of.opens),
    acceptBy: seconds(of.acceptBy),
    deadline: seconds(of.deadline),
    patience: of.patienceSeconds,
    gradeBy: seconds(of.gradeBy),
    judge: of.judge && { address: of.judge.address, by: seconds(of.judge.judgeBy) },
    attempts: of.attempts,
    attemptsPerDay: of.attemptsPerDay,
    uniqueContent: of.uniqueContent,
    opensTruth: of.opensTruth,
  }
}

function payoutOf(payout: ApiChallenge['payout']): Payout {
  switch (payout.rule) {
    case 'bounty':
      return { ...payout, reward: BigInt(payout.reward) }
    case 'ranked':
      return { rule: 'ranked', prizes: payout.prizes.map(BigInt) }
    case 'per_unit':
      return { ...payout, rate: BigInt(payout.rate) }
    case 'earnings':
      return payout
  }
}

function apiFacts(of: ApiChallenge, it: ApiSubmission): Challenge {
  const bounty = of.payout.rule === 'bounty'
  const rows = rowsOf(of, it)
  return {
    cancelled: of.phase === 'cancelled',
    accepted: of.oracles.every(({ accepted }) => accepted),
    ended: of.endedAt !== null,
    submitted: of.submissions,
    concluded: of.concluded,
    decided: of.decided,
    kept: of.kept,
    scored: of.scored,
    head: of.head,
    board: bounty
      ? { rows: rows.map(({ solver, number }): Row => ({ solver, number })), due: of.due }
      : { rows: [], due: 0 },
    rankings: bounty ? { table: [], judge: null, placed: null, places: [] } : rankingsOf(of, rows, it),
  }
}

/** In a list only the own place is known: the others stand for strangers. */
function rowsOf(of: ApiChallenge, it: ApiSubmission): Place[] {
  if (of.board)
    return of.board.map(({ solver, number, score }) => ({ solver, number, score: BigInt(score?.units ?? 0) }))
  const own = { solver: it.solver, number: it.number, score: BigInt(it.score?.units ?? 0) }
  return Array.from({ length: Math.max(of.winners, it.place ?? 0) }, (_, at) =>
    at + 1 === it.place ? own : { solver: '', number: 0, score: 0n },
  )
}

function rankingsOf(of: ApiChallenge, rows: Place[], it: ApiSubmission): Rankings {
  const placed = of.ranking === 'open' ? null : of.ranking
  const judges = of.rankings?.findLast(({ judge }) => judge)
  const judge = judges?.rows.map(({ solver, attempt, score }) => ({
    solver,
    number: solver === it.solver && attempt === it.attempt ? it.number : 0,
    score: BigInt(score.units),
  }))
  return { table: placed ? [] : rows, judge: judge ?? null, placed, places: placed ? rows : [] }
}

function submissionOf({ oracles }: Terms, it: ApiSubmission): Submission {
  const placeOf = (address: string) => oracles.indexOf(address)
  const votes = it.votes.filter(({ oracle }) => placeOf(oracle) >= 0)
  const cast: Votes['cast'] = votes.reduce<(Verdict | null)[]>(
    (all, vote) => all.with(placeOf(vote.oracle), verdictOf(vote)),
    oracles.map(() => null),
  )
  const { decision } = it
  const decided: Decision | null = decision && {
    verdict: verdictOf(decision),
    by: decision.by === 'judge' ? 'judge' : (decision.oracles ?? []).map(placeOf).toSorted((a, b) => a - b),
  }
  return {
    number: it.number,
    solver: it.solver,
    time: seconds(it.submittedAt),
    units: it.units,
    votes: { cast, mth: it.heardAt ? seconds(it.heardAt) : null, decision: decided },
    status: statusOf(it),
    ...it.flags,
  }
}

function verdictOf({ verdict, reason, score, contentHash, units }: ApiVerdict): Verdict {
  if (verdict === 'rejected') return { status: verdict, reason: reason?.code ?? 0 }
  if (verdict === 'unavailable') return { status: verdict }
  return { status: verdict, score: BigInt(score?.units ?? 0), content: contentHash ?? '', units: units ?? 0 }
}

/** As it is written; score and reason of the answer are those of its standing, which agree once it is written. */
function statusOf({ status, reason, score, contentHash, acceptedUnits }: ApiSubmission): Standing {
  if (status === 'rejected') return { status, reason: reason?.code ?? 0 }
  if (status !== 'scored') return { status }
  return { status, score: BigInt(score?.units ?? 0), content: contentHash ?? '', units: acceptedUnits ?? 0 }
}
