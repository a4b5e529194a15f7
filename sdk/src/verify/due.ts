/** What the rules give for a submission, against what the contract's events say that it gave. */
import {
  type ContractEvent,
  hasFlag,
  Ranking,
  type SettledOf,
  Status,
  toDecimal,
  Verdict,
} from '@stellartrain/contracts-client'
import { type Check, compare, open } from './check.ts'
import type { Evidence } from './evidence.ts'

export const settledRows = (event: ContractEvent): SettledOf[] =>
  event.type === 'scored' || event.type === 'settled' ? event.settled : []

/** Of one settled row what was sent at once, not held back. */
export const sentAtOnce = ({ flags, amount }: SettledOf): bigint =>
  hasFlag(flags, 'prizeHeld', 'depositHeld') ? 0n : amount

export function checkDue(evidence: Evidence): Check {
  const { status, history, token, shown, ref, owed } = evidence
  if (status === 'pending') return open('prize', 'not_final', 'There is no verdict yet.')
  if (rankingOpen(evidence)) return open('prize', 'not_final', 'The ranking decides what is due.')
  if (!history.complete)
    return open('prize', 'events_gone', `The RPC keeps events only from ledger ${history.from} on.`)
  if ((status === 'ungraded' || status === 'unsettled') && !isSilenceFixed(evidence))
    return open('prize', 'undelivered', 'The first release fixes what ungraded submissions share.')
  const { prize, deposit, silence } = dueByTheRules(evidence)
  const given = history.events.reduce((sum, event) => {
    if (event.type === 'payment_released' && event.solver === ref.solver && event.attempt === ref.attempt)
      return sum + event.prize + event.deposit + event.silence
    const row = settledRows(event).find(({ number }) => number === shown.number)
    return row ? sum + sentAtOnce(row) : sum
  }, owed)
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  const parts = [
    ...(prize > 0n ? [`${money(prize)} prize`] : []),
    ...(deposit > 0n ? [`${money(deposit)} deposit`] : []),
    ...(silence > 0n ? [`${money(silence)} silence share`] : []),
  ]
  const due = prize + deposit + silence
  return compare(
    'prize',
    due === 0n ? 'nothing' : money(due),
    given === 0n ? 'nothing' : money(given),
    parts.join(' and '),
  )
}

/** The first call after `grade_by` fixes what ungraded work shares; before, and in a challenge that ended, it shares nothing. */
function isSilenceFixed({ state, now, challenge }: Evidence): boolean {
  const shared = state.submitted > state.finalized || state.unsettled_eligible > 0
  return state.silence !== null || now < challenge.terms.grade_by || state.status !== Status.Active || !shared
}

/** Whether the place of this submission, and so its prize, is still open. */
export function rankingOpen({ status, state, now, challenge }: Evidence): boolean {
  const { payout, grade_by } = challenge.terms
  return payout.tag === 'Ranked' && status === 'scored' && state.ranking === Ranking.Open && now < grade_by
}

export function dueByTheRules(evidence: Evidence): { prize: bigint; deposit: bigint; silence: bigint } {
  const { status, challenge, state, shown } = evidence
  const { deposit } = challenge.terms
  const returned = ['scored', 'void', 'unsettled', 'ungraded'].includes(status) ? deposit : 0n
  const shares = (status === 'unsettled' || status === 'ungraded') && !hasFlag(shown.flags, 'rejectVoted')
  const part = shares ? (state.silence ?? 0n) : 0n
  return { prize: prizeByTheRules(evidence), deposit: returned, silence: smaller(part, mostOf(evidence)) }
}

/** A share of the prize is never more than the batch could have earned. */
function mostOf({ challenge, shown }: Evidence): bigint | undefined {
  const { payout } = challenge.terms
  return payout.tag === 'PerUnit' ? payout.values[0].rate * BigInt(shown.units) : undefined
}

const smaller = (a: bigint, b: bigint | undefined): bigint => (b === undefined || a < b ? a : b)

function prizeByTheRules({ challenge, shown, places, state, now }: Evidence): bigint {
  if (shown.verdict !== Verdict.Scored) return 0n
  const { payout, grade_by } = challenge.terms
  const place = places.findIndex(({ number }) => number === shown.number)
  switch (payout.tag) {
    case 'Bounty':
      return place < 0 ? 0n : payout.values[0].reward
    case 'PerUnit':
      return payout.values[0].rate * BigInt(shown.accepted_units)
    case 'Ranked': {
      const whole = place < 0 ? 0n : (payout.values[0].prizes[place] ?? 0n)
      const table = state.ranking === Ranking.Table || (state.ranking === Ranking.Open && now >= grade_by)
      // Where the running table counts, prizes shrink with what was left ungraded.
      const graded = BigInt(state.finalized - state.unsettled)
      return table && state.submitted > 0 ? (whole * graded) / BigInt(state.submitted) : whole
    }
    default:
      return 0n
  }
}
