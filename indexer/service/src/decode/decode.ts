/** An event's topics and value, as RPC gives them, to the union. Pure; what it does not understand it says. */
import type { ContractEvent, EventName, SettledRow, Terms, VoteRow } from './events.ts'
import { VERDICTS, type Verdict } from './events.ts'
import { big, cid, DecodeError, type Fields, fields, flag, hex32, list, text, u32 } from './fields.ts'
import { type Plain, readScVal } from './scval.ts'

type Decoder = (topics: Plain[], data: Fields) => ContractEvent

const DECODERS: { [Name in EventName]: Decoder } = {
  oracle_registered: ([, oracle], data) => ({
    type: 'oracle_registered',
    oracle: text(oracle, 'oracle'),
    version: u32(data.version, 'version'),
    key: hex32(data.key, 'key'),
    url: text(data.url, 'url'),
    metadata: cid(data.metadata, 'metadata'),
  }),
  challenge_created: ([, challenge, maker, token], data) => ({
    type: 'challenge_created',
    challenge: u32(challenge, 'challenge'),
    maker: text(maker, 'maker'),
    token: text(token, 'token'),
    terms: readTerms(fields(data.terms, 'terms')),
    prize: big(data.prize, 'prize'),
    feeBudget: big(data.fee_budget, 'fee_budget'),
  }),
  challenge_accepted: ([, challenge, oracle], data) => ({
    type: 'challenge_accepted',
    challenge: u32(challenge, 'challenge'),
    oracle: text(oracle, 'oracle'),
    keyVersion: u32(data.key_version, 'key_version'),
  }),
  topped_up: ([, challenge, from], data) => ({
    type: 'topped_up',
    challenge: u32(challenge, 'challenge'),
    from: text(from, 'from'),
    escrow: big(data.escrow, 'escrow'),
    fees: big(data.fees, 'fees'),
  }),
  challenge_cancelled: ([, challenge], data) => ({
    type: 'challenge_cancelled',
    challenge: u32(challenge, 'challenge'),
    refunded: big(data.refunded, 'refunded'),
  }),
  submitted: ([, challenge, solver], data) => ({
    type: 'submitted',
    challenge: u32(challenge, 'challenge'),
    solver: text(solver, 'solver'),
    attempt: u32(data.attempt, 'attempt'),
    number: u32(data.number, 'number'),
    cid: cid(data.cid, 'cid'),
    units: u32(data.units, 'units'),
    deposit: big(data.deposit, 'deposit'),
    carried: big(data.carried, 'carried'),
  }),
  scored: ([, challenge, oracle], data) => ({
    type: 'scored',
    challenge: u32(challenge, 'challenge'),
    oracle: text(oracle, 'oracle'),
    report: cid(data.report, 'report'),
    first: u32(data.first, 'first'),
    votes: list(data.votes, 'votes').map(readVote),
    settledFirst: u32(data.settled_first, 'settled_first'),
    settled: list(data.settled, 'settled').map(readSettled),
  }),
  settled: ([, challenge], data) => ({
    type: 'settled',
    challenge: u32(challenge, 'challenge'),
    first: u32(data.first, 'first'),
    settled: list(data.settled, 'settled').map(readSettled),
  }),
  payment_released: ([, challenge, solver], data) => ({
    type: 'payment_released',
    challenge: u32(challenge, 'challenge'),
    solver: text(solver, 'solver'),
    attempt: u32(data.attempt, 'attempt'),
    number: u32(data.number, 'number'),
    prize: big(data.prize, 'prize'),
    deposit: big(data.deposit, 'deposit'),
    silence: big(data.silence, 'silence'),
    ...unpack(u32(data.verdict, 'verdict')),
  }),
  silence_fixed: ([, challenge], data) => ({
    type: 'silence_fixed',
    challenge: u32(challenge, 'challenge'),
    part: big(data.part, 'part'),
    eligible: u32(data.eligible, 'eligible'),
  }),
  truth_revealed: ([, challenge, by], data) => ({
    type: 'truth_revealed',
    challenge: u32(challenge, 'challenge'),
    by: text(by, 'by'),
    truth: cid(data.truth, 'truth'),
  }),
  fees_withdrawn: ([, challenge, oracle], data) => ({
    type: 'fees_withdrawn',
    challenge: u32(challenge, 'challenge'),
    oracle: text(oracle, 'oracle'),
    amount: big(data.amount, 'amount'),
  }),
  challenge_closed: ([, challenge, maker], data) => ({
    type: 'challenge_closed',
    challenge: u32(challenge, 'challenge'),
    maker: text(maker, 'maker'),
    amount: big(data.amount, 'amount'),
  }),
}

/** @throws DecodeError (or a RangeError, TypeError of the XDR) when this version does not understand the event. */
export function decodeEvent(topics: readonly string[], value: string): ContractEvent {
  const plain = topics.map((topic) => readScVal(topic))
  const name = plain[0]
  if (typeof name !== 'string' || !Object.hasOwn(DECODERS, name)) throw new DecodeError('an event of another kind')
  return DECODERS[name as EventName](plain, fields(readScVal(value), 'the value'))
}

function readTerms(terms: Fields): Terms {
  const [rule, bounty] = list(terms.payout, 'payout')
  if (rule !== 'Bounty') throw new DecodeError('a payout rule that this version does not know')
  const { reward, winners } = fields(bounty, 'payout')
  const direction = u32(terms.direction, 'direction')
  return {
    token: text(terms.token, 'token'),
    payout: { reward: big(reward, 'reward'), winners: u32(winners, 'winners') },
    oracles: list(terms.oracles, 'oracles').map((oracle) => text(oracle, 'oracles')),
    quorum: u32(terms.quorum, 'quorum'),
    oracleFee: big(terms.oracle_fee, 'oracle_fee'),
    deposit: big(terms.deposit, 'deposit'),
    threshold: big(terms.threshold, 'threshold'),
    direction: direction === 0 ? 'maximize' : 'minimize',
    step: big(terms.step, 'step'),
    opens: big(terms.opens, 'opens'),
    acceptBy: big(terms.accept_by, 'accept_by'),
    deadline: big(terms.deadline, 'deadline'),
    patience: big(terms.patience, 'patience'),
    gradeBy: big(terms.grade_by, 'grade_by'),
    silenceShare: u32(terms.silence_share, 'silence_share'),
    attempts: u32(terms.attempts, 'attempts'),
    attemptsPerDay: u32(terms.attempts_per_day, 'attempts_per_day'),
    opensTruth: flag(terms.opens_truth, 'opens_truth'),
    manifest: cid(terms.manifest, 'manifest'),
  }
}

function readVote(row: Plain): VoteRow {
  const [packed, score, hash, units] = list(row, 'votes')
  const { verdict, reason } = unpack(u32(packed, 'votes'))
  return {
    verdict,
    reason,
    score: big(score, 'votes'),
    contentHash: hex32(hash, 'votes'),
    units: u32(units, 'votes'),
  }
}

function readSettled(row: Plain): SettledRow {
  const [by, packed, amount] = list(row, 'settled')
  const place = u32(by, 'settled')
  return { by: place === 255 ? null : place, ...unpack(u32(packed, 'settled')), amount: big(amount, 'settled') }
}

/** verdict | reason << 8 | flags << 16 */
function unpack(packed: number): { verdict: Verdict; reason: number; flags: number } {
  const verdict = VERDICTS[packed & 0xff]
  if (verdict === undefined) throw new DecodeError('a verdict that this version does not know')
  return { verdict, reason: (packed >> 8) & 0xff, flags: packed >>> 16 }
}
