/** The contract's events as typed values: what the ledger says happened, decoded without the Stellar SDK. */
import type {
  ChallengeAcceptedEvent,
  ChallengeCancelledEvent,
  ChallengeClosedEvent,
  ChallengeCreatedEvent,
  Cid,
  EarningsClaimedEvent,
  EarningsPostedEvent,
  FeesWithdrawnEvent,
  OracleRegisteredEvent,
  PaymentReleasedEvent,
  Payout,
  RankingFixedEvent,
  RankingPostedEvent,
  ScoredEvent,
  SettledEvent,
  SilenceFixedEvent,
  SubmittedEvent,
  ToppedUpEvent,
  TruthRevealedEvent,
  Verdict,
} from './generated/types.js'
import { type Plain, readScVal } from './scval.ts'

/** An oracle's vote in a batch; its submission's number is `first + index`. */
export type VoteOf = {
  number: number
  verdict: Verdict
  reason: number
  score: bigint
  content_hash: Uint8Array
  units: number
}

/** A submission that became final; its number is `first + index`. */
export type SettledOf = {
  number: number
  /** Place of an oracle whose vote is the verdict; null when there was no quorum. */
  by: number | null
  verdict: Verdict
  reason: number
  /** As in `Submission.flags`. */
  flags: number
  /** What became due to the solver, prize and deposit together: paid, or held as the flags say. */
  amount: bigint
}

/** Where an event stands: the id is the ledger's order as text, unique, and sorts as the ledger does. */
export type EventPlace = {
  id: string
  ledger: number /** RFC 3339, UTC. */
  closedAt: string
  txHash: string
  contract: string
}

type Data<Event extends { data: object }> = Required<Event['data']>

/** The body of each event by its name on the wire. */
export type EventBodies = {
  oracle_registered: Data<OracleRegisteredEvent>
  challenge_created: Data<ChallengeCreatedEvent>
  challenge_accepted: Data<ChallengeAcceptedEvent>
  topped_up: Data<ToppedUpEvent>
  challenge_cancelled: Data<ChallengeCancelledEvent>
  submitted: Data<SubmittedEvent>
  scored: Omit<Data<ScoredEvent>, 'votes' | 'settled'> & { votes: VoteOf[]; settled: SettledOf[] }
  settled: Omit<Data<SettledEvent>, 'settled'> & { settled: SettledOf[] }
  /** `verdict`, `reason` and `flags` are the submission's after the payment. */
  payment_released: Omit<Data<PaymentReleasedEvent>, 'verdict'> & { verdict: Verdict; reason: number; flags: number }
  ranking_posted: Data<RankingPostedEvent>
  ranking_fixed: Data<RankingFixedEvent>
  earnings_posted: Data<EarningsPostedEvent>
  earnings_claimed: Data<EarningsClaimedEvent>
  silence_fixed: Data<SilenceFixedEvent>
  truth_revealed: Data<TruthRevealedEvent>
  fees_withdrawn: Data<FeesWithdrawnEvent>
  challenge_closed: Data<ChallengeClosedEvent>
}

export type EventType = keyof EventBodies
export type EventBody = { [Type in EventType]: { type: Type } & EventBodies[Type] }[EventType]
export type ContractEvent = { [Type in EventType]: EventPlace & { type: Type } & EventBodies[Type] }[EventType]

/** An event as RPC's getEvents gives it; kept like this, it can be decoded again at any time. */
export type RawEvent = {
  id: string
  ledger: number
  ledgerClosedAt: string
  txHash: string
  contractId: string
  /** Base64 ScVals. */
  topic: string[]
  value: string
  type?: string
  inSuccessfulContractCall?: boolean
}

/** The names of the topics after the first, in their order: a table because topics carry no names of their own. */
const TOPICS: Readonly<Record<EventType, readonly string[]>> = {
  oracle_registered: ['oracle'],
  challenge_created: ['challenge', 'maker', 'token'],
  challenge_accepted: ['challenge', 'oracle'],
  topped_up: ['challenge', 'from'],
  challenge_cancelled: ['challenge'],
  submitted: ['challenge', 'solver'],
  scored: ['challenge', 'oracle'],
  settled: ['challenge'],
  payment_released: ['challenge', 'solver'],
  ranking_posted: ['challenge', 'oracle'],
  ranking_fixed: ['challenge'],
  earnings_posted: ['challenge', 'oracle'],
  earnings_claimed: ['challenge', 'labeler'],
  silence_fixed: ['challenge'],
  truth_revealed: ['challenge', 'by'],
  fees_withdrawn: ['challenge', 'oracle'],
  challenge_closed: ['challenge', 'maker'],
}

