/**
 * Random histories that obey the contract's rules, with every kind of event in them: what each call does to a world is told as the
 * contract would tell it. The contract itself is met in `stories.test.ts`; these are for pages, tables and answers.
 */
import {
  type Closing,
  closing,
  end,
  feeShare,
  fold,
  mayRank,
  mayRule,
  maySettle,
  mayVote,
  owed,
  type Payout,
  phase,
  prizeDue,
  quorum,
  refusesBallot,
  refusesVote,
  round,
  takesPart,
  type Verdict,
  verdictFee,
} from '@stellartrain/contracts-client/rules'
import type { ContractEvent, RankedRow, Row, Terms } from '../decode/events.ts'
import { applyEvent } from '../project/apply.ts'
import { Batch } from '../project/batch.ts'
import { close, conductOf } from '../project/challenge-closed.ts'
import { type ChallengeRow, type EventPlace, JUDGE, type SubmissionRow } from '../project/model.ts'
import { release } from '../project/payment-released.ts'
import { World } from '../project/world.ts'
import { createEventChain, type EventChain } from './chain.ts'
import { accountOf, type Chance, cidOf, contractOf, createChance, hashOf } from './random.ts'

export type HistoryOptions = {
  challenges: number
  /** Of each challenge that does not end before. */
  submissions: number
  /** Places of each bounty; 1 to 4 by chance. With it all challenges are bounties, and winners are few. */
  winners?: number
  /** The most submissions that one event of votes is about; default: 40, the contract's own limit. Fewer of them, and as many votes, are more events. */
  batch?: number
  /** Some of what is final counts in its solver's record, and some winners take badges, of which some are destroyed. */
  records?: boolean
  seed: number
  /** The number of the first challenge; default: 1, and the oracles register before it. Those of a later one have done so. */
  first?: number
  /** The first ledger. */
  ledger?: number
}

const ZEROS = '0'.repeat(64)
/** In one call of the contract. */
const MOST_ROWS = 40

export function randomHistory(options: HistoryOptions): EventChain {
  const chance = createChance(options.seed)
  const { first = 1 } = options
  const chain = createEventChain(contractOf('stellartrain'), options.ledger)
  const oracles = Array.from({ length: 5 }, (_, index) => accountOf(`oracle ${index}`))
  oracles.forEach((oracle, index) => {
    if (first > 1) return
    chain.emit({
      type: 'oracle_registered',
      oracle,
      version: 1,
      key: hashOf(oracle),
      url: index === 0 ? 'http://nul\0and\ttab\\n' : `https://oracle-${index}.example`,
      metadata: cidOf(oracle),
    })
  })
  for (let id = first; id < first + options.challenges; id++) tellChallenge(chain, chance, id, oracles, options)
  return chain
}

function payoutBy(chance: Chance, winners: number | undefined): Payout {
  const reward = BigInt(chance.int(1, 9)) * 10_000_000n
  if (winners !== undefined) return { rule: 'bounty', reward, winners }
  return chance.pick<Payout>([
    { rule: 'bounty', reward, winners: chance.int(1, 4) },
    { rule: 'bounty', reward, winners: chance.int(1, 4) },
    { rule: 'ranked', prizes: [reward * 3n, reward * 2n, reward] },
    { rule: 'per_unit', rate: 1_000n, maxUnits: 20 },
    { rule: 'earnings' },
  ])
}

