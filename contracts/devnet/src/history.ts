/** What the server remembers of closed ledgers: transactions by hash, events in order, within the retention window. */
import type { EventRow, LedgerRow, TransactionRow } from './record.ts'

/** A ledger as history keeps it; its transactions are shared with the index by hash. */
export type PastLedger = Omit<LedgerRow, 'events'>

export class History {
  /** Ledgers that are kept. */
  readonly retention: number
  #ledgers: PastLedger[] = []
  #events: EventRow[] = []
  readonly #transactions = new Map<string, TransactionRow>()

  constructor(retention: number) {
    this.retention = retention
  }

  add({ events, ...ledger }: LedgerRow): void {
    this.#ledgers.push(ledger)
    for (const event of events) this.#events.push(event)
    for (const transaction of ledger.transactions) {
      this.#transactions.set(transaction.hash, transaction)
      if (transaction.innerHash !== '') this.#transactions.set(transaction.innerHash, transaction)
    }
    this.#trim()
  }

  /** Forgets every ledger after this one. */
  rewind(sequence: number): void {
    const from = firstAt(this.#ledgers, (ledger) => ledger.sequence > sequence)
    this.#forget(this.#ledgers.splice(from))
    this.#events.splice(firstAt(this.#events, (event) => event.ledger > sequence))
  }

  get first(): PastLedger {
    return this.#ledgers[0]!
  }

  get last(): PastLedger {
    return this.#ledgers.at(-1)!
  }

  transaction(hash: string): TransactionRow | undefined {
    return this.#transactions.get(hash)
  }

  /** Ledgers from a sequence number on, oldest first. */
  *ledgersFrom(sequence: number): Generator<PastLedger> {
    for (let at = firstAt(this.#ledgers, (ledger) => ledger.sequence >= sequence); at < this.#ledgers.length; at++) {
      yield this.#ledgers[at]!
    }
  }

  /** The newest ledgers, newest first. */
  *newest(count: number): Generator<PastLedger> {
    for (let at = this.#ledgers.length - 1; at >= 0 && count > 0; at--, count--) yield this.#ledgers[at]!
  }

  /** Events whose ids come after one and before another, oldest first. */
  *events(after: string, before: string): Generator<EventRow> {
    for (let at = firstAt(this.#events, (event) => event.id > after); at < this.#events.length; at++) {
      const event = this.#events[at]!
      if (event.id >= before) return
      yield event
    }
  }

  /** Drops what has left the window, in strides so that each ledger costs little. */
  #trim(): void {
    const stride = Math.max(1, Math.min(1024, this.retention >> 2))
    if (this.#ledgers.length < this.retention + stride) return
    this.#forget(this.#ledgers.splice(0, this.#ledgers.length - this.retention))
    const oldest = this.first.sequence
    this.#events.splice(
      0,
      firstAt(this.#events, (event) => event.ledger >= oldest),
    )
  }

  #forget(ledgers: readonly PastLedger[]): void {
    for (const { transactions } of ledgers) {
      for (const { hash, innerHash } of transactions) {
        this.#transactions.delete(hash)
        this.#transactions.delete(innerHash)
      }
    }
  }
}

/** The first index at which a sorted list answers yes. */
function firstAt<T>(list: readonly T[], yes: (item: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (yes(list[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}
