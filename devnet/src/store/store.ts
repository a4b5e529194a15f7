/** What keeps closed ledgers: their records, to be read again by place, and on disk also over a restart. */

/** Where a record lies; files are numbered upwards. */
export interface Place {
  readonly file: number
  readonly offset: number
  /** Bytes of the record. */
  readonly length: number
}

export interface Written {
  record: Uint8Array
  place: Place
}

/** All entries after a ledger. */
export interface State {
  sequence: number
  state: Uint8Array
}

/** A chain as it was found: a state, the ledger it belongs to, and all records that are kept. */
export interface Saved extends State {
  /** To be read to its end before anything is appended. */
  records(): Iterable<Written>
}

export interface Store {
  /** What is there, or `undefined` in an empty home. */
  open(): Promise<Saved | undefined>
  /** Starts an empty home with the first ledger. */
  begin(record: Uint8Array, state: Uint8Array): Promise<Place>
  /** Writes a closed ledger, after which it survives the process; `state` is asked for when a new snapshot is due. */
  append(sequence: number, record: Uint8Array, state: () => Uint8Array): Place
  read(place: Place): Buffer
  /** Removes whole files before that of the oldest record that is still wanted. */
  forget(oldest: Place): void
  /** Drops what was written after this record; absent where ledgers are kept for good. */
  rewind?(last: Place): void
  /** Lets go of the home; `last` gives the state that the next start may begin with. */
  close(last?: () => State): Promise<void>
}
