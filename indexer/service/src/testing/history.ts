/** Random histories that obey the contract's rules, with every event in them: challenges, votes, splits, holds, silence. */
import { FLAGS, hasFlag } from '@stellartrain/contracts-client/flags'
import type { Payout, SettledRow, Terms, VoteRow } from '../decode/events.ts'
import { createEventChain, type EventChain } from './chain.ts'
import { accountOf, type Chance, cidOf, contractOf, createChance, hashOf } from './random.ts'

export type HistoryOptions = {
  challenges: number
  /** Of each challenge that does not end before. */
  submissions: number
  /** Places of each challenge; 1 to 4 by chance. */
  winners?: number
  seed: number
}

const NO_HASH = '0'.repeat(64)
const NOTHING: VoteRow = { verdict: 'unavailable', reason: 0, score: 0n, contentHash: NO_HASH, units: 0 }

type BountyTerms = Terms & { payout: Extract<Payout, { rule: 'bounty' }> }

type Sub = {
  number: number
  solver: string
  attempt: number
  content: string
  votes: { oracle: number; row: VoteRow }[]
  flags: number
  verdict: 'pending' | 'scored' | 'duplicate' | 'rejected' | 'unsettled' | 'void'
  prizeHeld: boolean
  depositHeld: boolean
}

export function randomHistory(options: HistoryOptions): EventChain {
  const chance = createChance(options.seed)
  const chain = createEventChain(contractOf('stellartrain'))
  const oracles = Array.from({ length: 5 }, (_, index) => accountOf(`oracle ${index}`))
  oracles.forEach((oracle, index) => {
    chain.emit({
      type: 'oracle_registered',
      oracle,
      version: 1,
      key: hashOf(oracle),
      url: index === 0 ? 'http://nul\0and\ttab\\n' : `https://oracle-${index}.example`,
      metadata: cidOf(oracle),
    })
  })
  for (let id = 1; id <= options.challenges; id++) tellChallenge(chain, chance, id, oracles, options)
  return chain
}

function tellChallenge(chain: EventChain, chance: Chance, id: number, pool: string[], options: HistoryOptions): void {
  const seats = pool.slice(0, chance.pick([1, 1, 2, 3, 5]))
  const now = BigInt(chain.time())
  const maker = accountOf(`maker ${chance.int(1, 5)}`)
  const payout = {
    rule: 'bounty' as const,
    reward: BigInt(chance.int(1, 9)) * 10_000_000n,
    winners: options.winners ?? chance.int(1, 4),
  }
  const terms: BountyTerms = {
    token: contractOf(chance.pick(['usd', 'native'])),
    payout,
    oracles: seats,
    quorum: Math.floor(seats.length / 2) + 1,
    oracleFee: chance.pick([0n, 100_000n]),
    deposit: chance.pick([0n, 500_000n, 50_000n]),
    threshold: 9_000_000n,
    direction: chance.pick(['maximize', 'minimize'] as const),
    step: 10_000n,
    opens: now,
    acceptBy: now + 600n,
    deadline: now + 100_000n,
    patience: 60n,
    gradeBy: now + 200_000n,
    silenceShare: 0,
    attempts: 1_000,
    attemptsPerDay: 1_000,
    opensTruth: chance.yes(0.5),
    manifest: cidOf(`manifest ${id}`),
  }
  if (terms.deposit > 0n) terms.silenceShare = 5_000
  const prize = terms.payout.reward * BigInt(terms.payout.winners)
  const feeBudget = 1_000_000_000n
  chain.pass(5)
  chain.emit({ type: 'challenge_created', challenge: id, maker, token: terms.token, terms, prize, feeBudget })
  if (chance.yes(0.1)) {
    chain.pass(700)
    chain.emit({ type: 'challenge_cancelled', challenge: id, refunded: prize + feeBudget })
    return
  }
  for (const oracle of seats) chain.emit({ type: 'challenge_accepted', challenge: id, oracle, keyVersion: 1 })
  const topUp = chance.pick([0n, 7n])
  if (topUp > 0n) chain.emit({ type: 'topped_up', challenge: id, from: maker, escrow: 0n, fees: topUp })
  new Tale(chain, chance, id, terms, maker, prize, feeBudget + topUp).run(options.submissions)
}

/** One accepted challenge, from its first submission to its last payment. */
class Tale {
  private readonly chain: EventChain
  private readonly chance: Chance
  private readonly id: number
  private readonly terms: BountyTerms
  private readonly maker: string
  private readonly subs: Sub[] = []
  private readonly attempts = new Map<string, number>()
  private readonly contents = new Set<string>()
  private readonly winners = new Set<string>()
  private readonly cursors: number[]
  private readonly fees: bigint[]
  private finalized = 0
  private escrow: bigint
  private feeBudget: bigint
  private ended = false

