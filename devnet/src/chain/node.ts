/** The node: the host's chain with its clock, its history and its store; everything happens in one turn of the event loop. */

import { DevnetError } from '../errors.ts'
import { History, type PastLedger } from '../history/history.ts'
import { headerOf, type LedgerRow, outline, parseRecord } from '../history/record.ts'
import type { Store } from '../store/store.ts'
import { write } from '../wire.ts'
import {
  type ContractFunding,
  contractFundingOf,
  type Description,
  descriptionOf,
  entriesOf,
  type FoundEntry,
  type Funding,
  fundingOf,
  type Submitted,
  submittedOf,
} from './answers.ts'
import { Host } from './host.ts'
import { Simulated } from './simulated.ts'
import { checkWarp, LAST_LEDGER } from './warp.ts'

/** The protocol of the compiled host. */
export const PROTOCOL = 28

export interface NodeOptions {
  passphrase: string
  seed: number
  settings: string
  /** Classic operations that a ledger takes; default 1,000. */
  classicOperations?: number | undefined
  /** Ledgers, and bytes of their records, that are remembered; whichever is less. */
  retention: number
  historyBytes: number
  /** Whether transactions' time bounds are held against the clock of clients even after time travel. */
  clientTimeBounds: boolean
  store: Store
  /** Seconds since 1970. */
  now: () => number
}

/** A moment of a chain in memory, to go back to. */
export interface Snapshot {
  readonly sequence: number
  readonly hash: string
  /** Seconds since 1970. */
  readonly closeTime: number
  readonly state: Uint8Array
  readonly record: Uint8Array
  readonly ahead: number
}

export class DevnetNode {
  readonly history: History
  readonly passphrase: string
  readonly #host: Host
  readonly #options: NodeOptions
  readonly #listeners = new Set<(ledger: LedgerRow) => void>()
  readonly #restoreListeners = new Set<(sequence: number) => void>()
  readonly #simulated = new Simulated()
  #record: Uint8Array
  #failure: DevnetError | undefined
  /** Seconds that the ledger's clock is ahead of the machine's. */
  #ahead = 0

  private constructor(host: Host, options: NodeOptions, record: Uint8Array) {
    this.#host = host
    this.#options = options
    this.#record = record
    this.passphrase = options.passphrase
    const limits = { ledgers: options.retention, bytes: options.historyBytes }
    this.history = new History(limits, (place) => options.store.read(place))
  }

  /** Starts a chain, or goes on with the one that the store holds. */
  static async start(options: NodeOptions): Promise<DevnetNode> {
    const host = await Host.create()
    const { passphrase, seed, settings, classicOperations = 1_000, store } = options
    const genesis = host.call('genesis', [passphrase, write([seed]), settings, options.now(), classicOperations])
    const node = new DevnetNode(host, options, genesis)
    try {
      if (!(await node.#resume(store))) {
        node.history.add(outline(genesis), await store.begin(genesis, host.call('save')))
        node.close()
      }
    } catch (error) {
      await store.close()
      throw error
    }
    return node
  }

  async #resume(store: Store): Promise<boolean> {
    const saved = await store.open()
    if (!saved) return false
    this.#host.call('load', [saved.state])
    for (const { record, place } of saved.records()) {
      const ledger = outline(record)
      if (ledger.sequence > saved.sequence) this.#host.call('replay', [record])
      this.history.add(ledger, place)
      this.#record = record
    }
    this.#ahead = Math.max(0, this.history.last.closeTime - this.#options.now())
    return true
  }