function tellChallenge(chain: EventChain, chance: Chance, id: number, pool: string[], options: HistoryOptions): void {
  const oracles = pool.slice(0, chance.pick([1, 3, 3, 5]))
  const now = chain.time()
  const maker = accountOf(`maker ${chance.int(1, 5)}`)
  const payout = payoutBy(chance, options.winners)
  const earnings = payout.rule === 'earnings'
  const terms: Terms = {
    token: contractOf(chance.pick(['usd', 'native'])),
    payout,
    oracles,
    oracleFee: chance.pick([0n, 100_000n]),
    deposit: earnings ? 0n : chance.pick([0n, 500_000n, 50_000n]),
    threshold: 9_000_000n,
    direction: chance.pick(['maximize', 'minimize'] as const),
    step: 10_000n,
    opens: now,
    acceptBy: now + 600,
    deadline: now + 100_000,
    patience: 60,
    gradeBy: now + 200_000,
    judge: !earnings && chance.yes(0.5) ? { address: accountOf('judge'), by: now + 250_000 } : null,
    gate: chance.yes(0.1) ? contractOf('gate') : null,
    attempts: 1_000,
    attemptsPerDay: 1_000,
    uniqueContent: chance.yes(0.3),
    truth: chance.yes(0.8) ? hashOf(`truth ${id}`) : ZEROS,
    opensTruth: chance.yes(0.5),
    manifest: cidOf(`manifest ${id}`),
  }
  const prize =
    payout.rule === 'bounty'
      ? payout.reward * BigInt(payout.winners)
      : payout.rule === 'ranked'
        ? payout.prizes.reduce((sum, one) => sum + one, 0n)
        : 10_000_000n
  const feeBudget = chance.pick([verdictFee(terms), verdictFee(terms) * 30n, 1_000_000_000n])
  const tale = new Tale(chain, chance, id, options)
  chain.pass(5)
  tale.tell({ type: 'challenge_created', challenge: id, maker, token: terms.token, terms, prize, feeBudget })
  if (chance.yes(0.1)) {
    chain.pass(700)
    tale.tell({ type: 'challenge_cancelled', challenge: id, refunded: prize + feeBudget })
    return
  }
  oracles.forEach((oracle, index) => {
    const shares = index === 0 ? 'c0ffee' : ''
    tale.tell({ type: 'challenge_accepted', challenge: id, oracle, keyVersion: 1, key: hashOf(`key ${id}`), shares })
  })
  const escrow = payout.rule === 'bounty' || payout.rule === 'ranked' ? 0n : 5n
  if (chance.yes(0.5)) tale.tell({ type: 'topped_up', challenge: id, from: maker, escrow, fees: 7n })
  tale.run(options.submissions)
  if (options.records) tale.count()
  if (options.records) tale.recount()
}

/** One accepted challenge, from its first submission to its last payment. */
class Tale {
  private readonly chain: EventChain
  private readonly chance: Chance
  private readonly id: number
  /** How many people try, and how many different scores there are, of which those from the hundredth on win. */
  private readonly crowd: { solvers: number; scores: number }
  /** How often oracles say something else than the others. */
  private readonly quarrel: number
  /** Rows of one event of votes. */
  private readonly batch: number
  /** What the events so far come to. */
  private readonly world = new World()

  constructor(chain: EventChain, chance: Chance, id: number, { winners, batch = MOST_ROWS }: HistoryOptions) {
    this.chain = chain
    this.chance = chance
    this.id = id
    this.batch = batch
    this.crowd = winners !== undefined ? { solvers: 200, scores: 104 } : { solvers: 30, scores: 120 }
    this.quarrel = chance.pick([0.04, 0.04, 0.6])
  }

  tell(...events: ContractEvent[]): void {
    const from = this.chain.events.length
    this.chain.emit(...events)
    for (const event of this.chain.events.slice(from)) applyEvent(this.world, event)
  }

  run(submissions: number): void {
    if (this.terms.payout.rule === 'earnings') this.earn()
    else {
      for (let left = submissions; left > 0 && this.phase() === 'open'; left--) {
        this.submit()
        if (this.chance.yes(0.1)) this.pass()
        if (this.chance.yes(0.4)) this.votes()
        if (this.chance.yes(0.1)) this.settle()
      }
      for (let n = this.chance.int(0, 30); n > 0; n--) {
        this.pass()
        this.votes()
      }
      if (this.chance.yes(0.5)) this.settle()
      this.after()
    }
    this.finish()
  }

  /** By the numbers of submissions, not by chance: with and without it, the rest of a history is the same. */
  count(): void {
    const { challenge, terms, chain } = this
    const { token } = terms
    for (const { attempt, facts } of this.submissions()) {
      const { number, solver, status } = facts
      if (status.status === 'pending' || number % 3 === 0) continue
      chain.pass(5)
      const score = status.status === 'scored' ? status.score : 0n
      const prize = facts.prizePaid ? prizeDue(terms, challenge.facts, { ...facts, prizePaid: false }) : 0n
      const counted = { challenge: challenge.id, solver, attempt, number, score, prize, token }
      chain.emit({ type: 'submission_folded', ...counted, verdict: status.status })
      if (prize === 0n) continue
      const badge = 1_000 * challenge.id + number
      chain.emit({ type: 'mint', to: solver, badge }, { type: 'badge_minted', ...counted, badge })
      if (number % 4 === 0) chain.emit({ type: 'burn', from: solver, badge })
    }
  }

