/** The story of a submission, from the chain: Checked → Sealed → Submitted → In the queue → Graded → Paid, each with its proof. */
import {
  cidToString,
  Direction,
  meetsThreshold,
  readClock,
  readToken,
  sleep,
  Verdict,
  view,
  views,
} from '@stellartrain/contract'
import { type ChallengeHistory, extendHistory, locate, readHistory, type SubmissionRef } from './history.ts'
import {
  earnedAmount,
  eventsOf,
  type Facts,
  paidAmount,
  paymentEvent,
  type SubmissionStatus,
  statusOf,
} from './path/facts.ts'
import { type PathStep, stepsOf } from './path/steps.ts'
import { type Reason, reasonOf } from './reasons.ts'
import type { System } from './system.ts'

export type { SubmissionStatus } from './path/facts.ts'
export { ordinal, type PathStep, type Proof, type StepId, type StepState } from './path/steps.ts'

export type SubmissionPath = SubmissionRef & {
  number: number
  cid: string
  status: SubmissionStatus
  steps: PathStep[]
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
  asset: { contract: string; code: string; decimals: number }
  submitted: { hash: string; ledger: number } | null
  payment: { hash: string; ledger: number; at: string } | null
  /** Nothing more happens by itself: what is held, void or ungraded waits for somebody to call release. */
  final: boolean
}

type Options = { signal?: AbortSignal | undefined }

/** By its number in the challenge, or by solver and attempt. */
export type PathRef = { challenge: number; number: number } | SubmissionRef

/** Reads the path as it stands. @throws UserError `not_found`, ContractError, ChainFailure */
export async function readPath(system: System, ref: PathRef, { signal }: Options = {}): Promise<SubmissionPath> {
  const history = await readHistory(system, ref.challenge, { signal })
  return (await assemble(system, ref, history, { signal })).path
}

/** The path now, and again each time that it changes; ends when it is final. */
export async function* followPath(
  system: System,
  ref: PathRef,
  { signal, pollMs = 700 }: Options & { pollMs?: number } = {},
): AsyncGenerator<SubmissionPath> {
  let last = ''
  let history = await readHistory(system, ref.challenge, { signal })
  for (;;) {
    const read = await assemble(system, ref, history, { signal })
    const seen = JSON.stringify(read.path, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    if (seen !== last) yield read.path
    last = seen
    if (read.path.final) return
    await sleep(pollMs, signal)
    history = await extendHistory(system, ref.challenge, read.history, { signal })
  }
}

const FLAG = { prizeHeld: 1, depositHeld: 2, prizePaid: 4 } as const

async function assemble(
  system: System,
  wanted: PathRef,
  known: ChallengeHistory,
  { signal }: Options,
): Promise<{ path: SubmissionPath; history: ChallengeHistory }> {
  const { chain } = system
  let history = known
  const ref = 'solver' in wanted ? wanted : await locate(system, wanted.challenge, wanted.number, { signal, history })
  const { challenge, solver, attempt } = ref
  const [frozen, state, stored, clock] = await Promise.all([
    view(chain, views.challenge({ challenge }), { signal }),
    view(chain, views.state({ challenge }), { signal }),
    view(chain, views.submission({ challenge, solver, attempt }), { signal }),
    readClock(chain, { signal }),
  ])
  let events = eventsOf(history.events, ref, stored.number)
  // The state may be of a later ledger than the events; then the verdict's event is there by now.
  if (!events.submitted || (stored.verdict !== Verdict.Pending && !events.verdict && !events.released)) {
    history = await extendHistory(system, challenge, history, { signal })
    events = eventsOf(history.events, ref, stored.number)
  }
  const { terms } = frozen
  const token = await readToken(chain, terms.token, { signal })
  const status = statusOf(stored, state, terms, clock.closedAt)
  const direction = terms.direction === Direction.Maximize ? 'maximize' : 'minimize'
  const scored = status === 'scored' || status === 'duplicate'
  const facts: Facts = {
    stored,
    status,
    terms,
    token,
    events,
    meets: status === 'scored' && meetsThreshold(stored.score, terms.threshold, direction),
    position: status === 'pending' ? stored.number - state.finalized : null,
    reason: status === 'rejected' ? reasonOf(stored.reason) : null,
    held: (stored.flags & (FLAG.prizeHeld | FLAG.depositHeld)) !== 0,
    wonPrize: (stored.flags & (FLAG.prizePaid | FLAG.prizeHeld)) !== 0,
  }
  const payment = paymentEvent(facts)
  const path: SubmissionPath = {
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
    asset: { contract: token.contract, code: token.code, decimals: token.decimals },
    submitted: events.submitted ? { hash: events.submitted.txHash, ledger: events.submitted.ledger } : null,
    payment: payment ? { hash: payment.txHash, ledger: payment.ledger, at: payment.closedAt } : null,
    final: status !== 'pending',
  }
  return { path, history }
}
