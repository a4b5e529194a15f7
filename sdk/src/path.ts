/** The story of a submission, from the chain: Checked → Sealed → Submitted → In the queue → Graded → Paid, each with its proof. */
import {
  type Cid,
  type ContractEvent,
  cidToString,
  Direction,
  meetsThreshold,
  readClock,
  readToken,
  type State,
  Status,
  type Submission,
  scoreToDecimal,
  sleep,
  type Terms,
  type Token,
  toDecimal,
  Verdict,
  view,
  views,
} from '@stellartrain/contract'
import { type ChallengeHistory, extendHistory, locate, readHistory, type SubmissionRef } from './history.ts'
import { type Reason, reasonOf } from './reasons.ts'
import type { System } from './system.ts'

export type StepId = 'checked' | 'sealed' | 'submitted' | 'queued' | 'graded' | 'paid'
export type StepState = 'done' | 'active' | 'todo' | 'failed' | 'skipped'
export type Proof = { kind: 'cid' | 'transaction' | 'report'; value: string }

export type PathStep = {
  id: StepId
  /** As people read it, e.g. `In the queue (3rd)`, `Graded 0.953`, `Paid 50 USDC`. */
  label: string
  state: StepState
  /** RFC 3339; null where it is not known or has not happened. */
  at: string | null
  proofs: Proof[]
  /** What happened, what it cost, what to do; null where the label says it all. */
  sentence: string | null
}

export type SubmissionStatus = 'pending' | 'scored' | 'duplicate' | 'rejected' | 'unsettled' | 'void' | 'ungraded'

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

const FLAG = { prizeHeld: 1, depositHeld: 2, prizePaid: 4, silencePaid: 16 } as const

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
  const payment = events.released ?? (events.verdict && !facts.held && events.amount > 0n ? events.verdict : undefined)
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

type Facts = {
  stored: Submission
  status: SubmissionStatus
  terms: Terms
  token: Token
  events: SubmissionEvents
  meets: boolean
  position: number | null
  reason: Reason | null
  held: boolean
  wonPrize: boolean
}

function statusOf(stored: Submission, state: State, terms: Terms, now: number): SubmissionStatus {
  switch (stored.verdict) {
    case Verdict.Scored:
      return 'scored'
    case Verdict.Duplicate:
      return 'duplicate'
    case Verdict.Rejected:
      return 'rejected'
    case Verdict.Unsettled:
      return 'unsettled'
    case Verdict.Void:
      return 'void'
    default:
      if (state.status === Status.Ended) return 'void'
      return BigInt(now) >= terms.grade_by ? 'ungraded' : 'pending'
  }
}

type SubmissionEvents = {
  submitted: ContractEvent | undefined
  /** The event in which it became final. */
  verdict: ContractEvent | undefined
  /** What became due in it. */
  amount: bigint
  report: Cid | undefined
  released: Extract<ContractEvent, { type: 'payment_released' }> | undefined
  votes: number
}

function eventsOf(events: readonly ContractEvent[], ref: SubmissionRef, number: number): SubmissionEvents {
  const found: SubmissionEvents = {
    submitted: undefined,
    verdict: undefined,
    amount: 0n,
    report: undefined,
    released: undefined,
    votes: 0,
  }
  for (const event of events) {
    if (event.type === 'submitted' && event.number === number) found.submitted = event
    if (event.type === 'payment_released' && event.solver === ref.solver && event.attempt === ref.attempt)
      found.released = event
    if (event.type === 'scored' && event.votes.some((vote) => vote.number === number)) {
      found.votes++
      found.report = event.report
    }
    if (event.type === 'scored' || event.type === 'settled') {
      const row = event.settled.find((one) => one.number === number)
      if (row) {
        found.verdict = event
        found.amount = row.amount
      }
    }
  }
  return found
}

function paidAmount({ events, held }: Facts): bigint {
  const inVerdict = events.verdict && !held && !events.released ? events.amount : 0n
  const released = events.released ? events.released.prize + events.released.deposit + events.released.silence : 0n
  return inVerdict + released
}

/** What was paid beyond the returned deposit. */
function earnedAmount({ events, held, wonPrize, terms }: Facts): bigint {
  if (events.released) return events.released.prize + events.released.silence
  return wonPrize && !held && events.verdict ? events.amount - terms.deposit : 0n
}

