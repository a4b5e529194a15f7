/** Ids of events and cursors, as RPC writes them: both are places in the order of everything that happens. */

/** @param transaction from 1, in the order in which they were applied; `operation` and `event` from 0 */
export function eventId(ledger: number, transaction: number, operation: number, event: number): string {
  const order = (BigInt(ledger) << 32n) | (BigInt(transaction) << 12n) | BigInt(operation)
  return `${order.toString().padStart(19, '0')}-${event.toString().padStart(10, '0')}`
}

/** The cursor behind everything in a ledger. */
export const endOf = (ledger: number): string => eventId(ledger, 0xf_ffff, 0xfff, 0xffff_ffff)
