/** What the server remembers of closed ledgers: an index in memory; their records are read where they lie when they are asked for. */

import type { Place } from '../store/store.ts'
import { ledgerOfCursor } from './cursor.ts'
import { HashIndex } from './hash-index.ts'
import { type EventRow, type LedgerRow, type Outline, parseRecord, type TransactionRow } from './record.ts'
import { Rows } from './rows.ts'

/** A ledger as the index keeps it. */
export interface PastLedger {
  sequence: number
  closeTime: number
  hash: string
  /** How many hashes its transactions are found by: their own, and those of what fee bumps wrap. */
  hashes: number
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
/** Where a ledger's parts stand in its row: a hash of 32 bytes, then numbers. */
const [SEQUENCE, HASHES, CLOSE_TIME, FILE, LENGTH, OFFSET, ROW] = [32, 36, 40, 48, 52, 56, 64] as const

export class History {
  readonly #limits: Limits
  readonly #read: (place: Place) => Buffer
  readonly #ledgers = new Rows(ROW)
  #bytes = 0
  /** Ledger and place within it of every transaction. */
  readonly #transactions = new HashIndex()
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
    const before = this.#transactions.length
    transactions.forEach((tx, index) => {
      this.#transactions.add(tx.hash, sequence * POSITIONS + index)
      if (tx.innerHash !== '') this.#transactions.add(tx.innerHash, sequence * POSITIONS + index)
    })
    const ledger = { sequence, closeTime, hash, hashes: this.#transactions.length - before, place }
    this.#write(ledger)
    this.#bytes += place.length
    if (row && ledger.hashes > 0) this.#remember(ledger, row)
    this.#trim()
  }

  /** Forgets every ledger after this one. */
  rewind(sequence: number): void {
    const from = this.#from(sequence + 1)
    this.#transactions.dropLast(this.#forget(from, this.#ledgers.length))
    this.#ledgers.truncate(from)
  }

  get first(): PastLedger {
    return this.#at(0)
  }

  get last(): PastLedger {
    return this.#at(this.#ledgers.length - 1)
  }

  ledger(sequence: number): PastLedger | undefined {
    const row = this.#from(sequence)
    return row < this.#ledgers.length && this.#number(row, SEQUENCE) === sequence ? this.#at(row) : undefined
  }

  transaction(hash: string): TransactionRow | undefined {
    const position = this.#transactions.get(hash)
    if (position === undefined) return undefined
    const ledger = this.ledger(Math.floor(position / POSITIONS))
    return ledger && this.decode(ledger).transactions[position % POSITIONS]
  }

  /** Ledgers from a sequence number on, oldest first. */
  *ledgersFrom(sequence: number): Generator<PastLedger> {
    for (let at = this.#from(sequence); at < this.#ledgers.length; at++) yield this.#at(at)
  }

  /** The newest ledgers, newest first. */
  *newest(count: number): Generator<PastLedger> {
    for (let at = this.#ledgers.length - 1; at >= 0 && count > 0; at--, count--) yield this.#at(at)
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
    if (ledger.hashes === 0) return { sequence, closeTime, hash, transactions: [], events: [] }
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
      while (over < this.#ledgers.length - 1 && left > wanted) left -= this.#number(over++, LENGTH)
      surplus = Math.max(surplus, over)
    }
    if (surplus === 0) return
    this.#transactions.dropFirst(this.#forget(0, surplus))
    this.#ledgers.dropFirst(surplus)
  }

  /** Lets go of what is kept of some ledgers beside their rows; how many hashes they have. */
  #forget(from: number, to: number): number {
    let hashes = 0
    for (let row = from; row < to; row++) {
      hashes += this.#number(row, HASHES)
      this.#bytes -= this.#number(row, LENGTH)
      this.#drop(this.#at(row))
    }
    return hashes
  }

  #write({ sequence, closeTime, hash, hashes, place }: PastLedger): void {
    const at = this.#ledgers.push()
    const { bytes } = this.#ledgers
    bytes.write(hash, at, 'hex')
    bytes.writeUInt32LE(sequence, at + SEQUENCE)
    bytes.writeUInt32LE(hashes, at + HASHES)
    bytes.writeDoubleLE(closeTime, at + CLOSE_TIME)
    bytes.writeUInt32LE(place.file, at + FILE)
    bytes.writeUInt32LE(place.length, at + LENGTH)
    bytes.writeDoubleLE(place.offset, at + OFFSET)
  }

  #at(row: number): PastLedger {
    const at = row * ROW
    const { bytes } = this.#ledgers
    return {
      sequence: bytes.readUInt32LE(at + SEQUENCE),
      closeTime: bytes.readDoubleLE(at + CLOSE_TIME),
      hash: bytes.toString('hex', at, at + SEQUENCE),
      hashes: bytes.readUInt32LE(at + HASHES),
      place: {
        file: bytes.readUInt32LE(at + FILE),
        offset: bytes.readDoubleLE(at + OFFSET),
        length: bytes.readUInt32LE(at + LENGTH),
      },
    }
  }

  #number(row: number, part: number): number {
    return this.#ledgers.bytes.readUInt32LE(row * ROW + part)
  }

  /** Where the ledgers from a sequence number on start. */
  #from(sequence: number): number {
    let [low, high] = [0, this.#ledgers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#number(middle, SEQUENCE) >= sequence) high = middle
      else low = middle + 1
    }
    return low
  }
}
