/** Random stories on the real contract: anyone tries anything, and what the contract refuses has not happened. */
import type { Keypair } from '@stellar/stellar-sdk/base'
import {
  acceptChallenge,
  type Call,
  ContractError,
  cancelChallenge,
  claimEarnings,
  closeChallenge,
  createChallenge,
  Direction,
  type Payout,
  postEarnings,
  postRanking,
  postScores,
  promisedPrize,
  registerOracle,
  releasePayment,
  reveal,
  rule,
  settle,
  stored,
  submit,
  type Terms,
  topUp,
  Verdict,
  type Vote,
  view,
  views,
  withdrawFees,
} from '@stellartrain/contracts-client'
import { CHALLENGE_KEY, cidOf, type Fixture } from '@stellartrain/contracts-client/testing'
import { phaseName } from '../decode/names.ts'
import { type Earning, leafOf, treeOf } from './merkle.ts'
import type { Chance } from './random.ts'

type Sub = { solver: Keypair; attempt: number; number: number; units: number }

type Game = {
  id: number
  terms: Terms
  oracles: Keypair[]
  /** How often an oracle says something else than the others. */
  quarrel: number
  submissions: Sub[]
  epochs: { earnings: Earning[]; epoch: number }[]
}

export type Player = {
  /** Tries this many random calls. */
  steps(count: number): Promise<void>
  /** Lets the time come in which votes, a ranking's last ones, the judge's or none are taken. */
  goTo(phase: 'grading' | 'ranking' | 'judging' | 'over'): Promise<void>
  /** Carries out what can be. */
  finish(): Promise<void>
  /** How often each call was taken. */
  readonly taken: ReadonlyMap<string, number>
}

