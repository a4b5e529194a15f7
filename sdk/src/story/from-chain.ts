/** The facts of a submission as the chain has them: its entry, the challenge's entries, and the events in which things happened to it. */
import {
  type BoardRow,
  type ContractEvent,
  challengeOf,
  cidToString,
  type EventRow,
  type Challenge as Frozen,
  type State,
  type Submission as Stored,
  submissionOf,
  type Token,
  termsOf,
} from '@stellartrain/contracts-client'
import { batchPay, billOf, isGraded, type Submission, type Terms } from '@stellartrain/contracts-client/rules'
import { type Reason, reasonOf } from '../system/reasons.ts'
import type { Happening, StoryFacts } from './facts.ts'
import { COPY } from './verdict.ts'

export type ChainReading = {
  frozen: Frozen
  state: State
  /** As `stored.board` and `stored.rankings` read them. */
  board: readonly BoardRow[]
  ranking: readonly BoardRow[]
  solver: string
  attempt: number
  stored: Stored
  events: readonly ContractEvent[]
  /** Whether the events go back to the challenge's creation. */
  complete: boolean
  token: Token
  /** Close time of the latest ledger, unix seconds. */
  now: number
  /** Whether the judge runs the code of the contract that grades; false unless given. */
  judgeGrades?: boolean
}

export function factsFromChain(of: ChainReading): StoryFacts {
  const { frozen, state, stored, token, events } = of
  const terms = termsOf(frozen.terms)
  const submission = submissionOf(frozen.terms, of.solver, stored)
  const seen = seenOf(of)
  const reason = reasonNow(submission)
  return {
    terms,
    challenge: challengeOf(frozen.terms, state, of.board, of.ranking),
    submission,
    now: of.now,
    asset: { code: token.code, decimals: token.decimals, trustline: needsTrustline(token) },
    reason,
    copyOf: reason?.name === COPY ? copiedNumber(of, submission) : null,
    says: null,
    kept: of.complete ? keptNumbers(events) : null,
    undelivered: isUndelivered(terms, submission, seen),
    recounted: of.judgeGrades === true && (submission.byJudge || submission.votes.decision?.by === 'judge'),
    seen: { cid: cidToString(stored.cid), ...seen.happened },
  }
}

/** Of a Stellar asset that an account issued; the native asset and other tokens need none. */
export const needsTrustline = ({ asset, issuer }: Token): boolean => issuer !== null && asset?.isNative() === false

function reasonNow({ status, votes }: Submission): Reason | null {
  const standing = status.status === 'pending' ? votes.decision?.verdict : status
  return standing?.status === 'rejected' ? reasonOf(standing.reason) : null
}

/** Every row that an event has about submissions. */
export function rowsOf(event: ContractEvent): readonly EventRow[] {
  switch (event.type) {
    case 'scored':
    case 'settled':
    case 'ruled':
      return event.rows
    case 'payment_released':
      return [event.row]
    default:
      return []
  }
}

/** What is open and has a place kept, by the last thing that happened to each. */
function keptNumbers(events: readonly ContractEvent[]): number[] {
  const kept = new Map<number, boolean>()
  for (const { number, flags, status } of events.flatMap(rowsOf)) kept.set(number, flags.kept && status === 'pending')
  return [...kept].flatMap(([number, is]) => (is ? number : [])).toSorted((a, b) => a - b)
}

/**
 * The lowest earlier number of another solver that somebody said has the same content. A vote that rejects a copy names no content, so
 * this is known only where another oracle scored the copy.
 */
function copiedNumber({ events }: ChainReading, { number, solver }: Submission): number | null {
  const said = events
    .flatMap(rowsOf)
    .flatMap(({ number: of, says }) => (says.status === 'scored' ? [{ of, content: says.content }] : []))
  const own = new Set(said.flatMap(({ of, content }) => (of === number ? [content] : [])))
  const others = new Map(
    events.flatMap((event) => (event.type === 'submitted' ? [[event.number, event.solver] as const] : [])),
  )
  const before = said.flatMap(({ of, content }) =>
    of < number && own.has(content) && others.get(of) !== solver ? [of] : [],
  )
  return before.length > 0 ? Math.min(...before) : null
}

type Found = {
  happened: Omit<StoryFacts['seen'], 'cid'>
  /** The row that concluded it in a batch; in a release nothing is ever held. */
  concluded: EventRow | undefined
  released: boolean
}

function seenOf({ events, stored, solver, attempt }: ChainReading): Found {
  const { number } = stored
  const found: Found = {
    happened: { submitted: null, graded: false, concluded: null, report: null, paid: null },
    concluded: undefined,
    released: false,
  }
  const { happened } = found
  for (const event of events) {
    if (event.type === 'submitted' && event.number === number) happened.submitted = at(event)
    const row = rowsOf(event).find((one) => one.number === number)
    if (!row) continue
    if (event.type === 'scored' && isGraded(row.says)) happened.graded = true
    if (event.type === 'scored' || event.type === 'ruled') happened.report = cidToString(event.report)
    if (row.by !== 'open') {
      happened.concluded = at(event)
      if (event.type !== 'payment_released') found.concluded = row
      if (row.amount > 0n) happened.paid = at(event)
    }
    if (event.type === 'payment_released' && event.solver === solver && event.attempt === attempt) {
      happened.paid = at(event)
      found.released = true
    }
  }
  return found
}

/** Whether the batch that concluded it held the payment back, and no release has sent it since. */
function isUndelivered(terms: Terms, submission: Submission, { concluded, released, happened }: Found): boolean {
  if (released) return false
  const held = concluded ? wasHeld(concluded, terms, submission) : submission.held
  if (held) happened.paid = null
  return held
}

/** Of money that a batch owed: whether it stayed. What comes back is marked `held`; a prize alone has only no mark of being sent. */
export function wasHeld({ amount, flags }: EventRow, terms: Terms, submission: Submission): boolean {
  if (amount === 0n || flags.held) return flags.held
  const { backCarry, backDeposit } = billOf(terms, submission)
  const back = backCarry + backDeposit + batchPay(terms.payout, submission.status)
  return amount > back && !flags.prizePaid
}

export const at = ({ txHash, closedAt }: ContractEvent): Happening => ({
  tx: txHash,
  at: Math.floor(Date.parse(closedAt) / 1_000),
})
