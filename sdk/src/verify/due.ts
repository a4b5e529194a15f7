/** What the rules give for a submission, against what the contract's events say that it gave. */
import { type ContractEvent, type EventRow, toDecimal } from '@stellartrain/contracts-client'
import { redue } from '@stellartrain/contracts-client/rules'
import { amountsOf } from '../story/amounts.ts'
import { rowsOf, wasHeld } from '../story/from-chain.ts'
import { type Check, compare, open } from './check.ts'
import type { Evidence } from './evidence.ts'

/** The rows of a batch that concluded something. A release tells its own amounts. */
export const concludedRows = (event: ContractEvent): EventRow[] =>
  event.type === 'payment_released' ? [] : rowsOf(event).filter(({ by }) => by !== 'open')

/** Of one row of a batch what was sent at once, not held back. `evidence` is of that very submission. */
export const sentAtOnce = (row: EventRow, { facts }: Evidence): bigint =>
  wasHeld(row, facts.terms, facts.submission) ? 0n : row.amount

export function checkDue(evidence: Evidence): Check {
  const { status, history, token, shown, ref, owed } = evidence
  if (status === 'pending') return open('prize', 'not_final', 'There is no verdict yet.')
  if (rankingOpen(evidence)) return open('prize', 'not_final', 'The ranking decides what is due.')
  if (!history.complete)
    return open('prize', 'events_gone', `The RPC keeps events only from ledger ${history.from} on.`)
  const { prize, pay, back } = amountsOf(evidence.facts)
  const given = history.events.reduce((sum, event) => {
    if (event.type === 'payment_released' && event.solver === ref.solver && event.attempt === ref.attempt)
      return sum + event.prize + event.back
    const row = concludedRows(event).find(({ number }) => number === shown.number)
    return row ? sum + sentAtOnce(row, evidence) : sum
  }, owed)
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  const won = prize + pay
  const parts = [
    ...(won > 0n ? [`${money(won)} won`] : []),
    ...(back > 0n ? [`${money(back)} of its own money back`] : []),
  ]
  const due = won + back
  return compare(
    'prize',
    due === 0n ? 'nothing' : money(due),
    given === 0n ? 'nothing' : money(given),
    parts.join(' and '),
  )
}

/** Whether the place of this submission, and so its prize, is still open. */
export function rankingOpen({ status, facts }: Evidence): boolean {
  const { terms, challenge, now } = facts
  const { placed } = redue(terms, challenge, now).challenge.rankings
  return terms.payout.rule === 'ranked' && status === 'scored' && placed === null
}