  /** What a judge that grades would say; by the numbers of submissions, too. */
  recount(): void {
    const { challenge, terms, chain } = this
    const { id, maker } = challenge
    if (id % 4 !== 0 || terms.payout.rule === 'earnings') return
    const rules = {
      ...{ metric: 1, classes: ['636174', '646f67'], numbers: false, positive: 0 },
      ...{ least: 'ffefffffffffffff', most: '7fefffffffffffff', whole: false },
    }
    chain.emit({ type: 'recount_configured', challenge: id, maker, rules })
    for (const place of [0, 1])
      chain.emit({ type: 'truth_opened', challenge: id, place, rows: 100 * (place + 1), complete: place === 1 })
    for (const { attempt, facts } of this.submissions().filter(({ facts }) => facts.number % 5 === 1)) {
      chain.pass(5)
      const of = { challenge: id, solver: facts.solver, attempt }
      chain.emit(
        { type: 'work_opened', ...of, place: 0, rows: 200 },
        {
          ...{ type: 'recounted', ...of, score: 9_000_000n, private: 0n },
          ...{ contentHash: hashOf(`work ${id} ${facts.number}`), copied: facts.number % 2 === 0 },
        },
      )
    }
    if (id % 8 === 0) chain.emit({ type: 'recount_removed', challenge: id })
  }

  private get challenge(): ChallengeRow {
    return this.world.challenges.get(this.id)!
  }

  private get terms(): Terms {
    return this.challenge.terms
  }

  private phase() {
    return phase(this.terms, this.challenge.facts, this.chain.time())
  }

  private pass(): void {
    this.chain.pass(this.chance.pick([5, 5, 30, 150]))
  }

  private submissions(): SubmissionRow[] {
    return [...this.world.submissions.values()]
  }

  private submit(): void {
    const { terms, challenge, chance } = this
    const { facts } = challenge
    const solver = accountOf(`solver ${chance.int(1, this.crowd.solvers)}`)
    const own = this.submissions().filter((one) => one.facts.solver === solver)
    const number = facts.submitted + 1
    const units = terms.payout.rule === 'per_unit' ? chance.int(1, 20) : 0
    const stands = facts.board.rows.some((row) => row.solver === solver)
    const waits = units > 0 && own.some((one) => one.facts.status.status === 'pending')
    if (stands || waits || BigInt(units) * 1_000n > challenge.purse.escrow) return
    this.tell({
      ...{ type: 'submitted', challenge: this.id, solver, attempt: own.length + 1, number, units },
      ...{ cid: cidOf(`${this.id} ${number}`), commitment: chance.yes(0.5) ? hashOf(`work ${number}`) : ZEROS },
      deposit: terms.deposit,
      carried: challenge.purse.budget >= verdictFee(terms) ? 0n : verdictFee(terms),
    })
  }

  private votes(): void {
    for (let left = MOST_ROWS; left > 0; left -= this.batch) this.vote()
  }

  /** One oracle votes on some of what it has not graded, near the first that is open; mostly as all honest ones do. */
  private vote(): void {
    const { challenge, terms, chance } = this
    const now = this.chain.time()
    if (!mayVote(this.phase(), terms, now)) return
    const oracle = chance.int(0, terms.oracles.length - 1)
    const picked: { number: number; verdict: Verdict }[] = []
    for (const it of this.submissions()) {
      if (picked.length === this.batch) break
      if (chance.yes(0.2)) continue
      const verdict = this.judge(it, chance.yes(this.quarrel))
      const part = takesPart(challenge.facts, it.facts)
      if (!part && !chance.yes(0.05)) continue
      if (part && refusesVote(terms, it.facts.time, it.facts.votes, { oracle, verdict }, now)) continue
      picked.push({ number: it.facts.number, verdict })
    }
    if (picked.length === 0) return
    const report = cidOf(`report ${this.chain.ledger()} ${oracle}`)
    const settle = chance.yes(0.7)
    const rows = this.play((batch) => {
      for (const { number, verdict } of picked) batch.cast(number, verdict, oracle, report)
      if (settle) batch.settle(() => chance.yes(0.9))
    })
    this.tell({ type: 'scored', challenge: this.id, oracle: terms.oracles[oracle]!, report, settle, rows })
  }

