/** The money's part of a verification: which transactions should have paid, and what the token's own events say they moved. */
import {
  type ContractEvent,
  nativeTopic,
  readScVal,
  type TransactionEvent,
  toDecimal,
} from '@stellartrain/contracts-client'
import { amountsOf } from '../story/amounts.ts'
import { type Check, compare, open } from './check.ts'
import { concludedRows, rankingOpen, sentAtOnce } from './due.ts'
import type { Evidence } from './evidence.ts'

/** What the contract's events say became due to the solver in one transaction, and when. */
export type PaymentClaim = { hash: string; ledger: number; amount: bigint }

/**
 * The transactions that should carry money to the solver: the settling one and every release; none if nothing was due.
 * An open check where that cannot be known.
 */
export function paymentClaims(evidence: Evidence): PaymentClaim[] | Check {
  const { shown, history, ref, owed, status, token } = evidence
  if (owed > 0n) {
    const amount = `${toDecimal(owed, token.decimals)} ${token.code}`
    return open('payment', 'undelivered', `${amount} is due and was not sent yet; anyone can send it with release.`)
  }
  if (status === 'pending') return open('payment', 'not_final', 'There is no verdict yet.')
  if (rankingOpen(evidence)) return open('payment', 'not_final', 'The ranking decides what is due.')
  if (!history.complete) {
    return open('payment', 'events_gone', `The RPC keeps events only from ledger ${history.from} on.`)
  }
  const claims: PaymentClaim[] = []
  for (const event of history.events) {
    if (event.type === 'payment_released' && event.solver === ref.solver && event.attempt === ref.attempt) {
      const amount = event.prize + event.back
      claims.push({ hash: event.txHash, ledger: event.ledger, amount })
    }
    const own = concludedRows(event).find((row) => row.number === shown.number)
    if (own === undefined) continue
    const inBatch = concludedRows(event).filter((row) => solverOf(history.events, row.number) === ref.solver)
    // One transfer per solver and batch, held or sent as a whole: the transaction carries the sum.
    const held = own.amount > 0n && sentAtOnce(own, evidence) === 0n
    const amount = held ? 0n : inBatch.reduce((sum, row) => sum + row.amount, 0n)
    if (amount > 0n) claims.push({ hash: event.txHash, ledger: event.ledger, amount })
  }
  return claims
}

function solverOf(events: readonly ContractEvent[], number: number): string | undefined {
  for (const event of events) if (event.type === 'submitted' && event.number === number) return event.solver
  return undefined
}

/** Whether the transactions moved exactly that much of the challenge's token from the contract to the solver. */
export function checkPayment(
  evidence: Evidence,
  claims: readonly PaymentClaim[],
  /** Undefined for a transaction that the RPC no longer has. */
  transferred: readonly (bigint | undefined)[],
): Check {
  const { token } = evidence
  const money = (amount: bigint) => `${toDecimal(amount, token.decimals)} ${token.code}`
  if (claims.length === 0) {
    const { prize, pay, back } = amountsOf(evidence.facts)
    return compare('payment', prize + pay + back > 0n ? 'a payment' : 'nothing due', 'nothing due')
  }
  const gone = claims.find((_, index) => transferred[index] === undefined)
  if (gone) return open('payment', 'events_gone', `The RPC no longer has the transaction ${gone.hash}.`)
  const list = (amounts: readonly (bigint | undefined)[]) => amounts.map((amount) => money(amount ?? 0n)).join(', ')
  const where = claims.map((claim) => `transaction ${claim.hash}, ledger ${claim.ledger}`).join('; ')
  return compare('payment', list(claims.map((claim) => claim.amount)), list(transferred), where)
}

/** Sum of the token's own transfer events from the contract to the solver. The data is an amount, or a map that holds it. */
export function transferredIn(
  events: readonly TransactionEvent[],
  { token, contract, solver }: { token: string; contract: string; solver: string },
): bigint {
  const [transfer, from, to] = [
    nativeTopic.symbol('transfer'),
    nativeTopic.address(contract),
    nativeTopic.address(solver),
  ]
  return events
    .filter((event) => event.contract === token)
    .filter(({ topics }) => topics[0] === transfer && topics[1] === from && topics[2] === to)
    .reduce((sum, event) => sum + amountOf(event.data), 0n)
}

function amountOf(data: string): bigint {
  const value = readScVal(data)
  if (typeof value === 'bigint') return value
  const amount = value && typeof value === 'object' && 'amount' in value ? value.amount : undefined
  return typeof amount === 'bigint' ? amount : 0n
}
