/** What the server remembers of closed ledgers: an index in memory; their records are read where they lie when they are asked for. */
import { ledgerOfCursor } from './cursor.ts'
import { type EventRow, type LedgerRow, type Outline, parseRecord, type TransactionRow } from './record.ts'
import type { Place } from './store/store.ts'

/** A ledger as the index keeps it. */
export interface PastLedger {
  sequence: number
  closeTime: number
  hash: string
  /** By which its transactions are found: their hashes, and those of what fee bumps wrap. */
  hashes: readonly string[]
  place: Place
}

export interface Limits {
  /** Ledgers to remember. */
  ledgers: number
  /** Bytes of records to remember; whichever is less. */
  bytes: number
}

/** Bytes of records that are kept decoded: the newest, which everybody asks for, and what was read last. */
const DECODED_BYTES = 8 * 1024 * 1024
/** A ledger holds fewer transactions than this; so a position fits a number. */
const POSITIONS = 0x100000
const NONE: readonly never[] = []

export class History {
  readonly #limits: Limits
  readonly #read: (place: Place) => Buffer
  readonly #ledgers: PastLedger[] = []
  #bytes = 0
  /** Ledger and place within it of every transaction. */
  readonly #transactions = new Map<string, number>()
  readonly #decoded = new Map<number, LedgerRow>()
  #decodedBytes = 0

  constructor(limits: Limits, read: (place: Place) => Buffer) {
    this.#limits = limits
    this.#read = read
  }

  /** Ledgers that are kept at most. */
  get retention(): number {
    return this.#limits.ledgers
  }

  /** Adds the ledger that follows; `row`, when it is at hand, is what will be asked for first. */
  add(outline: Outline, place: Place, row?: LedgerRow): void {
    const { sequence, closeTime, hash, transactions } = outline
    const hashes = transactions.flatMap((tx) => (tx.innerHash === '' ? [tx.hash] : [tx.hash, tx.innerHash]))
    transactions.forEach((tx, index) => {
      this.#transactions.set(tx.hash, sequence * POSITIONS + index)
      if (tx.innerHash !== '') this.#transactions.set(tx.innerHash, sequence * POSITIONS + index)
    })
    const ledger = { sequence, closeTime, hash, hashes: hashes.length > 0 ? hashes : NONE, place }
    this.#ledgers.push(ledger)
    this.#bytes += place.length
    if (row && hashes.length > 0) this.#remember(ledger, row)
    this.#trim()
  }

  /** Forgets every ledger after this one. */
  rewind(sequence: number): void {
    this.#forget(this.#ledgers.splice(this.#from(sequence + 1)))
  }

  get first(): PastLedger {
    return this.#ledgers[0]!
  }

  get last(): PastLedger {
    return this.#ledgers.at(-1)!
  }

  ledger(sequence: number): PastLedger | undefined {
    const found = this.#ledgers[this.#from(sequence)]
    return found?.sequence === sequence ? found : undefined
  }

  transaction(hash: string): TransactionRow | undefined {
    const position = this.#transactions.get(hash)
    if (position === undefined) return undefined
    const ledger = this.ledger(Math.floor(position / POSITIONS))
    return ledger && this.decode(ledger).transactions[position % POSITIONS]
  }

  /** Ledgers from a sequence number on, oldest first. */
  *ledgersFrom(sequence: number): Generator<PastLedger> {
    for (let at = this.#from(sequence); at < this.#ledgers.length; at++) yield this.#ledgers[at]!
  }

  /** The newest ledgers, newest first. */
  *newest(count: number): Generator<PastLedger> {
    for (let at = this.#ledgers.length - 1; at >= 0 && count > 0; at--, count--) yield this.#ledgers[at]!
  }

  /** Events whose ids come after one and before another, oldest first. */
  *events(after: string, before: string): Generator<EventRow> {
    const end = ledgerOfCursor(before) ?? 0
    for (const ledger of this.ledgersFrom(ledgerOfCursor(after) ?? 0)) {
      if (ledger.sequence > end) return
      for (const event of this.decode(ledger).events) {
        if (event.id >= before) return
        if (event.id > after) yield event
      }
    }
  }

  /** A ledger with its transactions and events. */
  decode(ledger: PastLedger): LedgerRow {
    const { sequence, closeTime, hash } = ledger
    if (ledger.hashes.length === 0) return { sequence, closeTime, hash, transactions: [], events: [] }
    const known = this.#decoded.get(sequence)
    if (known) {
      // What is asked for again is dropped last.
      this.#decoded.delete(sequence)
      this.#decoded.set(sequence, known)
      return known
    }
    const row = parseRecord(this.#read(ledger.place))
    this.#remember(ledger, row)
    return row
  }

  #remember(ledger: PastLedger, row: LedgerRow): void {
    this.#decoded.set(ledger.sequence, row)
    this.#decodedBytes += ledger.place.length
    for (const sequence of this.#decoded.keys()) {
      if (this.#decodedBytes <= DECODED_BYTES || sequence === ledger.sequence) return
      this.#drop(this.ledger(sequence)!)
    }
  }

  #drop(ledger: PastLedger): void {
    if (this.#decoded.delete(ledger.sequence)) this.#decodedBytes -= ledger.place.length
  }

  /** Drops what has left the window, in strides so that each ledger costs little. */
  #trim(): void {
    const { ledgers, bytes } = this.#limits
    const stride = Math.max(1, Math.min(1024, ledgers >> 2))
    let surplus = this.#ledgers.length < ledgers + stride ? 0 : this.#ledgers.length - ledgers
    if (this.#bytes > bytes) {
      let left = this.#bytes
      const wanted = bytes - bytes / 16
      let over = 0
      while (over < this.#ledgers.length - 1 && left > wanted) left -= this.#ledgers[over++]!.place.length
      surplus = Math.max(surplus, over)
    }
    if (surplus > 0) this.#forget(this.#ledgers.splice(0, surplus))
  }

  #forget(ledgers: readonly PastLedger[]): void {
    for (const ledger of ledgers) {
      for (const hash of ledger.hashes) this.#transactions.delete(hash)
      this.#bytes -= ledger.place.length
      this.#drop(ledger)
    }
  }

  /** Where the ledgers from a sequence number on start. */
  #from(sequence: number): number {
    let [low, high] = [0, this.#ledgers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ledgers[middle]!.sequence >= sequence) high = middle
      else low = middle + 1
    }
    return low
  }
}
