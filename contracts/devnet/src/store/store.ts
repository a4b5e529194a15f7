/** What keeps closed ledgers over a restart. */

/** A chain as it was found: a state, the ledger it belongs to, and all records that are kept. */
export interface Saved {
  state: Uint8Array
  sequence: number
  records(): Iterable<Uint8Array>
}

export interface Store {
  /** What is there, or `undefined` in an empty home. */
  open(): Promise<Saved | undefined>
  /** Starts an empty home with the first ledger. */
  begin(record: Uint8Array, state: Uint8Array): Promise<void>
  /** Writes a closed ledger, after which it survives the process; `state` is asked for when a new snapshot is due. */
  append(sequence: number, record: Uint8Array, state: () => Uint8Array): void
  close(): Promise<void>
}
