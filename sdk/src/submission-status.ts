/** The steps of a submission, from the chain: Checked → Sealed → Submitted → In the queue → Graded → Paid, each with its proof. */
import {
  cidToString,
  Direction,
  hasFlag,
  meetsThreshold,
  Ranking,
  readClock,
  readToken,
  type State,
  sleep,
  Verdict,
  view,
  views,
} from '@stellartrain/contracts-client'
import type { StellarTrain } from './client.ts'
import { type ChallengeHistory, extendHistory, locate, readHistory, type SubmissionRef } from './history.ts'
import type { AbortOptions } from './options.ts'
import { type Reason, reasonOf } from './reasons.ts'
import {
  earnedAmount,
  eventsOf,
  type Facts,
  paidAmount,
  paymentEvent,
  type RankingFacts,
  type SubmissionStatus,
  statusOf,
} from './submission-status/facts.ts'
import { type SubmissionStep, stepsOf } from './submission-status/steps.ts'

export type { SubmissionStatus } from './submission-status/facts.ts'
export { ordinal, type Proof, type StepId, type StepState, type SubmissionStep } from './submission-status/steps.ts'

export type SubmissionOverview = SubmissionRef & {
  number: number
  cid: string
  status: SubmissionStatus
  steps: SubmissionStep[]
  /** 1 is next; null when final. */
  queuePosition: number | null
  /** Rounded, as on the chain. */
  score: bigint | null
  meetsThreshold: boolean
  reason: Reason | null
  /** Prize, deposit and silence share that were sent, base units. */
  paid: bigint
  /** Of that, the prize and the silence share. */
  earned: bigint
  /** Due and not delivered: release sends it. */
  held: boolean
  /** What release would send now, base units. */
  owed: bigint
  /** Place and prize where the challenge is ranked, else null. */
  ranking: RankingFacts | null
  asset: { contract: string; code: string; decimals: number }
  submitted: { hash: string; ledger: number } | null
  payment: { hash: string; ledger: number; at: string } | null
  /** Nothing more happens by itself: what is held, void or ungraded waits for a release, which anyone may call. */
  final: boolean
}

/** By its number in the challenge, or by solver and attempt. */
export type SubmissionName = { challenge: number; number: number } | SubmissionRef

/** Reads the submission as it is now. @throws UserError `not_found`, ContractError, ChainFailure */
export async function readSubmission(
  client: StellarTrain,
  ref: SubmissionName,
  { signal }: AbortOptions = {},
): Promise<SubmissionOverview> {
  const history = await readHistory(client, ref.challenge, { signal })
  return (await assemble(client, ref, history, { signal })).path
}

/** The submission now, and again each time that it changes; ends when it is final. */
export async function* watchSubmission(
  client: StellarTrain,
  ref: SubmissionName,
  { signal, pollMs = 700 }: AbortOptions & { pollMs?: number } = {},
): AsyncGenerator<SubmissionOverview> {
  let last = ''
  let history = await readHistory(client, ref.challenge, { signal })
  for (;;) {
    const read = await assemble(client, ref, history, { signal })
    const seen = JSON.stringify(read.path, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    if (seen !== last) yield read.path
    last = seen
    if (read.path.final) return
    // A ranking may be weeks away.
    await sleep(read.path.ranking?.open && read.path.status !== 'pending' ? pollMs * 10 : pollMs, signal)
    history = await extendHistory(client, ref.challenge, read.history, { signal })
  }
}

async function assemble(
  client: StellarTrain,
  wanted: SubmissionName,
  known: ChallengeHistory,
  { signal }: AbortOptions,
): Promise<{ path: SubmissionOverview; history: ChallengeHistory }> {
  const { chain } = client
  let history = known
  const ref = 'solver' in wanted ? wanted : await locate(client, wanted.challenge, wanted.number, { signal, history })
  const { challenge, solver, attempt } = ref
  const [frozen, state, stored, owed, clock] = await Promise.all([
    view(chain, views.challenge({ challenge }), { signal }),
    view(chain, views.state({ challenge }), { signal }),
    view(chain, views.submission({ challenge, solver, attempt }), { signal }),
    view(chain, views.owed({ challenge, solver, attempt }), { signal }),
    readClock(chain, { signal }),
  ])
  const { terms } = frozen
  const ranked = terms.payout.tag === 'Ranked'
  let events = eventsOf(history.events, ref, stored.number)
  // The state may be of a later ledger than the events; then the verdict's event is there by now, or that of the prize.
  const decided = stored.verdict !== Verdict.Pending && !events.verdict && !events.released
  const prized = ranked && hasFlag(stored.flags, 'prizePaid') && !events.released
  if (!events.submitted || decided || prized) {
    history = await extendHistory(client, challenge, history, { signal })
    events = eventsOf(history.events, ref, stored.number)
  }
  const token = await readToken(chain, terms.token, { signal })
  const status = statusOf(stored, state, terms, clock.closedAt)
  const direction = terms.direction === Direction.Maximize ? 'maximize' : 'minimize'
  const scored = status === 'scored' || status === 'duplicate'
  const ranking = ranked ? await readRanking(client, ref, stored.number, state, { signal }) : null
  const facts: Facts = {
    stored,
    status,
    terms,
    token,
    events,
    // Where units are paid, the threshold does not matter.
    meets:
      status === 'scored' &&
      (terms.payout.tag === 'PerUnit' || meetsThreshold(stored.score, terms.threshold, direction)),
    position: status === 'pending' ? stored.number - state.finalized : null,
    reason: status === 'rejected' ? reasonOf(stored.reason) : null,
    owed,
    held: hasFlag(stored.flags, 'prizeHeld', 'depositHeld'),
    wonPrize: hasFlag(stored.flags, 'prizePaid', 'prizeHeld'),
    ranking,
  }
  const payment = paymentEvent(facts)
  const path: SubmissionOverview = {
    challenge,
    solver,
    attempt,
    number: stored.number,
    cid: cidToString(stored.cid),
    status,
    steps: stepsOf(facts),
    queuePosition: facts.position,
    score: scored ? stored.score : null,
    meetsThreshold: facts.meets,
    reason: facts.reason,
    paid: paidAmount(facts),
    earned: earnedAmount(facts),
    held: facts.held,
    owed,
    ranking,
    asset: { contract: token.contract, code: token.code, decimals: token.decimals },
    submitted: events.submitted ? { hash: events.submitted.txHash, ledger: events.submitted.ledger } : null,
    payment: payment ? { hash: payment.txHash, ledger: payment.ledger, at: payment.closedAt } : null,
    final: status !== 'pending' && !awaitsRanking(facts),
  }
  return { path, history }
}

/** Whether its place is open, or a prize is due that the oracles send. */
function awaitsRanking({ status, ranking, wonPrize }: Facts): boolean {
  return status === 'scored' && ranking !== null && (ranking.open || (ranking.prize > 0n && !wonPrize))
}

async function readRanking(
  { chain }: StellarTrain,
  ref: SubmissionRef,
  number: number,
  state: State,
  { signal }: AbortOptions,
): Promise<RankingFacts> {
  const [outcome, board] = await Promise.all([
    view(chain, views.outcome(ref), { signal }),
    view(chain, views.board({ challenge: ref.challenge }), { signal }),
  ])
  const index = board.findIndex((place) => place.number === number)
  return {
    open: !outcome.last,
    place: index < 0 ? null : index + 1,
    score: board[index]?.score ?? null,
    prize: outcome.prize,
    posted: state.ranking === Ranking.Posted,
  }
}