/** @param challenges how many, each by a rule of chance */
export async function createPlayer(fixture: Fixture, chance: Chance, challenges: number): Promise<Player> {
  const taken = new Map<string, number>()
  const { net, chain } = fixture
  const [maker, judge, ...solvers] = (await fixture.people(8)) as [Keypair, Keypair, ...Keypair[]]
  const oracles: Keypair[] = []
  for (let n = 0; n < 5; n++) oracles.push(await fixture.oracle())
  // The last solver and sometimes the maker have no trustline for this one any more when they are to be paid.
  const usd = await fixture.asset('USD')
  for (const one of [maker, ...solvers]) await usd.give(one, '100000')
  const games: Game[] = []
  // The same for all, so that a story has its parts; far enough for the clock on the wall not to matter.
  const deadline = net.ledger().closeTime + 2_000

  async function attempt(name: string, who: Keypair, call: Call<unknown>): Promise<unknown> {
    try {
      const result = await fixture.act(call, who)
      taken.set(name, (taken.get(name) ?? 0) + 1)
      return result ?? 'done'
    } catch (error) {
      if (error instanceof ContractError) return null
      throw error
    }
  }

  for (let n = 0; n < challenges; n++) games.push(await create(n))

  async function create(n: number): Promise<Game> {
    const rule = (['bounty', 'ranked', 'per_unit', 'earnings', 'ranked', 'bounty', 'bounty'] as const)[n % 7]!
    const payout = payoutOf(rule, chance)
    const own = oracles.slice(0, chance.pick([1, 3, 3, 3, 5]))
    const fee = chance.pick([0n, 1_000n])
    const m = BigInt((own.length + 1) / 2)
    const now = net.ledger().closeTime
    const gradeBy = deadline + 300
    const judged = rule !== 'earnings' && chance.yes(0.7)
    const terms: Terms = {
      ...(await fixture.terms(own)),
      token: chance.yes(0.5) ? fixture.xlm : usd.contract,
      payout,
      oracle_fee: fee,
      deposit: rule === 'earnings' ? 0n : chance.pick([0n, 500n, 10_000n]),
      direction: chance.pick([Direction.Maximize, Direction.Minimize]),
      opens: BigInt(now + chance.pick([0, 0, 10])),
      accept_by: BigInt(deadline - 300),
      deadline: BigInt(deadline),
      patience: 60n,
      grade_by: BigInt(gradeBy),
      judge: judged ? { address: judge.publicKey(), judge_by: BigInt(gradeBy + 300) } : null,
      unique_content: chance.yes(0.5),
      opens_truth: chance.yes(0.7),
    }
    const prize = promisedPrize(payout) ?? 100_000n
    const call = createChallenge({
      ...{ maker: maker.publicKey(), terms, prize },
      fee_budget: m * fee * BigInt(chance.pick([1, 2, 50])),
    })
    const id = (await fixture.act(call, maker)) as number
    const quarrel = chance.pick([0.08, 0.08, 0.6])
    const game = { id, terms, oracles: own, quarrel, submissions: [], epochs: [] }
    if (n === 5) await attempt('cancel', maker, cancelChallenge({ challenge: id }))
    if (n > 0) await accept(game)
    return game
  }

  async function accept({ id, oracles: own }: Game): Promise<void> {
    for (const [place, oracle] of own.entries()) {
      const shares = place === 0 ? Uint8Array.of(1, 2, 3) : new Uint8Array()
      const call = { oracle: oracle.publicKey(), challenge: id, key: CHALLENGE_KEY, shares }
      await attempt('accept', oracle, acceptChallenge(call))
    }
  }

  const pickSome = <T>(items: readonly T[], most: number) =>
    items.filter(() => chance.yes(Math.min(0.8, most / Math.max(1, items.length)))).slice(0, most)

  /** What honest ones say of it, or something else. */
  function vote(game: Game, { solver, attempt, number, units }: Sub): Vote {
    const empty = { solver: solver.publicKey(), attempt, reason: 0, score: 0n, content_hash: new Uint8Array(32) }
    const rest = { units: 0, hold: chance.yes(0.1) }
    if (chance.yes(0.12)) return { ...empty, ...rest, verdict: Verdict.Unavailable }
    if (number % 5 === 0 || chance.yes(0.08))
      return { ...empty, ...rest, verdict: Verdict.Rejected, reason: chance.int(20, 23) }
    const odd = chance.yes(game.quarrel)
    const good = number % 3 !== 0 || (odd && chance.yes(0.5))
    const base = (game.terms.direction === Direction.Maximize) === good ? 9_200_000n : 8_300_000n
    return {
      ...{
        ...empty,
        ...rest,
        verdict: Verdict.Scored,
        score: base + BigInt(number * 1_017 + (odd ? chance.int(1, 9) * 1_000 : 0)),
      },
      ...{ content_hash: cidOf(number).digest, units: Math.min(units, number % 4) },
    }
  }

  const MOVES: Record<string, (game: Game) => Promise<unknown>> = {
    accept,
    async submit(game) {
      const solver = chance.pick(solvers)
      const attempts = game.submissions.filter((one) => one.solver === solver).length + 1
      const units = game.terms.payout.tag === 'PerUnit' ? chance.int(1, 5) : 0
      const carry = chance.pick([0n, 3_000n, 3_000n])
      const call = submit({
        ...{ solver: solver.publicKey(), challenge: game.id, attempt: attempts, cid: cidOf(50 + attempts) },
        ...{ commitment: cidOf(7).digest, units, carry },
      })
      const number = (await attempt('submit', solver, call)) as number | null
      if (number !== null) game.submissions.push({ solver, attempt: attempts, number, units })
    },
    async vote(game) {
      const oracle = chance.pick(game.oracles)
      const votes = pickSome(game.submissions, 6).map((one) => vote(game, one))
      const call = { oracle: oracle.publicKey(), challenge: game.id, report: cidOf(3), votes, settle: chance.yes(0.6) }
      if ((await attempt('post_scores', oracle, postScores(call))) || votes.length < 2) return
      // One that cannot be cast refuses all: try one alone.
      for (const one of votes.slice(0, 2)) await attempt('post_scores', oracle, postScores({ ...call, votes: [one] }))
    },
    settle(game) {
      const submissions = pickSome(game.submissions, 8).map(({ solver, attempt }) => ({
        ...{ solver: solver.publicKey(), attempt, hold: chance.yes(0.15) },
      }))
      return attempt('settle', maker, settle({ challenge: game.id, submissions }))
    },
    async rule(game) {
      for (const one of pickSome(game.submissions, 3)) {
        const ballots = [vote(game, one)]
        const call = { judge: judge.publicKey(), challenge: game.id, report: cidOf(9), ballots }
        await attempt('rule', judge, rule(call))
      }
    },
    async rank(game) {
      const who = game.oracles[chance.int(0, game.oracles.length)] ?? judge
      const more = game.terms.direction === Direction.Maximize
      const scored: { solver: string; attempt: number; number: number }[] = []
      const ids = game.submissions.map(({ solver, attempt }) => ({ solver: solver.publicKey(), attempt }))
      const found = await stored.submissions(chain, game.id, ids.slice(0, 60))
      found.forEach((one, index) => {
        if (one?.verdict === Verdict.Scored) scored.push({ ...ids[index]!, number: one.number })
      })
      const distinct = [...new Map(scored.map((one) => [one.solver, one])).values()]
      // Most of them rank alike.
      const rows = (chance.yes(0.8) ? distinct : pickSome(distinct, 2))
        .slice(0, 2)
        .map(({ solver, attempt, number }) => ({
          ...{ solver, attempt },
          score: more ? 9_200_000n - BigInt(number) : 8_300_000n + BigInt(number),
        }))
        .sort((one, other) => (one.score < other.score === more ? 1 : -1))
      for (const shown of [rows, rows.slice(0, 1), []]) {
        const call = { by: who.publicKey(), challenge: game.id, report: cidOf(4), rows: shown }
        if ((await attempt('post_ranking', who, postRanking(call))) !== null) return
      }
    },
    async earn(game) {
      const epoch = game.epochs.length + 1
      const before = game.epochs.at(-1)?.earnings
      const earnings = solvers.slice(0, 3).map(
        (one, index): Earning => ({
          ...{ labeler: one.publicKey(), cumulative: (before?.[index]?.cumulative ?? 0n) + BigInt(chance.int(0, 900)) },
        }),
      )
      const tree = treeOf(earnings.map((one) => leafOf(chain.network.contract, game.id, epoch, one)))
      for (const oracle of game.oracles) {
        if (chance.yes(0.2)) continue
        const { left, right } = tree
        const call = { oracle: oracle.publicKey(), challenge: game.id, epoch, left, right, report: cidOf(5) }
        if ((await attempt('post_earnings', oracle, postEarnings(call))) !== null && (await isPosted(game, epoch))) {
          game.epochs.push({ earnings, epoch })
          return
        }
      }
    },
    async claim(game) {
      if (game.epochs.length === 0) return
      const { earnings, epoch } = chance.pick(game.epochs)
      const tree = treeOf(earnings.map((one) => leafOf(chain.network.contract, game.id, epoch, one)))
      const index = chance.int(0, earnings.length - 1)
      const { labeler, cumulative } = earnings[index]!
      const call = { challenge: game.id, epoch, labeler, cumulative, proof: tree.proofs[index]! }
      await attempt('claim', maker, claimEarnings(call))
    },
    async release(game) {
      for (const { solver, attempt: of } of pickSome(game.submissions, 2))
        await attempt(
          'release_payment',
          maker,
          releasePayment({ challenge: game.id, solver: solver.publicKey(), attempt: of }),
        )
    },
    withdraw(game) {
      const oracle = chance.pick(game.oracles)
      return attempt('withdraw_fees', oracle, withdrawFees({ oracle: oracle.publicKey(), challenge: game.id }))
    },
    reveal(game) {
      const who = chance.pick([maker, ...game.oracles])
      return attempt('reveal', who, reveal({ revealer: who.publicKey(), challenge: game.id, truth: cidOf(11) }))
    },
    close: (game) => attempt('close', maker, closeChallenge({ challenge: game.id })),
    topUp: (game) =>
      attempt(
        'top_up',
        maker,
        topUp({ from: maker.publicKey(), challenge: game.id, escrow: chance.pick([0n, 900n]), fees: 5_000n }),
      ),
    register: () =>
      attempt(
        'register',
        oracles[0]!,
        registerOracle({
          ...{ oracle: oracles[0]!.publicKey(), key: cidOf(12).digest, url: 'http://o.example', metadata: cidOf(13) },
        }),
      ),
    async warp() {
      await net.warp(chance.int(1, 40))
    },
    async untrust() {
      const [last] = solvers.slice(-1)
      if (chance.yes(0.5)) await usd.untrust(last!).catch(() => {})
      else await usd.trust(last!)
    },
  }

  const isPosted = async (game: Game, epoch: number) => (await stored.epoch(chain, game.id, epoch)).posted !== null

  /** What is worth trying in each phase; anything else is tried now and then. */
  const ODDS: Record<string, string> = {
    accepting: 'accept warp topUp',
    announced: 'warp warp topUp',
    open: 'submit submit submit submit vote vote vote vote vote vote settle earn claim withdraw warp topUp',
    grading: 'vote vote vote vote vote settle settle earn claim close rank rank',
    ranking: 'rank rank rank rank rank settle',
    judging: 'rule rule rule rule rank rank settle release',
    over: 'settle release release release close claim withdraw reveal',
    ended: 'vote vote rule settle settle release release close withdraw reveal warp',
  }
  const NAMES = Object.keys(MOVES)

  async function step(game: Game): Promise<void> {
    const phase = phaseName(await view(chain, views.phase({ challenge: game.id })))
    const likely = ODDS[phase]?.split(' ') ?? ['warp']
    await MOVES[chance.yes(0.1) ? chance.pick(NAMES) : chance.pick(likely)]!(game)
  }

  return {
    taken,
    async steps(count) {
      for (let n = 0; n < count; n++) await step(chance.pick(games))
    },
    async goTo(phase) {
      const times = { grading: deadline, ranking: deadline + 240, judging: deadline + 300, over: deadline + 600 }
      await net.warp(Math.max(0, times[phase] - net.ledger().closeTime))
    },
    async finish() {
      for (const game of games)
        for (const name of ['settle', 'release', 'close', 'claim', 'withdraw', 'release', 'close'])
          await MOVES[name]!(game)
    },
  }
}

function payoutOf(rule: 'bounty' | 'ranked' | 'per_unit' | 'earnings', chance: Chance): Payout {
  switch (rule) {
    case 'bounty':
      return { tag: 'Bounty', values: [{ reward: 50_000n, winners: chance.int(1, 3) }] }
    case 'ranked':
      return { tag: 'Ranked', values: [{ prizes: [60_000n, 30_000n, 10_000n].slice(0, chance.int(1, 3)) }] }
    case 'per_unit':
      return { tag: 'PerUnit', values: [{ rate: 1_000n, max_units: 5 }] }
    case 'earnings':
      return { tag: 'Earnings', values: undefined }
  }
}