function stepsOf(facts: Facts): PathStep[] {
  const { stored, events } = facts
  const at = new Date(Number(stored.time) * 1_000).toISOString()
  const step = (id: StepId, label: string, state: StepState, rest: Partial<PathStep> = {}): PathStep => ({
    id,
    label,
    state,
    at: null,
    proofs: [],
    sentence: null,
    ...rest,
  })
  return [
    step('checked', 'Checked', 'done', { at }),
    step('sealed', 'Sealed', 'done', { at, proofs: [{ kind: 'cid', value: cidToString(stored.cid) }] }),
    step('submitted', 'Submitted', 'done', { at, proofs: transactionOf(events.submitted) }),
    queuedStep(facts, step),
    gradedStep(facts, step),
    paidStep(facts, step),
  ]
}

type MakeStep = (id: StepId, label: string, state: StepState, rest?: Partial<PathStep>) => PathStep

function queuedStep({ status, position, events, terms }: Facts, step: MakeStep): PathStep {
  if (status === 'pending') {
    const votes = events.votes > 0 ? `${events.votes} of ${terms.quorum} votes are in. ` : ''
    const end = new Date(Number(terms.grade_by) * 1_000).toISOString()
    return step('queued', `In the queue (${ordinal(position ?? 1)})`, 'active', {
      sentence: `${votes}If nobody grades it by ${end}, the rules for silence decide.`,
    })
  }
  if (status === 'ungraded') {
    return step('queued', 'Not graded in time', 'failed', {
      sentence: 'Grading is over. Release returns the deposit and this submission’s part of the silence share.',
    })
  }
  return step('queued', 'In the queue', status === 'void' ? 'skipped' : 'done')
}

function gradedStep(facts: Facts, step: MakeStep): PathStep {
  const { status, stored, events, meets, terms, reason } = facts
  const proof = {
    at: events.verdict?.closedAt ?? null,
    proofs: [...transactionOf(events.verdict), ...reportOf(events)],
  }
  const score = scoreToDecimal(stored.score)
  switch (status) {
    case 'scored': {
      const sign = terms.direction === Direction.Maximize ? ['≥', 'below'] : ['≤', 'above']
      const limit = scoreToDecimal(terms.threshold)
      return step('graded', `Graded ${score}`, 'done', {
        ...proof,
        sentence: meets ? `${score} ${sign[0]} ${limit}.` : `${score} is ${sign[1]} the threshold ${limit}: no prize.`,
      })
    }
    case 'duplicate':
      return step('graded', 'Duplicate', 'failed', {
        ...proof,
        sentence: 'The same content had been submitted before.',
      })
    case 'rejected':
      return step('graded', 'Rejected', 'failed', { ...proof, sentence: reason?.text ?? null })
    case 'unsettled':
      return step('graded', 'No verdict', 'failed', {
        ...proof,
        sentence: 'The oracles came to no common verdict, or none could grade it. The deposit comes back.',
      })
    case 'void':
      return step('graded', 'Not needed', 'skipped', {
        sentence: 'The last prize was won before this was graded. The deposit comes back.',
      })
    default:
      return step('graded', 'Graded', 'todo')
  }
}

function paidStep(facts: Facts, step: MakeStep): PathStep {
  const { status, token, events, held, wonPrize } = facts
  const paid = paidAmount(facts)
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  if (held) {
    return step('paid', 'Held', 'failed', {
      at: events.verdict?.closedAt ?? null,
      sentence: 'The payment is due but could not be delivered (no trustline?). Mend that, then release it.',
    })
  }
  const sent = events.released ?? events.verdict
  if (paid > 0n) {
    const earned = earnedAmount(facts)
    const returned = earned > 0n && paid > earned ? `The deposit of ${money(paid - earned)} came back with it.` : null
    const label = earned > 0n ? `Paid ${money(earned)}` : `Deposit of ${money(paid)} returned`
    return step('paid', label, 'done', { at: sent?.closedAt ?? null, proofs: transactionOf(sent), sentence: returned })
  }
  if (wonPrize) return step('paid', 'Paid', 'done')
  if (status === 'pending' || status === 'ungraded') return step('paid', 'Paid', 'todo')
  return step('paid', 'No prize', 'skipped')
}

function transactionOf(event: ContractEvent | undefined): Proof[] {
  return event ? [{ kind: 'transaction', value: event.txHash }] : []
}

function reportOf({ report }: SubmissionEvents): Proof[] {
  return report ? [{ kind: 'report', value: cidToString(report) }] : []
}

/** 1st, 2nd, 3rd, 4th … */
export function ordinal(place: number): string {
  const tens = place % 100
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${suffix}`
}