  private settle(): void {
    if (!maySettle(this.phase())) return
    const numbers = this.submissions()
      .filter(({ facts }) => facts.status.status === 'pending')
      .slice(0, MOST_ROWS)
      .map(({ facts }) => facts.number)
    if (numbers.length === 0) return
    const before = this.challenge.facts.rankings.placed
    const rows = this.play((batch) => {
      for (const number of numbers) batch.add(number)
      batch.settle(() => this.chance.yes(0.9))
    })
    if (rows.length > 0) this.tell(...this.fixed(before), { type: 'settled', challenge: this.id, rows })
  }

  /** What every honest oracle says of this work, or something else. */
  private judge({ facts: { number, units } }: SubmissionRow, wrong: boolean): Verdict {
    const { chance, terms } = this
    if (chance.yes(0.05)) return { status: 'unavailable' }
    if (number % 7 === 0) return { status: 'rejected', reason: chance.int(20, 22) }
    const base = terms.direction === 'maximize' ? 8_000_000n : 10_000_000n
    const toward = terms.direction === 'maximize' ? 1n : -1n
    const score =
      base +
      toward * BigInt((number * 37) % this.crowd.scores) * 10_000n +
      (wrong ? BigInt(chance.int(1, 4)) * 10_000n : 0n)
    const content = hashOf(`content ${this.id} ${number}`)
    return { status: 'scored', score: round(score, terms), content, units: Math.floor(units / 2) }
  }

  /** After the deadline: rankings, the judge, the end. */
  private after(): void {
    const { terms, chance } = this
    this.chain.pass(terms.deadline - this.chain.time())
    if (chance.yes(0.6)) this.settle()
    this.until(terms.gradeBy - 30)
    if (chance.yes(0.7)) for (let n = 0; n < 4; n++) this.rank(chance.int(0, terms.oracles.length - 1))
    if (terms.judge) {
      this.until(terms.gradeBy)
      if (chance.yes(0.7)) this.rule(terms.judge.address)
      if (chance.yes(0.7)) this.rank(JUDGE)
    }
    if (chance.yes(0.9)) this.until(end(terms))
    if (chance.yes(0.5)) this.settle()
  }

  private until(time: number): void {
    if (time > this.chain.time()) this.chain.pass(time - this.chain.time())
  }

  private rule(judge: string): void {
    const { terms, challenge, chance } = this
    if (!mayRule(this.phase(), terms, this.chain.time())) return
    const ballots = this.submissions().flatMap((it) => {
      const verdict = it.facts.votes.cast.find((vote) => vote?.status === 'scored') ?? this.judge(it, false)
      if (!takesPart(challenge.facts, it.facts) || refusesBallot(terms, it.facts.votes, verdict)) return []
      return chance.yes(0.7) ? [{ number: it.facts.number, verdict }] : []
    })
    if (ballots.length === 0) return
    const report = cidOf(`reasons ${this.id}`)
    const rows = this.play((batch) => {
      for (const { number, verdict } of ballots.slice(0, MOST_ROWS)) batch.rule(number, verdict, report)
    })
    this.tell({ type: 'ruled', challenge: this.id, judge, report, rows })
  }

  private rank(by: number): void {
    const { terms, challenge, chance } = this
    const { facts } = challenge
    const open = facts.submitted - facts.concluded
    const placed = facts.rankings.placed !== null
    if (!mayRank(this.phase(), terms, { by: by === JUDGE ? 'judge' : 'oracle', open, placed })) return
    const rows = facts.rankings.table.slice(0, chance.int(1, 2)).map(
      ({ solver, number, score }): RankedRow => ({
        ...{ solver, score },
        attempt: this.submissions().find((it) => it.facts.number === number)!.attempt,
      }),
    )
    const posts = (this.world.rankings.get(this.id) ?? []).filter((post) => post.by !== JUDGE && post.by !== by)
    const same = posts.filter((post) => JSON.stringify(text(post.rows)) === JSON.stringify(text(rows))).length + 1
    const made = by !== JUDGE && same >= quorum(terms)
    const address = by === JUDGE ? terms.judge!.address : terms.oracles[by]!
    const report = cidOf(`ranking ${this.chain.ledger()} ${by}`)
    this.tell({ type: 'ranking_posted', challenge: this.id, by: address, report, rows, quorum: made })
  }