  constructor(
    chain: EventChain,
    chance: Chance,
    id: number,
    terms: BountyTerms,
    maker: string,
    prize: bigint,
    feeBudget: bigint,
  ) {
    this.chain = chain
    this.chance = chance
    this.id = id
    this.terms = terms
    this.maker = maker
    this.escrow = prize
    this.feeBudget = feeBudget
    this.cursors = terms.oracles.map(() => 0)
    this.fees = terms.oracles.map(() => 0n)
  }

  run(submissions: number): void {
    while (!this.ended && this.subs.length < submissions) {
      for (let n = this.chance.int(1, 12); n > 0; n--) this.submit()
      this.chain.pass(5)
      for (let n = this.chance.int(0, 3); n > 0 && !this.ended; n--) this.vote()
    }
    if (!this.ended && this.chance.yes(0.5))
      for (let n = 0; n < 400 && this.finalized < this.subs.length && !this.ended; n++) this.vote()
    this.finish()
  }

  private submit(): void {
    const solver = accountOf(`solver ${this.chance.int(1, 30)}`)
    const attempt = (this.attempts.get(solver) ?? 0) + 1
    this.attempts.set(solver, attempt)
    const number = this.subs.length + 1
    const content = hashOf(`content ${this.id} ${this.chance.yes(0.1) ? this.chance.int(1, number) : number}`)
    const { deposit } = this.terms
    this.subs.push({
      ...{ number, solver, attempt, content, votes: [], flags: 0, verdict: 'pending' },
      ...{ prizeHeld: false, depositHeld: false },
    })
    const carried = this.chance.yes(0.05) ? 3n : 0n
    this.feeBudget += carried
    const cid = cidOf(`${this.id} ${number}`)
    this.chain.emit({ type: 'submitted', challenge: this.id, solver, attempt, number, cid, units: 0, deposit, carried })
  }

  private vote(): void {
    const oracle = this.chance.int(0, this.terms.oracles.length - 1)
    const cursor = this.cursors[oracle]!
    const first =
      this.chance.yes(0.3) && this.finalized > cursor ? this.chance.int(cursor + 1, this.finalized + 1) : cursor + 1
    const last = Math.min(this.subs.length, first + this.chance.int(0, 39))
    if (first > last) return
    this.cursors[oracle] = last
    const votes: VoteRow[] = []
    for (let number = first; number <= last; number++) {
      const sub = this.subs[number - 1]!
      const row = this.judge(sub)
      votes.push(row)
      if (sub.verdict !== 'pending') continue
      sub.votes.push({ oracle, row })
      if (row.verdict === 'rejected') sub.flags |= FLAGS.rejectVoted
    }
    const settledFirst = this.finalized + 1
    const settle = this.chance.yes(0.8) && settledFirst >= first && settledFirst <= last
    const settled = settle ? this.settleUpTo(last) : []
    this.chain.emit({
      type: 'scored',
      challenge: this.id,
      oracle: this.terms.oracles[oracle]!,
      report: cidOf(`report ${this.chain.ledger()} ${oracle}`),
      first,
      votes,
      settledFirst: settled.length === 0 ? 0 : settledFirst,
      settled,
    })
    if (this.chance.yes(0.4)) this.settleAlone()
  }

  private settleAlone(): void {
    const first = this.finalized + 1
    const settled = this.settleUpTo(Math.min(this.subs.length, first + 39))
    if (settled.length > 0) this.chain.emit({ type: 'settled', challenge: this.id, first, settled })
  }

  /** Mostly what every honest oracle says of this work; sometimes something else. */
  private judge(sub: Sub): VoteRow {
    if (this.chance.yes(0.03)) return NOTHING
    const kind = sub.number % 7
    if (kind === 0) return { ...NOTHING, verdict: 'rejected', reason: this.chance.int(20, 22) }
    const wrong = this.chance.yes(0.04) ? 10_000n : 0n
    const base = this.terms.direction === 'maximize' ? 8_000_000n : 10_000_000n
    const toward = this.terms.direction === 'maximize' ? 1n : -1n
    const score = base + toward * BigInt((sub.number * 37) % 120) * 10_000n + wrong
    return { verdict: 'scored', reason: 0, score, contentHash: sub.content, units: 0 }
  }

  private settleUpTo(last: number): SettledRow[] {
    const rows: SettledRow[] = []
    while (!this.ended && this.finalized < last) {
      const row = this.conclude(this.subs[this.finalized]!)
      if (!row) break
      this.finalized += 1
      rows.push(row)
    }
    return rows
  }

  private conclude(sub: Sub): SettledRow | null {
    const same = (a: VoteRow, b: VoteRow) =>
      a.verdict === b.verdict && a.score === b.score && a.contentHash === b.contentHash
    for (const { row } of sub.votes) {
      const equal = sub.votes.filter((vote) => same(vote.row, row))
      if (equal.length < this.terms.quorum) continue
      const decisive = equal.reduce((low, vote) => (vote.row.reason < low.row.reason ? vote : low))
      return this.grade(
        sub,
        decisive.oracle,
        decisive.row,
        equal.map((vote) => vote.oracle),
      )
    }
    if (sub.votes.length < this.terms.oracles.length) return null
    return this.unsettle(sub, null, 0)
  }