export const EVENT_TYPES = Object.keys(TOPICS) as EventType[]

/**
 * Decodes an event of our contract. Undefined for an event whose name we do not know (a newer contract's addition).
 * @throws RangeError or TypeError when the bytes are not what that event carries.
 */
export function decodeEvent(raw: RawEvent): ContractEvent | undefined {
  const body = decodeBody(raw.topic, raw.value)
  if (!body) return undefined
  return {
    id: raw.id,
    ledger: raw.ledger,
    closedAt: raw.ledgerClosedAt,
    txHash: raw.txHash,
    contract: raw.contractId,
    ...body,
  } as ContractEvent
}

/** Decodes topics and value, base64, e.g. of a transaction's own list. */
export function decodeBody(topics: readonly string[], value: string): EventBody | undefined {
  const name = readScVal(topics[0] ?? '')
  if (typeof name !== 'string' || !(name in TOPICS)) return undefined
  const type = name as EventType
  const names = TOPICS[type]
  if (topics.length !== names.length + 1) throw new TypeError(`the event ${name} has ${topics.length} topics`)
  const data = readScVal(value)
  if (data === null || typeof data !== 'object' || Array.isArray(data) || data instanceof Uint8Array) {
    throw new TypeError(`the event ${name} carries no fields`)
  }
  const fields: { [key: string]: unknown } = { type, ...data }
  names.forEach((field, index) => {
    fields[field] = readScVal(topics[index + 1] ?? '')
  })
  REFINE[type]?.(fields)
  return fields as EventBody
}

/** Turns the compact rows and packed numbers of some events into named fields. */
const REFINE: { [Type in EventType]?: (fields: { [key: string]: unknown }) => void } = {
  challenge_created(fields) {
    const terms = fields.terms as { payout: Plain }
    terms.payout = union(terms.payout) as unknown as Plain
  },
  scored(fields) {
    fields.votes = voteRows(fields.votes, Number(fields.first))
    fields.settled = settledRows(fields.settled, Number(fields.settled_first))
  },
  settled(fields) {
    fields.settled = settledRows(fields.settled, Number(fields.first))
  },
  payment_released(fields) {
    Object.assign(fields, unpackVerdict(fields.verdict as number))
  },
}

/** `verdict | reason << 8 | flags << 16`, as events carry it. */
export function unpackVerdict(packed: number): { verdict: Verdict; reason: number; flags: number } {
  return { verdict: (packed & 0xff) as Verdict, reason: (packed >>> 8) & 0xff, flags: packed >>> 16 }
}

function voteRows(rows: unknown, first: number): VoteOf[] {
  return (rows as [number, bigint, Uint8Array, number][]).map(([packed, score, content_hash, units], index) => {
    const { verdict, reason } = unpackVerdict(packed)
    return { number: first + index, verdict, reason, score, content_hash, units }
  })
}

function settledRows(rows: unknown, first: number): SettledOf[] {
  return (rows as [number, number, bigint][]).map(([by, packed, amount], index) => ({
    number: first + index,
    by: by === 255 ? null : by,
    ...unpackVerdict(packed),
    amount,
  }))
}

/** Unions travel as [tag, …values]. */
function union(value: Plain): Payout {
  if (!Array.isArray(value) || typeof value[0] !== 'string') throw new TypeError('a union without a tag')
  const [tag, ...values] = value
  return (values.length === 0 ? { tag, values: undefined } : { tag, values }) as unknown as Payout
}

/** The content ids named by an event, for those who keep or fetch content. */
export function contentOf(event: EventBody): Cid[] {
  switch (event.type) {
    case 'challenge_created':
      return [event.terms.manifest]
    case 'oracle_registered':
      return [event.metadata]
    case 'submitted':
      return [event.cid]
    case 'scored':
    case 'ranking_posted':
    case 'earnings_posted':
      return [event.report]
    case 'truth_revealed':
      return [event.truth]
    default:
      return []
  }
}
