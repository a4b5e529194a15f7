/** From a maker's plan to the terms that the contract freezes, with defaults that fit each other. */
import {
  Direction,
  fromDecimal,
  type Payout,
  promisedPrize,
  termsOf as rulesTerms,
  scoreFromDecimal,
  type Terms,
  type Token,
  toDecimal,
} from '@stellartrain/contracts-client'
import { verdictFee } from '@stellartrain/contracts-client/rules'
import { UserError } from '../system/problems.ts'
import { BATCHES } from './batches.ts'
import type { ChallengePlan } from './plan.ts'
import { timesOf } from './times.ts'
import { type UniqueContent, uniqueContentOf } from './unique-content.ts'

const SUBMISSIONS_BUDGETED = 50n
const MAX_PRIZES = 40

export type PlannedMoney = {
  /** Base units of the token. */
  prize: bigint
  feeBudget: bigint
  /** Of the fee budget, what a ranking's fees set aside at once. */
  rankingFees: bigint
  /** What creating it takes from the maker's account. */
  total: bigint
}

/** `now` is the ledger's clock; the contract's own minima are in seconds. */
export type TermsContext = {
  token: Token
  now: number
  minPatience: number
  minWindow: number
  direction: 'maximize' | 'minimize'
  /** 32 bytes; zeros where there is no truth. */
  truth: Uint8Array
}

/** @throws UserError `bad_input` for numbers and dates that cannot be read, and for what the contract would refuse */
export function termsOf(
  plan: ChallengePlan,
  manifest: Terms['manifest'],
  context: TermsContext,
): { terms: Terms; money: PlannedMoney; unique: UniqueContent } {
  const { token, direction, truth } = context
  const amount = (name: string, text: string) => readable(name, () => fromDecimal(text, token.decimals))
  const payout = payoutOf(plan, amount)
  const prize = promisedPrize(payout) ?? amount('prize', chosenPrize(plan))
  refuseLargeBatches(payout, prize)
  const { opens, acceptBy, deadline, patience, gradeBy, judgeBy } = timesOf(plan, context)
  const unique = uniqueContentOf(plan)
  const terms: Terms = {
    token: token.contract,
    payout,
    oracles: oraclesOf(plan),
    oracle_fee: amount('oracle fee', plan.oracleFee ?? '0'),
    deposit: amount('deposit', plan.deposit ?? '0'),
    threshold: readable('threshold', () => scoreFromDecimal(plan.threshold)),
    direction: direction === 'maximize' ? Direction.Maximize : Direction.Minimize,
    step: stepOf(plan),
    opens: BigInt(opens),
    accept_by: BigInt(acceptBy),
    deadline: BigInt(deadline),
    patience: BigInt(patience),
    grade_by: BigInt(gradeBy),
    judge: plan.judge ? { address: plan.judge.address, judge_by: BigInt(judgeBy) } : null,
    gate: plan.gate ?? null,
    attempts: plan.attempts ?? 20,
    attempts_per_day: plan.attemptsPerDay ?? plan.attempts ?? 5,
    unique_content: unique.unique,
    truth,
    opens_truth: plan.publishes?.truth ?? true,
    manifest,
  }
  const fee = verdictFee(rulesTerms(terms))
  const rankingFees = payout.tag === 'Ranked' ? fee : 0n
  const feeBudget =
    plan.feeBudget === undefined ? fee * SUBMISSIONS_BUDGETED + rankingFees : amount('fee budget', plan.feeBudget)
  if (feeBudget < rankingFees)
    throw new UserError(
      'bad_input',
      `The fee budget must cover the fees of the ranking, ${toDecimal(rankingFees, token.decimals)} ${token.code}, which are set aside at once.`,
    )
  return { terms, unique, money: { prize, feeBudget, rankingFees, total: prize + feeBudget } }
}

/** @throws UserError `bad_input` */
function oraclesOf({ oracles, judge }: ChallengePlan): string[] {
  if (![1, 3, 5].includes(oracles.length) || new Set(oracles).size !== oracles.length)
    throw new UserError('bad_input', `A challenge names one, three or five different oracles, not ${oracles.length}.`)
  if (judge && oracles.includes(judge.address))
    throw new UserError('bad_input', 'The judge decides what the oracles leave undecided, and cannot be one of them.')
  return oracles
}

/** What scores are rounded to, in units of 1e-7. @throws UserError for a text that is no score */
export const stepOf = ({ step = '0.0001' }: Pick<ChallengePlan, 'step'>): bigint =>
  readable('step', () => scoreFromDecimal(step))

function refuseLargeBatches(payout: Payout, prize: bigint): void {
  if (payout.tag !== 'PerUnit') return
  const { rate, max_units } = payout.values[0]
  if (rate * BigInt(max_units) * BigInt(BATCHES) <= prize) return
  throw new UserError(
    'bad_input',
    `A full batch of ${max_units} units may earn at most a twentieth of the prize: lower maxUnits or the rate, or lock more.`,
  )
}

/** Where the rule itself does not say how much is paid out at most. */
function chosenPrize({ payout }: ChallengePlan): string {
  return payout?.rule === 'per_unit' || payout?.rule === 'earnings' ? payout.prize : '0'
}

type Amount = (name: string, text: string) => bigint

/** @throws UserError `rule_not_supported`, `bad_input` */
function payoutOf({ payout, reward, winners, labeling }: ChallengePlan, amount: Amount): Payout {
  const bounty = reward === undefined ? undefined : { rule: 'bounty' as const, reward, winners: winners ?? 1 }
  if (payout && bounty) throw new UserError('bad_input', 'The plan has both a payout and a reward; give one of them.')
  const planned = payout ?? bounty
  if (planned === undefined) throw new UserError('bad_input', 'The plan has neither a reward nor a payout.')
  switch (planned.rule) {
    case 'bounty':
      return { tag: 'Bounty', values: [{ reward: amount('reward', planned.reward), winners: planned.winners ?? 1 }] }
    case 'ranked': {
      const prizes = planned.prizes.map((prize, index) => amount(`prize ${index + 1}`, prize))
      if (prizes.length === 0 || prizes.length > MAX_PRIZES)
        throw new UserError('bad_input', `A ranking has 1 to ${MAX_PRIZES} prizes.`)
      if (prizes.some((prize, index) => index > 0 && prize > (prizes[index - 1] ?? 0n)))
        throw new UserError('bad_input', 'The prizes of a ranking are listed from the largest to the smallest.')
      return { tag: 'Ranked', values: [{ prizes }] }
    }
    case 'per_unit': {
      const { rate, maxUnits } = planned
      if (!Number.isInteger(maxUnits) || maxUnits < 1)
        throw new UserError('bad_input', 'A full batch has a whole number of units, from 1.')
      return { tag: 'PerUnit', values: [{ rate: amount('rate', rate), max_units: maxUnits }] }
    }
    case 'earnings':
      // The manifest has the rate, and no contract looks at it.
      if (labeling?.perItem !== undefined && amount('pay per item', labeling.perItem) <= 0n)
        throw new UserError('bad_input', 'An accepted answer earns more than 0: raise perItem.')
      return { tag: 'Earnings', values: undefined }
    default: {
      const { rule } = planned as { rule: unknown }
      const message = `This version creates challenges with the rules bounty, ranked, per_unit and earnings, not ${JSON.stringify(rule)}.`
      throw new UserError('rule_not_supported', message)
    }
  }
}

function readable<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new UserError('bad_input', `The ${name}: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
