/** From a maker's plan to the terms that the contract freezes, with defaults that fit each other. */
import {
  Direction,
  fromDecimal,
  type Payout,
  promisedPrize,
  scoreFromDecimal,
  type Terms,
  type Token,
} from '@stellartrain/contracts-client'
import type { ChallengePlan } from './plan.ts'
import { UserError } from './problems.ts'

const DAY = 86_400
const WEEK = 7 * DAY
const SUBMISSIONS_BUDGETED = 50n
const MAX_PRIZES = 40

export type PlannedMoney = {
  /** Base units of the token. */
  prize: bigint
  feeBudget: bigint
  /** What creating it takes from the maker's account. */
  total: bigint
}

/** `now` and `minPatience` are the ledger's clock and the contract's own minimum, in seconds. */
export type TermsContext = { token: Token; now: number; minPatience: number; direction: 'maximize' | 'minimize' }

/** @throws UserError `bad_input` for numbers and dates that cannot be read; what does not fit together the contract refuses. */
export function termsOf(
  plan: ChallengePlan,
  manifest: Terms['manifest'],
  { token, now, minPatience, direction }: TermsContext,
): { terms: Terms; money: PlannedMoney } {
  const amount = (name: string, text: string) => readable(name, () => fromDecimal(text, token.decimals))
  const payout = payoutOf(plan, amount)
  const oracleFee = amount('oracle fee', plan.oracleFee ?? '0')
  const deposit = amount('deposit', plan.deposit ?? '0')
  const quorum = plan.quorum ?? Math.floor(plan.oracles.length / 2) + 1
  const prize = promisedPrize(payout) ?? amount('prize', chosenPrize(plan))
  const feeBudget =
    plan.feeBudget === undefined
      ? oracleFee * BigInt(quorum) * SUBMISSIONS_BUDGETED
      : amount('fee budget', plan.feeBudget)
  const terms: Terms = {
    token: token.contract,
    payout,
    oracles: plan.oracles,
    quorum,
    oracle_fee: oracleFee,
    deposit,
    threshold: readable('threshold', () => scoreFromDecimal(plan.threshold)),
    direction: direction === 'maximize' ? Direction.Maximize : Direction.Minimize,
    step: readable('step', () => scoreFromDecimal(plan.step ?? '0.0001')),
    ...timesOf(plan, now, minPatience),
    silence_share: Math.round((plan.silenceShare ?? 0) * 100),
    attempts: plan.attempts ?? 20,
    attempts_per_day: plan.attemptsPerDay ?? plan.attempts ?? 5,
    opens_truth: plan.publishes?.truth ?? true,
    manifest,
  }
  return { terms, money: { prize, feeBudget, total: prize + feeBudget } }
}

/** Where the rule itself does not say how much is paid out at most. */
function chosenPrize({ payout }: ChallengePlan): string {
  return payout?.rule === 'per_unit' || payout?.rule === 'earnings' ? payout.prize : '0'
}

type Amount = (name: string, text: string) => bigint

/** @throws UserError `rule_not_supported`, `bad_input` */
function payoutOf({ payout, reward, winners }: ChallengePlan, amount: Amount): Payout {
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
      return { tag: 'Earnings', values: undefined }
    default: {
      const { rule } = planned as { rule: unknown }
      const message = `This version creates challenges with the rules bounty, ranked, per_unit and earnings, not ${JSON.stringify(rule)}.`
      throw new UserError('rule_not_supported', message)
    }
  }
}

function timesOf(plan: ChallengePlan, now: number, minPatience: number) {
  const deadline = seconds('deadline', plan.deadline)
  // Six times the minimum is an hour where the minimum is ten minutes.
  const patience = plan.patienceSeconds ?? Math.min(WEEK, Math.max(1, minPatience) * 6)
  const acceptBy = plan.acceptBy ? seconds('acceptance', plan.acceptBy) : Math.min(deadline, now + 2 * DAY)
  return {
    opens: BigInt(plan.opens ? seconds('opening', plan.opens) : now),
    accept_by: BigInt(acceptBy),
    deadline: BigInt(deadline),
    patience: BigInt(patience),
    grade_by: BigInt(plan.gradeBy ? seconds('grading', plan.gradeBy) : deadline + Math.max(3 * patience, DAY)),
  }
}

function seconds(name: string, date: Date): number {
  const time = date.getTime()
  if (!Number.isFinite(time)) throw new UserError('bad_input', `The time of the ${name} is not a date.`)
  return Math.floor(time / 1_000)
}

function readable<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new UserError('bad_input', `The ${name}: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
