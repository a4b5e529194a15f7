/** What processes over one database tell each other, by NOTIFY. */

/** A ledger is in the tables (its number), they were made again (`rebuilt`), or `REGISTERED`. */
export const CHANNEL = 'stellartrain_ledger'

/** A webhook was registered. */
export const REGISTERED = 'registered'
