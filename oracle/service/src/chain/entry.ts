/** One submission as its event told it; what becomes of it is read from its entry on the ledger. */
export type Entry = Readonly<{
  challenge: number
  number: number
  solver: string
  attempt: number
  cid: string
  /** 32 bytes; zeros if the solver committed to nothing. */
  commitment: Uint8Array
  units: number
  /** Close time of its ledger, unix seconds. */
  time: number
}>