  private unsettle(sub: Sub, by: number | null, flag: number): SettledRow {
    sub.verdict = 'unsettled'
    sub.flags |= flag
    if (this.terms.deposit > 0n) this.hold(sub, 'deposit')
    return { by, verdict: 'unsettled', reason: 0, flags: sub.flags, amount: 0n }
  }

  private hold(sub: Sub, what: 'prize' | 'deposit'): void {
    if (what === 'prize') sub.prizeHeld = true
    else sub.depositHeld = true
    sub.flags |= what === 'prize' ? FLAGS.prizeHeld : FLAGS.depositHeld
  }

  private grade(sub: Sub, by: number, row: VoteRow, equal: number[]): SettledRow {
    if (row.verdict === 'unavailable') return this.unsettle(sub, by, FLAGS.unavailable)
    const { deposit, oracleFee, quorum, payout, threshold, direction } = this.terms
    const copy = row.verdict === 'scored' && this.contents.has(row.contentHash)
    sub.verdict = copy ? 'duplicate' : (row.verdict as 'scored' | 'rejected')
    if (row.verdict === 'scored') this.contents.add(row.contentHash)
    for (const oracle of equal.slice(0, quorum)) this.fees[oracle]! += oracleFee
    const lost = sub.verdict === 'scored' ? 0n : deposit
    const due = oracleFee * BigInt(quorum)
    this.escrow += lost > due ? lost - due : 0n
    this.feeBudget -= lost > due ? 0n : due - lost
    let amount = deposit - lost
    const meets = direction === 'maximize' ? row.score >= threshold : row.score <= threshold
    const held = this.chance.yes(0.1)
    if (sub.verdict === 'scored' && meets && !this.winners.has(sub.solver)) {
      this.winners.add(sub.solver)
      amount += payout.reward
      this.escrow -= payout.reward
      if (held) this.hold(sub, 'prize')
      else sub.flags |= FLAGS.prizePaid
      if (this.winners.size === payout.winners) this.ended = true
    }
    if (held && sub.verdict === 'scored' && deposit > 0n) this.hold(sub, 'deposit')
    return { by, verdict: sub.verdict, reason: row.reason, flags: sub.flags, amount }
  }

  private finish(): void {
    const { terms, chain, chance, id } = this
    chain.pass(this.ended ? 5 : 200_000)
    const pending = this.subs.filter((sub) => sub.verdict === 'pending')
    const rejectVoted = pending.filter((sub) => hasFlag(sub.flags, 'rejectVoted')).length
    const unsettled = this.subs.filter((s) => s.verdict === 'unsettled' && !hasFlag(s.flags, 'rejectVoted')).length
    let part: bigint | null = null
    if (!this.ended && pending.length + unsettled > 0) {
      const eligible = pending.length - rejectVoted + unsettled
      const shared = (this.escrow * BigInt(terms.silenceShare)) / 10_000n
      part = eligible === 0 ? 0n : shared / BigInt(eligible)
      if (part > terms.payout.reward) part = terms.payout.reward
      this.escrow -= part * BigInt(eligible)
      chain.emit({ type: 'silence_fixed', challenge: id, part, eligible })
    }
    for (const sub of this.subs) if (chance.yes(0.7)) this.release(sub, part)
    terms.oracles.forEach((oracle, index) => {
      const amount = this.fees[index]!
      if (amount > 0n && chance.yes(0.7)) chain.emit({ type: 'fees_withdrawn', challenge: id, oracle, amount })
    })
    if (terms.opensTruth)
      chain.emit({ type: 'truth_revealed', challenge: id, by: this.maker, truth: cidOf(`truth ${id}`) })
    chain.emit({ type: 'challenge_closed', challenge: id, maker: this.maker, amount: this.escrow + this.feeBudget })
  }

  private release(sub: Sub, part: bigint | null): void {
    const prize = sub.prizeHeld ? this.terms.payout.reward : 0n
    let deposit = sub.depositHeld ? this.terms.deposit : 0n
    let silence = 0n
    const ungraded = sub.verdict === 'pending' || sub.verdict === 'unsettled'
    if (sub.verdict === 'pending' && (this.ended || part !== null)) {
      deposit = this.terms.deposit
      sub.verdict = this.ended ? 'void' : 'unsettled'
    }
    if (ungraded && !this.ended && part && !hasFlag(sub.flags, 'rejectVoted')) {
      silence = part
      sub.flags |= FLAGS.silencePaid
    }
    if (prize + deposit + silence === 0n) return
    if (sub.prizeHeld) sub.flags = (sub.flags & ~FLAGS.prizeHeld) | FLAGS.prizePaid
    sub.flags &= ~FLAGS.depositHeld
    sub.prizeHeld = false
    sub.depositHeld = false
    const { solver, attempt, number, verdict, flags } = sub
    const reason = 0
    this.chain.emit({
      ...{ type: 'payment_released', challenge: this.id, solver, attempt, number },
      ...{ prize, deposit, silence, verdict, reason, flags },
    })
  }
}