  /** Seconds on the ledger's clock, and on the clock that time bounds are held against. */
  #clock(): [number, number] {
    const now = Math.max(this.#options.now() + this.#ahead, this.history.last?.closeTime ?? 0)
    return [now, this.#options.clientTimeBounds ? now - this.#ahead : now]
  }

  /**
   * Sends an envelope.
   * @throws {DevnetError} `HOST_REFUSED` when it is not an envelope.
   */
  submit(envelope: Uint8Array): Submitted {
    this.#assertUsable()
    return submittedOf(this.#host.call('submit', [...this.#clock(), envelope]))
  }

  /**
   * Closes a ledger with what is pending, `skip` sequence numbers further on.
   * @throws {DevnetError} `LAST_LEDGER` when the chain has no further sequence number.
   */
  close(skip = 1): LedgerRow {
    this.#assertUsable()
    if (this.history.last.sequence + skip > LAST_LEDGER)
      throw new DevnetError('LAST_LEDGER', `ledger ${LAST_LEDGER} is the last of a chain: start another network`)
    const record = this.#host.call('close', [...this.#clock(), skip])
    const ledger = parseRecord(record)
    const { store } = this.#options
    try {
      // Nothing of a ledger is shown before it is written.
      const place = store.append(ledger.sequence, record, () => this.#host.call('save'))
      this.history.add(ledger, place, ledger)
      store.forget(this.history.first.place)
    } catch (error) {
      this.#failure = new DevnetError(
        'STORE_FAILED',
        `ledger ${ledger.sequence} could not be written: ${error instanceof Error ? error.message : error}. Make room and start the network again; the ledgers before it are safe.`,
        { cause: error },
      )
      throw this.#failure
    }
    this.#record = record
    for (const listener of this.#listeners) listener(ledger)
    return ledger
  }

  /**
   * Moves the ledger's clock ahead, and its sequence number by `ledgers`, and closes a ledger there.
   * @throws {DevnetError} `BAD_WARP` for what is not a count; `WARP_TOO_FAR` beyond what sequence numbers and dates can
   *   hold. Nothing has changed then.
   */
  warp(seconds: number, ledgers = 1): LedgerRow {
    this.#assertUsable()
    checkWarp({ seconds, ledgers, sequence: this.history.last.sequence, time: this.#clock()[0] })
    const before = this.#ahead
    this.#ahead += seconds
    try {
      return this.close(ledgers)
    } catch (error) {
      this.#ahead = before
      throw error
    }
  }

  /** Remembers this moment; what is pending is not part of it. */
  snapshot(): Snapshot {
    return {
      sequence: this.history.last.sequence,
      hash: this.history.last.hash,
      closeTime: this.history.last.closeTime,
      state: this.#host.call('save'),
      record: this.#record,
      ahead: this.#ahead,
    }
  }

  /**
   * Goes back to a moment of this chain; what is pending is forgotten.
   * @throws {DevnetError} `NOT_IN_MEMORY` for a chain on disk, whose ledgers are kept; `NO_SUCH_MOMENT` for a moment
   *   that this chain does not remember.
   */
  restore(snapshot: Snapshot): void {
    this.#assertUsable()
    const { store } = this.#options
    const { sequence, state, record, ahead } = snapshot
    if (!store.rewind) throw new DevnetError('NOT_IN_MEMORY', 'only a network without a home can go back in time')
    if (!this.remembers(snapshot)) {
      throw new DevnetError('NO_SUCH_MOMENT', `ledger ${sequence} of the snapshot is not in this chain's history`)
    }
    this.#host.call('load', [state])
    this.history.rewind(sequence)
    store.rewind(this.history.last.place)
    this.#record = record
    this.#ahead = ahead
    for (const listener of this.#restoreListeners) listener(sequence)
  }

  /** Whether this chain can go back at all. */
  get canRestore(): boolean {
    return this.#options.store.rewind !== undefined
  }

  /** Whether a moment is one of this chain, and not forgotten since. */
  remembers({ sequence, hash }: Snapshot): boolean {
    return this.history.ledger(sequence)?.hash === hash
  }

  /** Within a ledger and a second, equal questions have equal answers: whoever waits for a state asks the same many times. */
  simulate(envelope: Uint8Array, flags: number, leeway: number): Buffer {
    const clock = this.#clock()
    const moment = `${this.history.last.hash} ${clock}`
    return this.#simulated.get(moment, `${flags} ${leeway}`, envelope, () =>
      this.#host.call('simulate', [...clock, flags, leeway, envelope]),
    )
  }

  /**
   * Entries in the order of their keys (LedgerKey XDR); `undefined` for what does not exist.
   * @throws {KeyError} For the first key that cannot be asked for.
   */
  entries(keys: readonly Uint8Array[]): (FoundEntry | undefined)[] {
    return entriesOf(this.#host.call('entries', [keys]), keys.length)
  }

  /** What an envelope is about. */
  describe(envelope: Uint8Array): Description {
    return descriptionOf(this.#host.call('describe', [envelope]))
  }

  /** Which accounts have so many stroops, and an envelope from the root account that funds the others, if any. */
  fundAccounts(keys: readonly Uint8Array[], stroops: number): Funding {
    return fundingOf(this.#host.call('fundAccounts', [stroops, keys]))
  }

  /**
   * The next envelope on the way to a contract with so many stroops, or `undefined` when it has them: the payment, or
   * before it the creation of the native asset's contract.
   * @throws {DevnetError} `HOST_REFUSED` when a contract cannot be paid.
   */
  fundContract(id: Uint8Array, stroops: number): ContractFunding | undefined {
    return contractFundingOf(this.#host.call('fundContract', [...this.#clock(), stroops, id]))
  }

  /** The newest ledger's header entry and close meta, as XDR. */
  latest(): { header: Buffer; closeMeta: Buffer } {
    return { header: headerOf(this.#record), closeMeta: this.#host.call('closeMeta', [this.#record]) }
  }

  /** A remembered ledger's header entry and close meta, as XDR. */
  past(ledger: PastLedger): { header: Buffer; closeMeta: Buffer } {
    const record = this.#options.store.read(ledger.place)
    return { header: headerOf(record), closeMeta: this.#host.call('closeMeta', [record]) }
  }

  /** A value of a named XDR type as JSON text. */
  json(type: string, value: Uint8Array): string {
    return this.#host.call('json', [type, value]).toString()
  }

  /** Hears of every ledger as it closes, until the returned function is called. */
  onClose(listener: (ledger: LedgerRow) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Hears of the ledger that the chain has gone back to, until the returned function is called. */
  onRestore(listener: (sequence: number) => void): () => void {
    this.#restoreListeners.add(listener)
    return () => this.#restoreListeners.delete(listener)
  }

  async stop(): Promise<void> {
    const sound = this.#failure === undefined
    this.#failure ??= new DevnetError('STOPPED', 'the local network has been stopped')
    const { sequence } = this.history.last
    await this.#options.store.close(sound ? () => ({ sequence, state: this.#host.call('save') }) : undefined)
  }

  /** Why no more ledgers can be closed, if that is so. */
  get failure(): DevnetError | undefined {
    return this.#failure
  }

  #assertUsable(): void {
    if (this.#failure) throw this.#failure
  }
}
