/** Event ids, which are also cursors: padded so that they sort as the ledger does. */

/** `<ledger, transaction and operation in one number>-<event>`, as the official server writes it. */
export function eventId(ledger: number, transaction: number, operation: number, event: number): string {
  const order = (BigInt(ledger) << 32n) | (BigInt(transaction) << 12n) | BigInt(operation)
  return `${order.toString().padStart(19, '0')}-${event.toString().padStart(10, '0')}`
}

/** The last possible id of a ledger: the cursor of a page that was not filled. */
export const lastIdOf = (ledger: number): string => eventId(ledger, 0xfffff, 0xfff, 0xffffffff)

/** The ledger that a cursor lies in, or `undefined` when it is not a cursor. */
export function ledgerOfCursor(cursor: string): number | undefined {
  if (!/^\d{1,19}-\d{1,10}$/.test(cursor)) return undefined
  return Number(BigInt(cursor.split('-', 1)[0]!) >> 32n)
}

/** A cursor in the form in which ids are compared. */
export function normalCursor(cursor: string): string {
  const [order, event] = cursor.split('-') as [string, string]
  return `${order.padStart(19, '0')}-${event.padStart(10, '0')}`
}