  private earn(): void {
    const { terms, chance } = this
    let total = 0n
    for (let epoch = 1; epoch <= 3; epoch++) {
      total += BigInt(chance.int(0, 1_000))
      const root = hashOf(`root ${this.id} ${epoch}`)
      const [left, right] = [
        { hash: hashOf('left'), sum: total },
        { hash: ZEROS, sum: 0n },
      ]
      const report = cidOf(`epoch ${epoch}`)
      for (let agreed = 1; agreed <= quorum(terms); agreed++) {
        this.chain.pass(5)
        const made = agreed === quorum(terms)
        const share = feeShare(total - this.challenge.earned, this.challenge.purse.budget, terms)
        const fees = made ? share * BigInt(agreed) : 0n
        this.tell({
          ...{ type: 'earnings_posted', challenge: this.id, oracle: terms.oracles[agreed - 1]!, epoch },
          ...{ left, right, root, total, report, quorum: made, fees },
        })
      }
    }
    const labeler = accountOf('solver 1')
    if (total > 0n)
      this.tell({
        ...{ type: 'earnings_claimed', challenge: this.id, labeler, epoch: 3, amount: total, cumulative: total },
      })
    this.until(terms.gradeBy)
  }

  private finish(): void {
    const { terms, chance } = this
    for (const it of this.submissions()) if (chance.yes(0.7)) this.release(it)
    terms.oracles.forEach((oracle, place) => {
      const seat = this.challenge.seats[place]!
      const amount = seat.feesEarned - seat.feesWithdrawn
      if (amount > 0n && chance.yes(0.7)) this.tell({ type: 'fees_withdrawn', challenge: this.id, oracle, amount })
    })
    const over = this.phase() === 'over' || this.phase() === 'ended'
    if (terms.opensTruth && over && chance.yes(0.7))
      this.tell({
        type: 'truth_revealed',
        challenge: this.id,
        by: this.challenge.maker,
        truth: cidOf(`truth ${this.id}`),
      })
    this.close()
  }

  private close(): void {
    const now = this.chain.time()
    const { facts, purse, maker } = this.challenge
    const out: Closing | undefined = closing(this.terms, facts, purse, now)
    const folds = fold(this.terms, facts, conductOf(this.challenge), now) !== undefined
    const placed = facts.rankings.placed
    if (!out || (out.total === 0n && !folds)) return
    const sends = out.total > 0n && this.chance.yes(0.9)
    if (!sends && !folds) return
    const done = this.trial((world, at) => close(world, world.challenge(this.id), at, sends))
    const { prize, fees, folded } = done.result
    this.tell(...this.fixed(placed, done.world), {
      ...{ type: 'challenge_closed', challenge: this.id, maker, prize, fees, folded },
    })
  }

  private release(it: SubmissionRow): void {
    const { terms, challenge } = this
    const { facts } = challenge
    const now = this.chain.time()
    const { number, solver, status } = it.facts
    const may = maySettle(phase(terms, facts, now))
    const concludes = status.status === 'pending' && (facts.ended || now >= end(terms))
    if (!may || (owed(terms, facts, it.facts, now).total === 0n && !concludes)) return
    const { placed } = facts.rankings
    const done = this.trial((world, at) => release(world, world.challenge(this.id), number, at))
    const { prize, back, row } = done.result
    if (prize + back === 0n && row.by === 'open') return
    this.tell(...this.fixed(placed, done.world), {
      ...{ type: 'payment_released', challenge: this.id, solver, attempt: it.attempt, prize, back, row },
    })
  }

  private last: World | undefined

  private play(calls: (batch: Batch) => void): Row[] {
    const { world, result } = this.trial((world, at) => {
      const batch = new Batch(world, world.challenge(this.id), at)
      calls(batch)
      return batch.rows()
    })
    this.last = world
    return result
  }

  /** What a call would do, on a copy. */
  private trial<Result>(call: (world: World, at: EventPlace) => Result): { world: World; result: Result } {
    const world = new World()
    world.challenges.set(this.id, structuredClone(this.challenge))
    for (const [key, submission] of this.world.submissions) world.submissions.set(key, { ...submission })
    for (const [key, votes] of this.world.votes) world.votes.set(key, [...votes])
    const at = { id: '', ledger: this.chain.ledger(), closedAt: this.chain.time(), txHash: '' }
    return { world, result: call(world, at) }
  }

  /** The event that says by whom the prizes go, if the call decided it. */
  private fixed(before: ChallengeRow['rankingFixed'], world = this.last!): ContractEvent[] {
    const { placed } = world.challenges.get(this.id)!.facts.rankings
    if (placed === before || placed === null) return []
    return [{ type: 'ranking_fixed', challenge: this.id, ranking: placed }]
  }
}

const text = (rows: readonly RankedRow[]) => rows.map(({ solver, attempt, score }) => [solver, attempt, String(score)])
